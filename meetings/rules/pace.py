"""How many minutes a point takes at a table, from its own past meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

USUAL = 8  # before a table has a past
SHORTEST, LONGEST = 4, 20
ENOUGH = 3  # meetings; fewer say too little


@dataclass(frozen=True)
class Held:
    """A meeting that was held: how long, and how many points were discussed in it."""

    minutes: float
    points: int


def minutes_per_point(past: Sequence[Held]) -> int:
    """The middle of what a point took, in whole minutes. A meeting that was left open overnight moves it little."""
    known = [held.minutes / held.points for held in past if held.points and held.minutes > 0]
    if len(known) < ENOUGH:
        return USUAL
    return max(SHORTEST, min(LONGEST, round(median(known))))
