"""Nothing small can be read or worked out from one line: the municipalities and their sum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules import PARKSTAD, hidden_areas, is_small

PARTS = st.lists(st.integers(0, 30), min_size=8, max_size=8)
PAIRS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=8, max_size=8)


def line(*counts):
    return {number: (count,) if isinstance(count, int) else count for number, count in enumerate(counts)}


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((10, 20, 30), set()),
        ((0, 0, 0), set()),
        ((5, 0, 12), set()),
        # one small part takes the next smallest with it
        ((3, 20, 30), {0, 1}),
        # two that are small together too; and what counts nothing hides nothing
        ((1, 2, 0, 9, 30), {0, 1, 3}),
        # enough together: nothing else is needed
        ((3, 4, 0, 9), {0, 1}),
        # five times one could be nothing else
        ((1, 1, 1, 1, 1), {0, 1, 2, 3, 4, PARKSTAD}),
        # the whole is small itself
        ((3, 0, 0), {0, PARKSTAD}),
        # nothing left to hide behind but the whole
        ((4, 0, 0), {0, PARKSTAD}),
        # counted together: the second count hides the first
        (((40, 2), (50, 19), (50, 8)), {0, 2}),
        # what comes in cannot be hidden behind zeros of what goes out
        (((3, 0), (9, 0)), {0, 1, PARKSTAD}),
    ],
)
def test_examples(counts, hidden):
    assert hidden_areas(line(*counts)) == hidden


def test_what_must_be_hidden_is_hidden():
    assert hidden_areas(line(10, 20, 30), also={1}) == {0, 1}
    assert hidden_areas(line(10, 20, 30), also={1, PARKSTAD}) == {1, PARKSTAD}


@given(PARTS)
def test_no_small_count_is_shown(counts):
    hidden = hidden_areas(line(*counts))
    assert not any(is_small(count) and number not in hidden for number, count in enumerate(counts))
    assert PARKSTAD in hidden or not is_small(sum(counts))


@given(PAIRS)
def test_the_whole_does_not_give_its_hidden_parts_away(pairs):
    """Where the whole is shown, at least two parts are hidden, which leave room for more than one answer."""
    hidden = hidden_areas(line(*pairs))
    if not hidden:
        return
    inside = [pairs[area] for area in hidden if area is not PARKSTAD]
    assert inside
    if PARKSTAD not in hidden:
        assert len(inside) >= 2
        for counts in zip(*inside, strict=True):
            assert sum(counts) >= 5 and sum(counts) > sum(map(bool, counts))
