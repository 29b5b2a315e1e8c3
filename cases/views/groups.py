"""Pages about groups: the list, one group, its steps, and its end. What stands on it is in group_parts.py."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from access.models import Participation
from audit.log import record
from cases import group_queries as queries
from cases.events import CaseEvent
from cases.forms.groups import GroupCloseForm, GroupForm, MoveForm, StartForm
from cases.models import Group, GroupGoal, GroupMember, GroupPlace, GroupStep, Stage
from cases.operations import groups as operations
from cases.permissions import groups as permissions
from cases.rules.group_finder import Tie
from cases.rules.group_lens import advice, order_clashes, towns
from cases.rules.groups import ORDER
from cases.rules.siblings import siblings_text
from foundation.errors import NotPossible, Stale, allows
from foundation.http import go_to, sent
from foundation.paging import page_of
from foundation.templatetags.components import shown

FORM = "cases/group_form.html"


def find(request: HttpRequest, uuid: UUID) -> Group:
    """The group of this address; what this user may not see is not there."""
    seen = Group.objects.visible_to(request.user).select_related("municipality", "compartment", "started_by")
    group: Group = get_object_or_404(seen, uuid=uuid)
    return group


@require_GET
def group_list(request: HttpRequest) -> HttpResponse:
    """The groups this user may know about, newest first. No name of a person stands in it."""
    permissions.check_may_list(request.user)
    seen = Group.objects.visible_to(request.user)
    shown_too = seen if "alles" in request.GET else seen.open()
    page = page_of(shown_too.select_related("municipality"), request.GET, order=("-started_at", "-id"))
    record(CaseEvent.GROUPS_LISTED, by=request.user, about=page.rows)
    context = {
        "page": page,
        "shows_all": "alles" in request.GET,
        "may_start": allows(permissions.check_may_start, request.user),
        "may_find": allows(permissions.check_may_find, request.user),
    }
    return render(request, "cases/group_list.html", context)


@require_http_methods(["GET", "POST"])
def group_add(request: HttpRequest) -> HttpResponse:
    """Begin a group approach: at behaviour, without names."""
    permissions.check_may_start(request.user)
    form = StartForm(sent(request), led=permissions.led_places(request.user))
    if form.is_valid():
        said = form.cleaned_data
        level, municipality = said["place"]
        group = operations.start(
            name=said["name"], behaviour=said["behaviour"], level=level, municipality=municipality,
            key=said["key"], by=request.user,
        )  # fmt: skip
        messages.success(request, "De groepsaanpak is begonnen. Leg nu vast waar de groep wordt gezien.")
        return go_to(request, "cases:group_detail", group.uuid)
    context = {
        "form": form,
        "heading": "Een groepsaanpak beginnen",
        "note": "Een groep begint bij gedrag op een plek. Namen komen pas in stap 2B, en eerder weigert het systeem ze.",
        "button": "Begin",
        "back_url": reverse("cases:group_list"),
        "back_label": "Groepen",
    }
    return render(request, FORM, context, status=400 if form.is_bound else 200)


@require_GET
def group_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One group: where it stands, where it is seen, who is in it as far as this reader may know, what is done."""
    group = find(request, uuid)
    record(CaseEvent.GROUP_VIEWED, by=request.user, about=group)
    members = seen_members(request, group)
    context = {
        "group": group,
        "steps": _steps(group),
        "facts": _facts(group),
        "history": _history(request, group),
        "places": GroupPlace.objects.visible_to(request.user)
        .filter(group=group)
        .select_related("municipality"),
        "seats": _seats(request, group),
        "goals": _goals(request, group),
        **_of_members(request, group, members),
        **_may(request, group),
    }
    return render(request, "cases/group_detail.html", context)


def seen_members(request: HttpRequest, group: Group) -> list[GroupMember]:
    """Of whom this reader sees the names; which those are, the log knows."""
    members = queries.members_of(group, request.user)
    if members:
        record(CaseEvent.MEMBERS_SEEN, by=request.user, about=members)
    return members


def _of_members(request: HttpRequest, group: Group, members: list[GroupMember]) -> dict[str, Any]:
    youths = [member.youth for member in members]
    places = GroupPlace.objects.visible_to(request.user).current().filter(group=group)
    found = towns(
        group.municipality, youths, places.select_related("municipality"), queries.schools_of(youths)
    )
    orders = queries.orders_of(youths, request.user)
    names = {youth.pk: youth for youth in youths}
    return {
        "members": members,
        "today": timezone.localdate(),
        "hidden": queries.hidden_members(group),
        "siblings": siblings_text(queries.siblings_of(members, request.user)),
        "ties": [(names[tie.one], names[tie.other], tie) for tie in ties_among(members)],
        "towns": found,
        "town_advice": advice(found) if members else "",
        "orders": orders,
        "order_clashes": order_clashes(orders),
    }


