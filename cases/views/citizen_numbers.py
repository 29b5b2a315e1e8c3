"""Noting a BSN. It is shown nowhere, also not to who typed it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.fresh import fresh_login_required
from audit.log import record
from cases.events import CaseEvent
from cases.forms.merges import NumberForm
from cases.operations import citizen_numbers as operations
from cases.permissions.secrets import check_may_note_number
from cases.views.cases import find
from foundation.errors import NotPossible
from foundation.http import go_to, sent


@sensitive_post_parameters("number")
@require_http_methods(["GET", "POST"])
@fresh_login_required
def number_note(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep it, sealed; then the page on which two who are one are found says whether it is known already."""
    if not settings.BSN_GROUND:
        raise Http404
    case = find(request, uuid)
    check_may_note_number(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    form = NumberForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.note(case=case, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error("number", refusal.reason)
            status = 409
        else:
            messages.success(request, "Het BSN is verzegeld bewaard. Niemand kan het nog lezen.")
            return go_to(request, "cases:merge_find", case.uuid)
    context = {"form": form, "case": case, "ground": settings.BSN_GROUND}
    return render(request, "cases/number_note.html", context, status=status)
