"""Small numbers are hidden, and with them whatever would give them away."""

from collections.abc import Sequence

SMALLEST_SHOWN = 5

Cell = int | None
"""A count, or None where it is hidden."""


def suppress(rows: Sequence[Sequence[int]]) -> list[list[Cell]]:
    """Hide cells of 1 to 4 in a table whose row and column totals may be shown.

    First the small cells themselves. Then, in every row and column where what is hidden could be worked
    out from the total (one hidden cell, or hidden cells that together are small), the next smallest
    cell too, until nothing can be worked out that way. Zero is shown unless it must help to hide.
    """
    width = len(rows[0]) if rows else 0
    hidden = {(r, c) for r, row in enumerate(rows) for c, value in enumerate(row) if is_small(value)}
    lines = [[(r, c) for c in range(width)] for r in range(len(rows))]
    lines += [[(r, c) for r in range(len(rows))] for c in range(width)]
    while victim := _next_victim(rows, lines, hidden):
        hidden.add(victim)
    return [
        [None if (r, c) in hidden else value for c, value in enumerate(row)] for r, row in enumerate(rows)
    ]


def is_small(value: int) -> bool:
    """Whether a count is so small that it may point to somebody."""
    return 0 < value < SMALLEST_SHOWN


def suppress_part(part: int, whole: int) -> Cell:
    """A part beside its whole: hidden when it is small, or when the rest of the whole would be."""
    return None if is_small(part) or is_small(whole - part) else part


def _next_victim(
    rows: Sequence[Sequence[int]],
    lines: list[list[tuple[int, int]]],
    hidden: set[tuple[int, int]],
) -> tuple[int, int] | None:
    for line in lines:
        inside = [cell for cell in line if cell in hidden]
        open_cells = [cell for cell in line if cell not in hidden]
        total_hidden = sum(rows[r][c] for r, c in inside)
        gives_away = len(inside) == 1 or total_hidden < SMALLEST_SHOWN
        if inside and open_cells and gives_away:
            # The smallest that is not zero hides best and costs least; zero only when nothing else is left.
            return min(open_cells, key=lambda cell: (rows[cell[0]][cell[1]] == 0, rows[cell[0]][cell[1]]))
    return None