def ties_among(members: list[GroupMember]) -> list[Tie]:
    """Ties between two members of whom this reader sees both."""
    seen = {member.youth_id for member in members}
    return [tie for tie in queries.ties(least=1) if {tie.one, tie.other} <= seen] if len(seen) > 1 else []


def _may(request: HttpRequest, group: Group) -> dict[str, bool]:
    may_change = allows(permissions.check_can_change, request.user, group)
    return {"may_change": may_change, "may_name": allows(permissions.check_can_name, request.user, group)}


def _steps(group: Group) -> list[dict[str, str]]:
    """The steps of the model as a ladder."""
    return [
        {
            "label": stage.label,
            "state": "done" if stage < group.stage else "current" if stage == group.stage else "todo",
        }
        for stage in ORDER
    ]


def _facts(group: Group) -> list[tuple[str, Any]]:
    return [
        ("Regie", f"burgemeester van {group.municipality}"),
        ("In deze stap sinds", shown(timezone.localdate(group.stage_since))),
        ("Welk gedrag", group.behaviour),
        ("Groepsscan van de politie", group.scan_on),
        ("Convenant", group.convenant),
        ("Convenant geldig tot en met", group.convenant_until),
        ("Duiding", group.picture),
        *([("Evaluatie", group.evaluation)] if group.closed_at else []),
    ]


def _history(request: HttpRequest, group: Group) -> list[dict[str, Any]]:
    steps = GroupStep.objects.visible_to(request.user).filter(group=group).select_related("made_by")
    told = [
        {
            "date": step.made_at,
            "title": f"Naar {step.get_new_display()}",
            "text": step.reason,
            "source": step.made_by,
        }
        for step in steps
    ]
    return [*told, {"date": group.started_at, "title": "Groepsaanpak begonnen", "source": group.started_by}]


def _seats(request: HttpRequest, group: Group) -> Any:
    found = Participation.objects.visible_to(request.user).active().filter(compartment=group.compartment_id)
    return found.select_related("partner").order_by("partner__name")


def _goals(request: HttpRequest, group: Group) -> list[tuple[GroupGoal, bool]]:
    """Each goal, and whether this reader may say what came of it."""
    found = (
        GroupGoal.objects.visible_to(request.user)
        .filter(group=group)
        .select_related("owner_partner", "group")
    )
    may_report = permissions.check_may_report
    return [(goal, not goal.ended_at and allows(may_report, request.user, goal)) for goal in found]


@require_http_methods(["GET", "POST"])
def group_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is known of the group; what step 2B asks is noted here."""
    group = find(request, uuid)
    permissions.check_can_change(request.user, group)
    record(CaseEvent.GROUP_VIEWED, by=request.user, about=group)
    form = GroupForm(sent(request), group=group)
    status, stale = 400 if form.is_bound else 200, None
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            operations.change(group=group, version=version, content=form.content(), by=request.user)
        except Stale as refusal:
            stale, status = refusal.current, 409
            typed = request.POST.copy()
            typed["version"] = str(stale.version)
            form = GroupForm(typed, group=stale)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "De groep is gewijzigd.")
            return go_to(request, "cases:group_detail", group.uuid)
    context = {"group": group, "form": form, "theirs": _facts(stale) if stale else []}
    return render(request, "cases/group_change.html", context, status=status)


@require_http_methods(["GET", "POST"])
def group_move(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One step on, or back, with the reason."""
    group = find(request, uuid)
    permissions.check_can_change(request.user, group)
    record(CaseEvent.GROUP_VIEWED, by=request.user, about=group)
    form = MoveForm(sent(request), group=group)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        to = form.cleaned_data["to"]
        try:
            operations.move(group=group, to=to, reason=form.cleaned_data["reason"], by=request.user)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, f"De groep staat nu in stap {to.label}.")
            return go_to(request, "cases:group_detail", group.uuid)
    context = {
        "form": form,
        "heading": "Naar welke stap gaat de groep?",
        "note": f"Nu: stap {Stage(group.stage).label}.",
        "button": "Zet de stap",
        **about(group),
    }
    return render(request, FORM, context, status=status)


@require_http_methods(["GET", "POST"])
def group_close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The approach ends: names and organisations leave."""
    group = find(request, uuid)
    permissions.check_can_change(request.user, group)
    record(CaseEvent.GROUP_VIEWED, by=request.user, about=group)
    form = GroupCloseForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.close(group=group, evaluation=form.cleaned_data["evaluation"], by=request.user)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "De groepsaanpak is gesloten.")
            return go_to(request, "cases:group_detail", group.uuid)
    context = {
        "form": form,
        "heading": "De groepsaanpak sluiten",
        "note": "De namen gaan van de lijst, en de organisaties lezen niet meer mee.",
        "button": "Sluit",
        **about(group),
    }
    return render(request, FORM, context, status=status)


def about(group: Group) -> dict[str, Any]:
    """What every form page of a group needs."""
    back_url = reverse("cases:group_detail", args=[group.uuid])
    return {"group": group, "back_url": back_url, "back_label": group.name}
