"""Correcting who a youth is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from audit.log import record
from cases.events import CaseEvent
from cases.forms.youths import YouthForm
from cases.models import Youth
from cases.operations import youths as operations
from cases.permissions.cases import check_can_plan
from cases.views.cases import find
from cases.views.facts import youth_facts
from foundation.errors import Stale
from foundation.http import go_to, sent


@require_http_methods(["GET", "POST"])
def youth_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Names, birth date or estimated age, and how one knows the youth. Two writers keep both texts."""
    case = find(request, uuid)
    check_can_plan(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    youth = Youth.objects.visible_to(request.user).get(pk=case.youth_id)
    form = YouthForm(sent(request), instance=youth)
    status, theirs = 400 if form.is_bound else 200, None
    if form.is_valid():
        try:
            operations.change_youth(
                case=case, version=form.cleaned_data["version"], content=form.content(), by=request.user
            )
        except Stale as stale:
            case.youth, status = stale.current, 409
            theirs = [("Naam", case.youth.name), *youth_facts(case)]
            typed = request.POST.copy()
            typed["version"] = str(case.youth.version)
            form = YouthForm(typed, instance=stale.current)
        else:
            messages.success(request, "De gegevens zijn gewijzigd.")
            return go_to(request, "cases:case_detail", case.uuid)
    context = {"case": case, "form": form, "theirs": theirs}
    return render(request, "cases/youth_change.html", context, status=status)
