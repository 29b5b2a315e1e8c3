"""Everything that changes the breaks of an agenda: the one that the series asks for, and those set by hand."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.log import record
from foundation.errors import NotPossible
from meetings.events import MeetingEvent
from meetings.models import Meeting, Slot
from meetings.operations import points
from meetings.permissions import agenda as permissions
from meetings.rules import breaks as rules
from meetings.rules.live import numbers_of


def breaks_of(*, meeting: Meeting, by: User) -> list[Slot]:
    """All that there were, also those that were taken off."""
    return list(Slot.objects.filter(meeting=meeting, is_break=True).order_by("pk"))


def place(
    *, meeting: Meeting, slots: Sequence[Slot], towns: Mapping[int, str], known: Sequence[Slot], by: User
) -> list[Slot]:
    """These slots with the break of the series among them. A break that is there already stays where it is.

    `towns` by slot. What the regisseur took off by hand does not come back.
    """
    order = list(slots)
    if any(slot.is_break for slot in order):
        return order
    made = next((s for s in known if s.moved_at is None and not s.is_withdrawn_by_hand), None)
    minutes = rules.wanted_break(meeting, known)
    spent = [rules.Spent(slot.minutes, towns.get(slot.pk, "")) for slot in order]
    after = rules.place_of_break(spent, meeting.series.break_after_minutes or 0) if minutes else None
    if after is None:
        Slot.objects.filter(pk__in=[made.pk] if made else [], withdrawn_at=None).update(
            withdrawn_at=timezone.now()
        )
        return order
    pause = made or Slot(meeting=meeting, position=0, is_break=True)
    pause.minutes, pause.withdrawn_at = minutes, None
    pause.save()
    order.insert(after, pause)
    return order


@transaction.atomic
def put(*, meeting: Meeting, after: int, minutes: int, by: User) -> Slot:
    """A break after the point with this number. A break that stands there already gets these minutes."""
    meeting = points.lock(meeting=meeting, by=by)
    permissions.check_can_change(by, meeting)
    slots = points.on_agenda(meeting=meeting, by=by)
    numbers = numbers_of(slots)
    here = next((n for n, slot in enumerate(slots) if numbers.get(slot.pk) == after), None)
    if here is None:
        raise NotPossible("Dit punt staat niet (meer) op de agenda. Kies een ander punt.")
    following = slots[here + 1 : here + 2]
    pause = following[0] if following and following[0].is_break else None
    if pause is None:
        pause = Slot(meeting=meeting, position=0, is_break=True)
        slots.insert(here + 1, pause)
    pause.minutes, pause.moved_at = minutes, timezone.now()
    pause.save()
    points.write_order(slots=slots, by=by)
    record(MeetingEvent.BREAK_PUT, by=by, about=meeting, minutes=minutes)
    return pause


@transaction.atomic
def move(*, meeting: Meeting, up: bool, seen: int, by: User) -> None:
    """One place up or down, from the place where the page showed it. What is no break (any more) stays."""
    meeting = points.lock(meeting=meeting, by=by)
    permissions.check_can_change(by, meeting)
    pause = _at(meeting, seen, by)
    if pause and points.move_slot(meeting=meeting, slot=pause, up=up, seen=seen, by=by):
        record(MeetingEvent.BREAK_MOVED, by=by, about=meeting)


@transaction.atomic
def remove(*, meeting: Meeting, seen: int, by: User) -> None:
    """Take a break off by hand; a rebuild does not bring it back."""
    meeting = points.lock(meeting=meeting, by=by)
    permissions.check_can_change(by, meeting)
    pause = _at(meeting, seen, by)
    if pause is None:
        return
    pause.withdrawn_at, pause.is_withdrawn_by_hand = timezone.now(), True
    pause.save(update_fields=["withdrawn_at", "is_withdrawn_by_hand"])
    points.write_order(slots=points.on_agenda(meeting=meeting, by=by), by=by)
    record(MeetingEvent.BREAK_REMOVED, by=by, about=meeting)


def _at(meeting: Meeting, seen: int, by: User) -> Slot | None:
    """The break at this place of the agenda."""
    here = points.on_agenda(meeting=meeting, by=by)[seen - 1 : seen]
    return here[0] if here and here[0].is_break else None
