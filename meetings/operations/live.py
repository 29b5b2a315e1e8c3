"""Beginning a meeting and ending it; holding it while something is written."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from audit.log import record
from cases.operations import cases as case_operations
from foundation.errors import NotPossible
from meetings.events import MeetingEvent
from meetings.models import AgendaItem, Meeting, MeetingState, Slot
from meetings.permissions.live import check_can_close, check_can_correct, check_can_start, check_can_write
from meetings.rules.live import places_of


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


def hold(*, meeting: Meeting, by: User, only_at: int | None = None) -> Meeting:
    """The meeting as it is now, held until the end of the transaction: writing and closing do not cross.

    Whoever follows it is told on commit that something changed; nothing changed does no harm. `only_at`: the slot,
    when whatever changes is read at that point and nowhere else.
    """
    open_to = Meeting.objects.open_to(by)
    found = open_to.select_for_update(of=("self",)).select_related("series").filter(pk=meeting.pk).first()
    if found is None:
        raise NotPossible("Dit overleg bestaat niet meer.")
    found.version += 1
    if only_at:
        Slot.objects.filter(pk=only_at).update(version=found.version)
    else:
        found.whole_version = found.version
    found.save(update_fields=["version", "whole_version"])
    return found


def hold_item(*, item: AgendaItem, by: User, changes_only_it: bool = False) -> AgendaItem:
    """The item as it is now, with its meeting held: no two people write at once, and nobody after the close.

    `changes_only_it`: the agenda and the other points look the same afterwards.

    The item itself is not locked: the database takes the compartment first when readers change.
    """
    meeting = hold(meeting=item.meeting, by=by, only_at=item.slot_id if changes_only_it else None)
    found: AgendaItem | None = (
        AgendaItem.objects.select_related("case__youth").filter(pk=item.pk, slot__withdrawn_at=None).first()
    )
    if found is None:
        raise NotPossible("Dit punt staat niet meer op de agenda.")
    found.meeting = meeting
    return found
