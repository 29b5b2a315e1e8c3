"""When a youth moved house: one button, and what happens depends on the level."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from cases.operations import house_moves as operations
from cases.rules.house_moves import hands_over
from cases.views.cases import find
from foundation.http import go_to


@require_POST
def case_move(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An LJA asks the LJA of the new municipality; JPP and PGA keep the case, which follows the youth."""
    case = find(request, uuid)
    if hands_over(case.level):
        operations.hand_over(case=case, by=request.user)
        messages.success(
            request, "Het voorstel is verstuurd. U blijft het dossier leiden tot het is overgenomen."
        )
    else:
        operations.follow(case=case, by=request.user)
        messages.success(request, "Het dossier ligt nu bij de nieuwe woongemeente.")
    return go_to(request, "cases:case_detail", case.uuid)
