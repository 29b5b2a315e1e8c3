"""Pages about actions: mine, one and how it ended, and agreeing a new one."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.permissions import led_rooms
from accounts.roles import Permission
from audit.log import record
from cases.events import CaseEvent
from cases.forms.actions import (
    ENDED,
    LATE,
    MINE,
    PARTNER,
    SOON,
    ActionFilterForm,
    AgreeForm,
    EndForm,
    MoveForm,
)
from cases.models import Action
from cases.models.actions import ActionQuerySet
from cases.operations import actions as operations
from cases.permissions.actions import changeable, check_can_agree, check_may_change, check_may_list
from cases.permissions.cases import check_may_read
from cases.rules.actions import is_running
from cases.views.cases import find
from foundation.errors import NotPossible, allows
from foundation.http import go_to, sent
from foundation.paging import page_of
from foundation.templatetags.components import shown

WEEK = timedelta(days=7)
RELATED = ("case__youth", "owner_partner", "owner_person")


@require_GET
def action_list(request: HttpRequest) -> HttpResponse:
    """Running actions, the first due first; so what is overdue stands on top."""
    user = request.user
    check_may_list(user)
    form = ActionFilterForm(request.GET, is_lead=user.may(Permission.CASE_LEAD))
    form.is_valid()
    actions = _narrowed(request, form.cleaned_data)
    order = ("-id",) if form.cleaned_data.get("stand") == ENDED else ("due_on", "id")
    page = page_of(actions.select_related(*RELATED), request.GET, order=order)
    record(CaseEvent.ACTIONS_LISTED, by=user, about=page.rows)
    context = {
        "page": page,
        "form": form,
        "today": timezone.localdate(),
        "changeable": changeable(user, page.rows),
        "may_see_trends": user.may(Permission.CASE_LEAD) or user.partner.contact_id == user.pk,
    }
    return render(request, "cases/action_list.html", context)


def _narrowed(request: HttpRequest, wanted: dict[str, Any]) -> ActionQuerySet:
    """What answers to the filters; one that does not fit narrows nothing."""
    user, whose, today = request.user, wanted.get("wie"), timezone.localdate()
    mine: ActionQuerySet = Action.objects.visible_to(user)
    if whose == PARTNER:
        mine = mine.filter(owner_partner=user.partner_id)
    elif whose == MINE or not user.may(Permission.CASE_LEAD):
        mine = mine.owned_by(user)
    if partner := wanted.get("organisatie"):
        mine = mine.filter(owner_partner=partner)
    when = wanted.get("stand")
    if when == ENDED:
        return mine.exclude(ended_at=None)
    if when == LATE:
        return mine.overdue(today)
    running: ActionQuerySet = mine.running()
    return running.filter(due_on__lte=today + WEEK) if when == SOON else running


@require_http_methods(["GET", "POST"])
def action_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    """One action, and one screen to tell how it ended."""
    action = _find(request, uuid)
    if request.method == "GET":
        return _show(request, action, _end_form(request, action))
    check_may_change(request.user, action)
    form = _end_form(request, action)
    if not form.is_valid():
        return _show(request, action, form, status=400)
    try:
        operations.end(action=action, by=request.user, **form.cleaned_data)
    except NotPossible as refusal:
        form.add_error(None, refusal.reason)
        return _show(request, action, form, status=409)
    messages.success(request, "De actie is afgerond.")
    return _back(request, action)


@require_POST
def action_move(request: HttpRequest, uuid: str) -> HttpResponse:
    """One click: taken on, or started."""
    action = _find(request, uuid)
    check_may_change(request.user, action)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _show(request, action, EndForm(action=action, may_withdraw=False), status=400)
    operations.move(action=action, to=form.cleaned_data["to"], by=request.user)
    messages.success(request, "De stand van de actie is bijgewerkt.")
    return _back(request, action)


def _end_form(request: HttpRequest, action: Action) -> EndForm:
    may_withdraw = bool(led_rooms(request.user, [action.compartment_id]))
    return EndForm(
        request.POST if request.method == "POST" else None, action=action, may_withdraw=may_withdraw
    )


def _show(request: HttpRequest, action: Action, form: EndForm, status: int = 200) -> HttpResponse:
    record(CaseEvent.ACTION_VIEWED, by=request.user, about=action)
    may_change = is_running(action) and allows(check_may_change, request.user, action)
    came_from_case = _came_from_case(request)
    context = {
        "action": action,
        "facts": _facts(action),
        "form": form if form.is_bound or may_change else None,
        "may_change": may_change,
        "came_from_case": came_from_case,
        "back_label": "Dossier" if came_from_case else "Acties",
    }
    return render(request, "cases/action_detail.html", context, status=status)


@require_http_methods(["GET", "POST"])
def action_agree(request: HttpRequest, uuid: str) -> HttpResponse:
    """Agree a new action in a case, with somebody who takes part in it."""
    case = find(request, uuid)
    check_can_agree(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    form = AgreeForm(sent(request), case=case, user=request.user)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        data = form.cleaned_data
        partner, person = data["owner"]
        try:
            operations.agree(
                case=case,
                text=data["text"],
                owner_partner=partner,
                owner_person=person,
                due_on=data["due_on"],
                key=data["key"],
                by=request.user,
            )
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "De actie is afgesproken.")
            return go_to(request, "cases:case_detail", case.uuid)
    context = {"case": case, "form": form, "has_owners": bool(form.owners)}
    return render(request, "cases/action_agree.html", context, status=status)


def _facts(action: Action) -> list[tuple[str, object]]:
    owner = f"{action.owner_person}, {action.owner_partner}" if action.owner_person else action.owner_partner
    is_late = is_running(action) and action.due_on < timezone.localdate()
    facts: list[tuple[str, object]] = [
        ("Jongere", action.case.youth.name),
        ("Wie", owner),
        ("Uiterlijk", f"{shown(action.due_on)} (te laat)" if is_late else action.due_on),
        ("Stand", action.get_state_display()),
        ("Afgesproken", f"{shown(timezone.localdate(action.agreed_at))} door {action.agreed_by}"),
    ]
    if action.ended_at:
        facts.append(("Afgerond", f"{shown(timezone.localdate(action.ended_at))} door {action.ended_by}"))
        facts.append(("Resultaat of reden", action.result))
    return facts


def _find(request: HttpRequest, uuid: str) -> Action:
    actions = Action.objects.visible_to(request.user).select_related(*RELATED, "agreed_by", "ended_by")
    action: Action = get_object_or_404(actions, uuid=uuid)
    check_may_read(request.user)
    return action


def _came_from_case(request: HttpRequest) -> bool:
    """Back to where one came from; who has no list of actions came from the case."""
    has_list = allows(check_may_list, request.user)
    return not has_list or "dossier" in (request.POST.get("van"), request.GET.get("van"))


def _back(request: HttpRequest, action: Action) -> HttpResponse:
    if _came_from_case(request):
        return go_to(request, "cases:case_detail", action.case.uuid)
    return go_to(request, "cases:action_list")
