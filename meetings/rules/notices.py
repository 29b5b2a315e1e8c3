"""What somebody must hear of a meeting for the own calendar, given what was sent before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

LOOK_AHEAD = timedelta(weeks=6)


@dataclass(frozen=True)
class Sent:
    """What somebody has in the calendar now."""

    sequence: int
    facts: str
    is_cancelled: bool


@dataclass(frozen=True)
class Notice:
    """What is sent next: its version, and whether it is off for this person."""

    sequence: int
    facts: str
    is_cancelled: bool


def facts_of(starts_at: datetime, minutes: int, location: str, video_url: str) -> str:
    """What stands in a calendar and may change. Nothing is added for what is not there."""
    at = starts_at.astimezone(timezone.get_default_timezone())
    return f"{at:%Y-%m-%d %H:%M %z} {minutes} {location}" + (f" {video_url}" if video_url else "")


def next_notice(sent: Sent | None, facts: str, *, is_off: bool) -> Notice | None:
    """What to send; None when the calendar is right already. `is_off`: cancelled, or this person has no seat (more)."""
    if sent is None:
        return None if is_off else Notice(0, facts, is_cancelled=False)
    if is_off:
        return None if sent.is_cancelled else Notice(sent.sequence + 1, sent.facts, is_cancelled=True)
    if sent.is_cancelled or sent.facts != facts:
        return Notice(sent.sequence + 1, facts, is_cancelled=False)
    return None
