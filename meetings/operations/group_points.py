"""Everything that changes a group on an agenda: on, off, and what came of it."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from audit.log import record
from cases.group_queries import members_of
from cases.models import Group, Youth
from cases.operations.groups import locked
from foundation.errors import NotPossible, Stale
from meetings.events import MeetingEvent
from meetings.models import AgendaItem, GroupPoint, Meeting
from meetings.models.group_points import GroupPointQuerySet
from meetings.operations.live import hold
from meetings.permissions.group_points import check_can_put, check_can_remove, check_can_write
from meetings.rules.group_points import check_names_nobody


@transaction.atomic
def put(
    *, meeting: Meeting, group: Group, question: str, minutes: int, by: User, version: int = 0
) -> GroupPoint:
    """A group on the agenda, with the question to the table. What stands there already is changed.

    `version`: of what was on the screen, 0 when it stood nowhere. The same twice is once. Raises Stale, with what
    stands there now in it, when somebody else put it there, changed it or took it off first.
    """
    meeting = hold(meeting=meeting, by=by)
    group = locked(group=group, by=by)
    check_can_put(by, meeting, group)
    check_names_nobody(question, _youths(meeting, group, by))
    point = of(meeting=meeting, group=group, by=by)
    if point is None and version:
        raise Stale("Een ander haalde deze groep intussen van de agenda.", current=None)
    if point is None:
        point = GroupPoint.objects.create(
            compartment_id=group.compartment_id,
            meeting=meeting,
            group=group,
            question=question,
            minutes=minutes,
            added_by=by,
        )
    elif (point.question, point.minutes) == (question, minutes):
        return point
    elif point.version != version:
        raise Stale("Iemand anders heeft dit punt intussen gewijzigd.", current=point)
    else:
        point.question, point.minutes, point.version = question, minutes, version + 1
        point.save(update_fields=["question", "minutes", "version"])
    record(MeetingEvent.GROUP_PUT, by=by, about=point, meeting=meeting.pk)
    return point


@transaction.atomic
def remove(*, point: GroupPoint, by: User) -> None:
    """Off the agenda. Twice is once."""
    point.meeting = hold(meeting=point.meeting, by=by)
    check_can_remove(by, point)
    if GroupPoint.objects.filter(pk=point.pk, withdrawn_at=None).update(withdrawn_at=Now(), withdrawn_by=by):
        record(MeetingEvent.GROUP_REMOVED, by=by, about=point, meeting=point.meeting_id)


@transaction.atomic
def write(*, point: GroupPoint, outcome: str, version: int, by: User) -> GroupPoint:
    """What was discussed and agreed. The same text twice is once.

    Raises Stale, with the newest in it, when somebody else wrote first.
    """
    meeting = hold(meeting=point.meeting, by=by)
    locked(group=point.group, by=by)
    now: GroupPoint | None = _standing(by).filter(pk=point.pk).first()
    if now is None:
        raise NotPossible("Deze groep staat niet meer op de agenda.")
    now.meeting = meeting
    check_can_write(by, now)
    outcome = outcome.replace("\r\n", "\n").strip()
    if outcome == now.outcome:
        return now
    if now.version != version:
        raise Stale("Iemand anders heeft deze tekst intussen gewijzigd.", current=now)
    check_names_nobody(outcome, _youths(meeting, now.group, by))
    GroupPoint.objects.filter(pk=now.pk).update(
        outcome=outcome, version=now.version + 1, written_at=Now(), written_by=by
    )
    record(MeetingEvent.GROUP_WRITTEN, by=by, about=now, version=now.version + 1)
    now.refresh_from_db()
    return now


def of(*, meeting: Meeting, group: Group, by: User) -> GroupPoint | None:
    """The point of this group at this meeting, when it stands there."""
    found: GroupPoint | None = _standing(by).filter(meeting=meeting, group=group).first()
    return found


def _standing(by: User) -> GroupPointQuerySet:
    found: GroupPointQuerySet = GroupPoint.objects.visible_to(by).standing()
    return found.select_related("group", "written_by")


def _youths(meeting: Meeting, group: Group, by: User) -> list[Youth]:
    """Whose names may stand nowhere in the text: the members of the group and the youths of the meeting."""
    members = [member.youth for member in members_of(group, by)]
    items = (
        AgendaItem.objects.visible_to(by).filter(meeting=meeting).on_agenda().select_related("case__youth")
    )
    return [*members, *(item.case.youth for item in items)]
