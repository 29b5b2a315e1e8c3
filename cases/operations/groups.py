"""Everything that changes a group. Each function checks, writes and logs, or does nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from access import operations as access
from access.models import CompartmentKind, Ground, Participation
from accounts.models import Municipality, Partner, User
from accounts.roles import Level
from audit.log import record
from cases.events import CaseEvent
from cases.group_queries import known_of, party_kinds
from cases.models import Group, GroupPlace, GroupStep, Stage
from cases.permissions.groups import (
    check_can_change,
    check_can_let_in,
    check_can_move,
    check_can_start,
    check_may_lead,
)
from cases.rules.groups import check_keeps_ground
from foundation.errors import NotPossible, Stale

# What is known of a group besides its step.
CONTENT = ("name", "behaviour", "scan_on", "convenant", "convenant_until", "picture")


@transaction.atomic
def start(
    *, name: str, behaviour: str, level: Level, municipality: Municipality, key: UUID, by: User
) -> Group:
    """Begin a group approach, at step 1: about behaviour at places. The same key twice is one group."""
    check_can_start(by, level, municipality)
    sent: Group | None = Group.objects.visible_to(by).filter(uuid=key).first()
    if sent:
        return sent
    compartment = access.open_compartment(
        kind=CompartmentKind.GROUP, level=level, municipality=municipality, by=by
    )
    group = Group.objects.create(
        uuid=key,
        compartment=compartment,
        name=name,
        behaviour=behaviour,
        municipality=municipality,
        started_by=by,
    )
    record(CaseEvent.GROUP_STARTED, by=by, about=group, municipality=municipality.pk, level=level.value)
    return group


@transaction.atomic
def change(*, group: Group, version: int, content: Mapping[str, Any], by: User) -> Group:
    """Correct what is known. Raises Stale when somebody else changed it meanwhile."""
    group = locked(group=group, by=by)
    check_can_change(by, group)
    changed = {name: content[name] for name in CONTENT if content[name] != getattr(group, name)}
    if not changed:
        return group
    if group.version != version:
        raise Stale("Deze groep is intussen door een ander gewijzigd.", current=group)
    check_keeps_ground(group, dict(content))
    for name, value in changed.items():
        setattr(group, name, value)
    group.version += 1
    group.save(update_fields=[*changed, "version"])
    record(CaseEvent.GROUP_CHANGED, by=by, about=group, fields=sorted(changed))
    return group


@transaction.atomic
def move(*, group: Group, to: Stage, reason: str, by: User) -> Group:
    """One step on, or back with a reason. Saying it twice is saying it once."""
    group = locked(group=group, by=by)
    check_can_change(by, group)
    if group.stage == to:
        return group
    check_can_move(by, group, to, known_of(group, by))
    if not reason.strip():
        raise NotPossible("Zeg waarom de groep naar deze stap gaat.")
    _step(group, to, reason, by)
    record(CaseEvent.GROUP_MOVED, by=by, about=group, old=group.stage, new=to.value)
    return _again(group)


@transaction.atomic
def close(*, group: Group, evaluation: str, by: User) -> Group:
    """It is over: names and organisations leave, and what was learned stays with regie. Twice is once."""
    group = locked(group=group, by=by)
    check_may_lead(by, group)
    if group.stage == Stage.CLOSED:
        return group
    if not evaluation.strip():
        raise NotPossible("Zeg wat de aanpak heeft opgeleverd, of waarom die niet nodig was.")
    if known_of(group, by).open_goals:
        raise NotPossible("Niet elk doel heeft een resultaat. Leg dat eerst vast, of wie ermee verder gaat.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_group_end_names(%s, %s)", [group.pk, by.pk])
        ended = cursor.fetchone()[0]
    _step(group, Stage.CLOSED, evaluation[:500], by, evaluation=evaluation, closed_at=Now(), closed_by=by)
    for seat in _seats(group, by):
        access.end_participation(participation=seat, by=by)
    record(CaseEvent.GROUP_CLOSED, by=by, about=group, ended=ended)
    return _again(group)


def _step(group: Group, to: Stage, reason: str, by: User, **more: Any) -> None:
    GroupStep.objects.create(
        compartment_id=group.compartment_id, group=group, old=group.stage, new=to, reason=reason, made_by=by
    )
    Group.objects.visible_to(by).filter(pk=group.pk).update(stage=to, stage_since=Now(), **more)


def _again(group: Group) -> Group:
    group.refresh_from_db()
    return group


# --- places ---------------------------------------------------------------------------------------
@transaction.atomic
def add_place(
    *, group: Group, name: str, municipality: Municipality, since_on: date, key: UUID, by: User
) -> GroupPlace:
    """Where the group is seen. The same key twice is one place."""
    group = locked(group=group, by=by)
    sent: GroupPlace | None = GroupPlace.objects.visible_to(by).filter(uuid=key).first()
    if sent:
        return sent
    check_can_change(by, group)
    place = GroupPlace.objects.create(
        uuid=key,
        compartment_id=group.compartment_id,
        group=group,
        name=name,
        municipality=municipality,
        since_on=since_on,
        noted_by=by,
    )
    record(CaseEvent.GROUP_PLACE_ADDED, by=by, about=group, municipality=municipality.pk)
    return place


@transaction.atomic
def end_place(*, place: GroupPlace, by: User) -> None:
    """It is not seen there any more. Ending twice is ending once."""
    check_can_change(by, place.group)
    if GroupPlace.objects.filter(pk=place.pk, ended_at=None).update(ended_at=Now(), ended_by=by):
        record(CaseEvent.GROUP_PLACE_ENDED, by=by, about=place.group)


# --- organisations ----------------------------------------------------------------------------------
@transaction.atomic
def let_in(*, group: Group, partner: Partner, reason: str, by: User) -> Participation:
    """An organisation takes part, when the convenant says that its kind may."""
    group = locked(group=group, by=by)
    check_can_let_in(by, group, partner, party_kinds())
    return access.add_participation(
        compartment=group.compartment, partner=partner, ground=Ground.CONVENANT, reason=reason, by=by
    )


@transaction.atomic
def let_out(*, group: Group, partner: Partner, by: User) -> None:
    """From now on this organisation does not read this group. Twice is once."""
    check_may_lead(by, group)
    for seat in _seats(group, by).filter(partner=partner):
        access.end_participation(participation=seat, by=by)


def _seats(group: Group, by: User) -> Any:
    found = Participation.objects.visible_to(by).filter(compartment=group.compartment_id, ended_at=None)
    return found.select_related("compartment")


def locked(*, group: Group, by: User) -> Group:
    """The group as it is now, kept still until the transaction ends."""
    found = Group.objects.visible_to(by).select_for_update(no_key=True, of=("self",))
    kept: Group | None = found.select_related("compartment", "municipality").filter(pk=group.pk).first()
    if kept is None:
        raise NotPossible("U kunt deze groep niet zien.")
    return kept
