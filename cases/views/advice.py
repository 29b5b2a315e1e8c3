"""Questions to those above or beside the table: all of a case, a new one, and an answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from audit.log import record
from cases.events import CaseEvent
from cases.forms.advice import AnswerForm, AskForm
from cases.models import Advice
from cases.operations import advice as operations
from cases.permissions.cases import check_can_plan
from cases.rules.advice import WITH_ADVICE
from cases.views.cases import find
from foundation.errors import NotPossible, allows
from foundation.http import go_to, sent


@require_GET
def advice_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was asked and what was answered, newest first. As far as this reader may read."""
    case = find(request, uuid)
    found = Advice.objects.visible_to(request.user).filter(case=case)
    advices = list(found.select_related("asked_by", "case").order_by("-asked_at", "-pk"))
    record(CaseEvent.ADVICE_LISTED, by=request.user, about=[case, *advices])
    may_ask = case.level in WITH_ADVICE and allows(check_can_plan, request.user, case)
    context = {"case": case, "advices": advices, "may_ask": may_ask}
    return render(request, "cases/advice_list.html", context)


@require_http_methods(["GET", "POST"])
def advice_ask(request: HttpRequest, uuid: UUID) -> HttpResponse:
    case = find(request, uuid)
    check_can_plan(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    form = AskForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.ask(case=case, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(
                request, "De vraag staat bij het dossier. Leg het antwoord vast zodra het er is."
            )
            return go_to(request, "cases:advice_list", case.uuid)
    context = {"case": case, "form": form, "title": "Waar zit het vast?", "label": "Leg de vraag voor"}
    return render(request, "cases/advice_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def advice_answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = Advice.objects.visible_to(request.user).select_related("case__youth", "asked_by")
    advice = get_object_or_404(found, uuid=uuid)
    check_can_plan(request.user, advice.case)
    record(CaseEvent.ADVICE_LISTED, by=request.user, about=advice)
    form = AnswerForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.answer(advice=advice, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Het antwoord staat bij de vraag.")
            return go_to(request, "cases:advice_list", advice.case.uuid)
    context = {"case": advice.case, "form": form, "title": "Wat is het antwoord?", "label": "Sla op"}
    context["advice"] = advice
    return render(request, "cases/advice_form.html", context, status=status)
