"""The plan van aanpak of a case: its goals, a new one, and how one went."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from audit.log import record
from cases.events import CaseEvent
from cases.forms.plans import EvaluateForm, GoalForm
from cases.models import Case, GoalResult, PlanGoal
from cases.operations import plans as operations
from cases.permissions.cases import check_can_plan
from cases.rules.plans import WITH_PLAN
from cases.views.cases import find
from foundation.errors import NotPossible, allows
from foundation.http import go_to, sent


@require_GET
def plan_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is to be reached, by whom, and what came of earlier goals. As far as this reader may read."""
    case = find(request, uuid)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    goals = PlanGoal.objects.visible_to(request.user).filter(case=case).select_related("area", "partner")
    goals = goals.order_by("area__position", "due_on", "pk")
    context = {
        "case": case,
        "running": [goal for goal in goals if not goal.evaluated_at],
        "evaluated": [goal for goal in goals if goal.evaluated_at],
        "has_plan": case.level in WITH_PLAN,
        "may_plan": case.level in WITH_PLAN and allows(check_can_plan, request.user, case),
        "today": timezone.localdate(),
    }
    return render(request, "cases/plan_detail.html", context)


@require_http_methods(["GET", "POST"])
def goal_set(request: HttpRequest, uuid: UUID) -> HttpResponse:
    case = find(request, uuid)
    check_can_plan(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    form = GoalForm(sent(request), case=case, user=request.user)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.set_goal(case=case, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Het doel staat in het plan.")
            return _plan(request, case)
    context = {"case": case, "form": form, "title": "Wat willen we bereiken?", "label": "Stel dit doel"}
    return render(request, "cases/goal_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def goal_evaluate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = PlanGoal.objects.visible_to(request.user).select_related("case__youth")
    goal = get_object_or_404(found, uuid=uuid)
    case = goal.case
    check_can_plan(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    form = EvaluateForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        result, evaluation = GoalResult(form.cleaned_data["result"]), form.cleaned_data["evaluation"]
        try:
            operations.evaluate(goal=goal, result=result, evaluation=evaluation, by=request.user)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Het doel is geëvalueerd.")
            return _plan(request, case)
    context = {"case": case, "form": form, "title": goal.text, "label": "Sla op"}
    return render(request, "cases/goal_form.html", context, status=status)


def _plan(request: HttpRequest, case: Case) -> HttpResponse:
    return go_to(request, "cases:plan_detail", case.uuid)
