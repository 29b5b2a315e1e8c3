"""What is possible for a series and its planned meetings, whoever asks."""

from collections.abc import Mapping
from datetime import date, time

from django.utils import timezone

from accounts.models import Municipality
from accounts.roles import Level
from foundation.errors import NotPossible
from meetings.models import Meeting, MeetingState, Series, SeriesKind
from meetings.rules.rhythm import closed_because

EARLIEST, LATEST = time(7), time(21)
CANCELLABLE = (MeetingState.PLANNED, MeetingState.DRAFT, MeetingState.AGREED)


def check_can_plan(series: Series) -> None:
    if series.kind == SeriesKind.URGENT:
        raise NotPossible("Spoedoverleggen worden niet vooruit gepland.")
    if series.ended_at:
        raise NotPossible("Deze reeks is gestopt.")


def check_has_town(level: Level, municipality: Municipality | None) -> None:
    """An LJA is a table of one municipality: its regisseur opens the papers of that one and of no other."""
    if level == Level.LJA and municipality is None:
        raise NotPossible("Een LJA hoort bij één gemeente. Kies de gemeente.")


def check_can_begin_at(at: time) -> None:
    """Office hours; it also keeps meetings out of the hour that summer time takes away."""
    if not EARLIEST <= at <= LATEST:
        raise NotPossible(f"Kies een tijd tussen {EARLIEST:%H:%M} en {LATEST:%H:%M} uur.")


def check_can_cancel(meeting: Meeting) -> None:
    if meeting.state not in CANCELLABLE:
        raise NotPossible(f"Dit overleg kan niet meer worden geannuleerd: {meeting.get_state_display()}.")


def check_can_move(meeting: Meeting) -> None:
    """A room can be taken or a link dead when the meeting is already running."""
    if meeting.state not in (*CANCELLABLE, MeetingState.RUNNING):
        raise NotPossible(f"De plaats van dit overleg verandert niet meer: {meeting.get_state_display()}.")


def day_of(meeting: Meeting) -> date:
    """The local day of a meeting."""
    return timezone.localtime(meeting.starts_at).date()


def conflict_of(meeting: Meeting, closing_days: Mapping[date, str]) -> str:
    """Why a meeting stands on a day on which there is none: a closing day that was added later."""
    if meeting.state not in CANCELLABLE:
        return ""
    return closed_because(day_of(meeting), closing_days)
