"""Everything that changes the plan of a group, and what the finder and the convenant work with."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from access.models import Participation
from accounts.models import Partner, User
from audit.log import record
from cases.events import CaseEvent
from cases.models import ConvenantKind, FinderThreshold, Group, GroupGoal
from cases.operations.groups import locked
from cases.permissions.groups import check_can_change, check_may_keep_settings, check_may_report
from cases.rules.groups import check_open
from foundation.errors import NotPossible


@transaction.atomic
def add(*, group: Group, text: str, owner_partner: Partner, due_on: date, key: UUID, by: User) -> GroupGoal:
    """A line of the plan: what, who, when. The same key twice is one goal. Who does it takes part, or is regie."""
    group = locked(group=group, by=by)
    sent: GroupGoal | None = GroupGoal.objects.visible_to(by).filter(uuid=key).first()
    if sent:
        return sent
    check_can_change(by, group)
    seats = Participation.objects.visible_to(by).active().filter(compartment=group.compartment_id)
    if owner_partner.pk != by.partner_id and not seats.filter(partner=owner_partner).exists():
        raise NotPossible(f"{owner_partner} doet niet mee aan deze groepsaanpak.")
    goal = GroupGoal.objects.create(
        uuid=key,
        compartment_id=group.compartment_id,
        group=group,
        text=text,
        owner_partner=owner_partner,
        due_on=due_on,
        agreed_by=by,
    )
    record(CaseEvent.GOAL_ADDED, by=by, about=goal, recipients=[owner_partner.pk])
    return goal


@transaction.atomic
def report(*, goal: GroupGoal, result: str, by: User) -> None:
    """What came of it. The same result twice is once."""
    group = locked(group=goal.group, by=by)
    check_may_report(by, goal)
    goal = GroupGoal.objects.visible_to(by).get(pk=goal.pk)
    if goal.ended_at and goal.result == result:
        return
    check_open(group)
    if goal.ended_at:
        raise NotPossible("Dit doel heeft al een resultaat.")
    if not result.strip():
        raise NotPossible("Zeg wat het resultaat was, of waarom het niet lukte.")
    GroupGoal.objects.filter(pk=goal.pk).update(result=result, ended_at=Now(), ended_by=by)
    record(CaseEvent.GOAL_ENDED, by=by, about=goal)


@transaction.atomic
def set_party(*, kind: ConvenantKind, is_party: bool, by: User) -> None:
    """Follow the convenant. Who takes part already stays until regie ends it."""
    check_may_keep_settings(by)
    if ConvenantKind.objects.filter(pk=kind.pk).exclude(is_party=is_party).update(is_party=is_party):
        record(CaseEvent.PARTY_CHANGED, by=by, about=kind, new=is_party)


@transaction.atomic
def set_threshold(*, threshold: FinderThreshold, number: int, by: User) -> None:
    check_may_keep_settings(by)
    if FinderThreshold.objects.filter(pk=threshold.pk).exclude(number=number).update(number=number):
        record(CaseEvent.FINDER_CHANGED, by=by, about=threshold, new=number)
