"""The ledger of who was informed: how it stands, a new line, and the agreement of a second regisseur."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from audit.log import record
from cases.events import CaseEvent
from cases.forms.informing import InformingForm
from cases.models import Informing
from cases.operations import informing as operations
from cases.permissions.cases import check_can_plan
from cases.permissions.informing import check_can_agree
from cases.queries import informings_of, standings_of
from cases.views.cases import find
from foundation.errors import NotPossible, allows
from foundation.http import go_to, sent


@require_http_methods(["GET", "POST"])
def informing_note(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All lines so far, and a new one for regie."""
    case = find(request, uuid)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    may_write = allows(check_can_plan, request.user, case)
    form = InformingForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_bound:
        check_can_plan(request.user, case)
    if form.is_valid():
        try:
            key = form.cleaned_data["key"]
            operations.note(case=case, content=form.content(), key=key, by=request.user)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Vastgelegd.")
            return go_to(request, "cases:informing_note", case.uuid)
    context = {
        "case": case,
        "form": form if may_write else None,
        "standings": standings_of(case, request.user),
        "lines": [
            (line, line.needs_agreement and allows(check_can_agree, request.user, line))
            for line in informings_of(case, request.user)
        ],
        "today": timezone.localdate(),
    }
    return render(request, "cases/informing_note.html", context, status=status)


@require_POST
def informing_agree(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = Informing.objects.visible_to(request.user).select_related("case")
    line = get_object_or_404(found, uuid=uuid)
    operations.agree(line=line, by=request.user)
    messages.success(request, "U bent akkoord. De regel telt nu.")
    return go_to(request, "cases:informing_note", line.case.uuid)
