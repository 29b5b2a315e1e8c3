"""Small numbers are hidden, and with them whatever would give them away.

One line is one count in every municipality, with Parkstad as their sum. What is hidden is decided once
per line, for everybody alike: who lays the pages of all municipalities side by side learns no more.
Sums over months or levels are shown only when every part of them is shown, so they tell nothing new.
"""

from collections.abc import Collection, Mapping, Sequence

SMALLEST_SHOWN = 5

Area = int | None
"""A municipality by its id; 0 for elsewhere or unknown; None for Parkstad as a whole."""
PARKSTAD: Area = None
ELSEWHERE = 0
Counts = Sequence[int]
"""What is counted in one area; counts from which each other could be worked out stand together."""


def is_small(value: int) -> bool:
    """Whether a count is so small that it may point to somebody."""
    return 0 < value < SMALLEST_SHOWN


def hidden_areas(parts: Mapping[int, Counts], *, also: Collection[Area] = ()) -> set[Area]:
    """In which areas the counts of this line are hidden.

    First where one of them is small, and where `also` says so. Then, as long as what is hidden could be
    worked out from the whole, the next smallest part; when no part is left, the whole. An area without
    anything hides nothing, so it is never taken for that.
    """
    whole = [sum(counts) for counts in zip(*parts.values(), strict=True)]
    hidden = {area for area, counts in parts.items() if any(map(is_small, counts))} | set(also)
    if any(map(is_small, whole)):
        hidden.add(PARKSTAD)
    left = [area for area, counts in parts.items() if area not in hidden and any(counts)]
    left.sort(key=lambda area: (sum(parts[area]), area), reverse=True)
    while gives_away(parts, hidden) and (left or PARKSTAD not in hidden):
        hidden.add(left.pop() if left else PARKSTAD)
    return hidden


def gives_away(parts: Mapping[int, Counts], hidden: Collection[Area]) -> bool:
    """Whether the whole and the parts that are shown tell what a hidden part is."""
    inside = [parts[area] for area in hidden if area is not None]
    if PARKSTAD in hidden:
        return not inside
    return bool(inside) and (
        len(inside) == 1 or any(is_telling(counts) for counts in zip(*inside, strict=True))
    )


def is_telling(counts: Counts) -> bool:
    """Hidden counts whose sum is known: too small together, or as small as that many counts can be."""
    return sum(counts) < SMALLEST_SHOWN or sum(counts) <= sum(map(bool, counts))
