"""Beginning a meeting, who is there, and ending it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from accounts.models import Partner, User
from audit.log import record
from cases.operations import cases as case_operations
from foundation.errors import NotPossible
from meetings.events import MeetingEvent
from meetings.models import AgendaItem, Attendance, Meeting, MeetingState, Presence
from meetings.permissions.live import check_can_close, check_can_correct, check_can_start, check_can_write
from meetings.rules.live import places_of


@dataclass(frozen=True)
class Seen:
    """Whether a partner was there, and who sat there."""

    partner: Partner
    presence: Presence
    people: str = ""


@transaction.atomic
def start(*, meeting: Meeting, by: User) -> Meeting:
    """Begin. Beginning twice is beginning once."""
    meeting = hold(meeting=meeting, by=by)
    if meeting.state == MeetingState.RUNNING:
        check_can_write(by, meeting)
        return meeting
    check_can_start(by, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.RUNNING, started_at=Now(), started_by=by)
    record(MeetingEvent.STARTED, by=by, about=meeting)
    meeting.refresh_from_db()
    return meeting


@transaction.atomic
def note_attendance(*, meeting: Meeting, seen: Iterable[Seen], by: User) -> int:
    """Write down who is there. Only what differs is written; returns how much that was."""
    meeting = hold(meeting=meeting, by=by)
    check_can_correct(by, meeting)
    known = {row.partner_id: row for row in meeting.attendances.all()}
    changed = [s for s in seen if not _is_same(known.get(s.partner.pk), s)]
    for one in changed:
        Attendance.objects.update_or_create(
            meeting=meeting,
            partner=one.partner,
            defaults={"presence": one.presence, "people": one.people},
        )
    if changed:
        partners = sorted(one.partner.pk for one in changed)
        record(MeetingEvent.ATTENDANCE_NOTED, by=by, about=meeting, partners=partners)
    return len(changed)


@transaction.atomic
def close(*, meeting: Meeting, by: User) -> Meeting:
    """End the meeting. Raises NotPossible, naming the points, while one is undecided. Twice is once."""
    meeting = hold(meeting=meeting, by=by)
    if meeting.state == MeetingState.CLOSED:
        check_can_correct(by, meeting)
        return meeting
    items = list(AgendaItem.objects.visible_to(by).filter(meeting=meeting).on_agenda().with_decided())
    check_can_close(by, meeting, items, places_of(meeting))
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CLOSED, closed_at=Now(), closed_by=by)
    case_operations.note_discussed(case_ids=[i.case_id for i in items if i.discussed_at], by=by)
    record(MeetingEvent.CLOSED, by=by, about=meeting, items=len(items))
    meeting.refresh_from_db()
    return meeting


def hold(*, meeting: Meeting, by: User) -> Meeting:
    """The meeting as it is now, held until the end of the transaction: writing and closing do not cross.

    Whoever follows it is told on commit that something changed; nothing changed does no harm.
    """
    open_to = Meeting.objects.open_to(by)
    found = open_to.select_for_update(of=("self",)).select_related("series").filter(pk=meeting.pk).first()
    if found is None:
        raise NotPossible("Dit overleg bestaat niet meer.")
    Meeting.objects.filter(pk=found.pk).update(version=F("version") + 1)
    return found


def _is_same(known: Attendance | None, seen: Seen) -> bool:
    return known is not None and (known.presence, known.people) == (seen.presence, seen.people)
