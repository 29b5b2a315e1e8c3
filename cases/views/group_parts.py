"""What stands on the page of a group: places, organisations, names, and the plan."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from access.models import Participation
from audit.log import record
from cases.events import CaseEvent
from cases.forms.groups import GoalForm, LetInForm, LetOutForm, MemberForm, PlaceForm, ReportForm
from cases.group_queries import party_kinds
from cases.models import Group, GroupGoal, GroupMember, GroupPlace
from cases.operations import group_goals, group_members, groups
from cases.permissions import groups as permissions
from cases.views.groups import FORM, about, find
from foundation.errors import NotPossible
from foundation.http import go_to, sent


def _page(
    request: HttpRequest, group: Group, form: Form, do: Callable[[dict[str, Any]], object], **words: str
) -> HttpResponse:
    """A form on a page of its own: do what it says, or show it again with the reason."""
    record(CaseEvent.GROUP_VIEWED, by=request.user, about=group)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, words["done"])
            return go_to(request, "cases:group_detail", group.uuid)
    return render(request, FORM, {"form": form, **words, **about(group)}, status=status)


# --- places ---------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def group_place_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    group = find(request, uuid)
    permissions.check_can_change(request.user, group)

    def add(said: dict[str, Any]) -> None:
        groups.add_place(group=group, by=request.user, **said)

    return _page(
        request, group, PlaceForm(sent(request)), add,
        heading="Waar wordt de groep gezien?", button="Leg vast", done="De plek is vastgelegd.",
    )  # fmt: skip


@require_POST
def group_place_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    seen = GroupPlace.objects.visible_to(request.user).select_related("group")
    place: GroupPlace = get_object_or_404(seen, uuid=uuid)
    groups.end_place(place=place, by=request.user)
    messages.success(request, "Deze plek is beëindigd.")
    return go_to(request, "cases:group_detail", place.group.uuid)


# --- organisations ----------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def group_partner_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An organisation takes part by the convenant. Who is no party cannot be chosen, and is refused."""
    group = find(request, uuid)
    permissions.check_can_change(request.user, group)
    seats = Participation.objects.visible_to(request.user).active().filter(compartment=group.compartment_id)
    taking_part = list(seats.values_list("partner", flat=True))
    form = LetInForm(sent(request), kinds=party_kinds(), taking_part=taking_part)

    def let_in(said: dict[str, Any]) -> None:
        groups.let_in(group=group, by=request.user, **said)

    return _page(
        request, group, form, let_in,
        heading="Welke organisatie doet mee?", button="Laat meedoen", done="De organisatie doet mee.",
        note="Haar mensen aan tafel lezen deze groep. Een naam zien zij alleen van wie zij ook het dossier lezen.",
    )  # fmt: skip


@require_POST
def group_partner_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    group = find(request, uuid)
    permissions.check_may_lead(request.user, group)
    form = LetOutForm(request.POST)
    if form.is_valid():
        groups.let_out(group=group, partner=form.cleaned_data["partner"], by=request.user)
        messages.success(request, "De deelname is beëindigd.")
    return go_to(request, "cases:group_detail", group.uuid)


# --- names ------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def group_member_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A name on the list, from step 2B on. By last name and day of birth: nobody looks through youths here."""
    group = find(request, uuid)
    permissions.check_can_name(request.user, group)

    def add(said: dict[str, Any]) -> None:
        who = {name: said.pop(name) for name in ("surname", "first_name", "birth_on")}
        youth = group_members.find_youth(group=group, by=request.user, **who)
        group_members.add(group=group, youth=youth, by=request.user, **said)

    return _page(
        request, group, MemberForm(sent(request)), add,
        heading="Wie hoort bij de groep?", button="Zet op de lijst", done="De jongere staat op de lijst.",
        note="Alleen wie in de groepsscan staat. Maakt u zich zorgen over één jongere? Meld dan een signaal.",
    )  # fmt: skip


@require_POST
def group_member_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    seen = GroupMember.objects.visible_to(request.user).select_related("group")
    member: GroupMember = get_object_or_404(seen, uuid=uuid)
    group_members.end(member=member, by=request.user)
    messages.success(request, "Deze jongere staat niet meer op de lijst.")
    return go_to(request, "cases:group_detail", member.group.uuid)


# --- the plan ---------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def group_goal_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    group = find(request, uuid)
    permissions.check_can_change(request.user, group)
    seats = Participation.objects.visible_to(request.user).active().filter(compartment=group.compartment_id)
    owners = [request.user.partner_id, *seats.values_list("partner", flat=True)]

    def add(said: dict[str, Any]) -> None:
        owner = said.pop("owner")
        group_goals.add(group=group, owner_partner=owner, by=request.user, **said)

    return _page(
        request, group, GoalForm(sent(request), owners=owners), add,
        heading="Wat gaat er gebeuren?", button="Zet in het plan", done="Het doel staat in het plan.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def group_goal_report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What came of a goal, by who does it or by regie."""
    seen = GroupGoal.objects.visible_to(request.user).select_related("group__municipality", "owner_partner")
    goal: GroupGoal = get_object_or_404(seen, uuid=uuid)
    permissions.check_may_report(request.user, goal)

    def report(said: dict[str, Any]) -> None:
        group_goals.report(goal=goal, by=request.user, **said)

    return _page(
        request, goal.group, ReportForm(sent(request)), report,
        heading="Wat was het resultaat?", note=goal.text, button="Leg vast", done="Het resultaat is vastgelegd.",
    )  # fmt: skip
