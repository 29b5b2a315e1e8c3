"""Youths who recur together may be a group: which, and for what reasons. People judge; nothing is made by itself."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Tie:
    """Two youths, both seen by this reader, who were there together: how often, where, how."""

    one: int
    other: int
    times: int
    shared: int
    places: tuple[str, ...]
    last_on: date

    @property
    def reasons(self) -> str:
        """In words: "3 keer samen, waarvan 1 in hetzelfde signaal; Verzinselplein"."""
        told = f"{self.times} keer samen"
        if self.shared:
            told += f", waarvan {self.shared} in hetzelfde signaal"
        return "; ".join([told, *self.places])


@dataclass(frozen=True)
class Suggestion:
    """Youths who hang together by ties."""

    youths: tuple[int, ...]
    ties: tuple[Tie, ...]


def suggestions(ties: Iterable[Tie], *, least_youths: int) -> list[Suggestion]:
    """What hangs together, the largest first. Who is central comes first within it."""
    ties = list(ties)
    near: dict[int, set[int]] = defaultdict(set)
    for tie in ties:
        near[tie.one].add(tie.other)
        near[tie.other].add(tie.one)
    found, seen = [], set[int]()
    for start in sorted(near):
        if start in seen:
            continue
        together = _reached(start, near)
        seen |= together
        if len(together) >= least_youths:
            among = tuple(tie for tie in ties if tie.one in together)
            found.append(Suggestion(central_first(together, among), among))
    return sorted(found, key=lambda s: (-len(s.youths), s.youths))


def central_first(youths: Iterable[int], ties: Sequence[Tie]) -> tuple[int, ...]:
    """In the order of how many others somebody was seen with."""
    count: dict[int, int] = defaultdict(int)
    for tie in ties:
        count[tie.one] += 1
        count[tie.other] += 1
    return tuple(sorted(youths, key=lambda youth: (-count[youth], youth)))


def _reached(start: int, near: dict[int, set[int]]) -> set[int]:
    reached, waiting = {start}, [start]
    while waiting:
        for other in near[waiting.pop()] - reached:
            reached.add(other)
            waiting.append(other)
    return reached
