"""The clock of a meeting: how long this point still has, and how far the meeting is behind its plan. Calm, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LEFT = ("nog 1 minuut", "nog {} minuten")
OVER = ("1 minuut over de tijd", "{} minuten over de tijd")


@dataclass(frozen=True)
class Point:
    """A point of the agenda: planned minutes, and when it was done. Or a break, which nobody ticks off."""

    minutes: int
    discussed_at: datetime | None
    is_break: bool = False


@dataclass(frozen=True)
class Clock:
    """When the time of this point is over, when the whole is planned to end, and by how much that will be later."""

    point_ends_at: datetime
    ends_at: datetime
    behind: int  # minutes; negative: ahead

    def point_words(self, now: datetime) -> str:
        return minutes_words(self.point_ends_at, now)

    @property
    def drift_words(self) -> str:
        if abs(self.behind) < 2:
            return "op schema"
        return f"{abs(self.behind)} minuten {'achter' if self.behind > 0 else 'voor'} op schema"


def minutes_words(ends_at: datetime, now: datetime) -> str:
    """In whole minutes, begun ones counted: the last minute is "nog 1 minuut" until it is over."""
    seconds = (ends_at - now).total_seconds()
    words = LEFT if seconds > 0 else OVER
    minutes = max(1, -int(-seconds // 60)) if seconds > 0 else max(1, int(-seconds // 60) + 1)
    return words[0] if minutes == 1 else words[1].format(minutes)


def clock_of(started_at: datetime, points: Sequence[Point], current: int) -> Clock:
    """`current` is the place of the open point. It began when the last one was done, or with the meeting.

    A break is over once a point after it is done; one that lies just before the open point is still to be taken.
    """
    done = [number for number, point in enumerate(points) if point.discussed_at]
    furthest = max(done, default=-1)
    last_done = max((point.discussed_at for point in points if point.discussed_at), default=started_at)
    here = points[current]
    paused = sum(point.minutes for point in points[:furthest] if point.is_break) if done else 0
    pausing = sum(point.minutes for point in points[furthest + 1 : current] if point.is_break)
    planned = started_at + timedelta(minutes=paused + sum(points[number].minutes for number in done))
    return Clock(
        point_ends_at=here.discussed_at or last_done + timedelta(minutes=pausing + here.minutes),
        ends_at=started_at + timedelta(minutes=sum(point.minutes for point in points)),
        behind=round((last_done - planned).total_seconds() / 60),
    )
