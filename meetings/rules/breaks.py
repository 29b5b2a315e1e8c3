"""Whether an agenda has a break, and after which point. Pure: knows no database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from meetings.models import Meeting, Series, Slot

NEAR = 10  # minutes that a break may fall earlier or later, so that a municipality stays whole


@dataclass(frozen=True)
class Spent:
    """A point of the agenda: its minutes and its municipality."""

    minutes: int
    town: str


def break_of(series: Series, minutes: int) -> int:
    """How many minutes the break of a meeting of this length takes; 0: it has none."""
    after = series.break_after_minutes
    return series.break_minutes or 0 if after and minutes > after else 0


def wanted_break(meeting: Meeting, known: Sequence[Slot]) -> int:
    """The same for this meeting: what the regisseur took off by hand does not come back."""
    if any(slot.is_withdrawn_by_hand for slot in known):
        return 0
    return break_of(meeting.series, meeting.minutes)


def minutes_of_breaks(meeting: Meeting, known: Sequence[Slot], *, is_by_hand: bool) -> int:
    """How long is paused: by what stands, when the order was set by hand; else by what the series asks for."""
    standing = [slot.minutes for slot in known if slot.withdrawn_at is None]
    return sum(standing) if is_by_hand and standing else wanted_break(meeting, known)


def place_of_break(points: Sequence[Spent], after: int) -> int | None:
    """After how many points the break falls: as near as can be, and rather between two municipalities.

    None: the points are done before it.
    """
    if sum(point.minutes for point in points) <= after:
        return None
    ends, places = 0, []
    for number, (here, there) in enumerate(pairwise(points), start=1):
        ends += here.minutes
        is_between = here.town != there.town
        places.append((abs(ends - after) - (NEAR if is_between else 0), not is_between, number))
    return min(places)[-1] if places else None


def towns_with_breaks(
    order: Sequence[int], towns: Mapping[int, str], breaks: Collection[int]
) -> dict[int, str]:
    """A break belongs to the municipality of the point before it."""
    found, last = dict(towns), ""
    for key in order:
        if key in breaks:
            found[key] = last
        last = found.get(key, "")
    return found
