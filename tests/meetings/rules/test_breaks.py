"""Whether there is a break and where it falls, as tables; and that it never falls outside the agenda."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.models import Series
from meetings.rules.breaks import Spent, break_of, place_of_break, towns_with_breaks


def spent(words):
    """ "10H 10H 8K": minutes and the first letter of a municipality."""
    return [Spent(int(word[:-1]), word[-1]) for word in words.split()]


@pytest.mark.parametrize(
    ("after", "minutes", "length", "pause"),
    [(90, 15, 120, 15), (90, 15, 90, 0), (90, 15, 91, 15), (None, None, 240, 0)],
)
def test_only_a_meeting_that_is_long_enough_has_one(after, minutes, length, pause):
    assert break_of(Series(break_after_minutes=after, break_minutes=minutes), length) == pause


@pytest.mark.parametrize(
    ("points", "after", "place"),
    [
        ("10H 10H 10H 10H", 20, 2),
        ("10H 10H 10H 10H", 24, 2),
        ("10H 10H 10H 10H", 26, 3),
        ("10H 10H 10H 10K", 20, 3),  # ten minutes later, and Heerlen stays whole
        ("20H 20H 20H 20K", 20, 1),  # forty minutes later is too late
        ("10H 10K 10K 10K", 20, 1),
        ("10H 10H", 20, None),  # done before it
        ("90H", 20, None),  # one long point has no middle
        ("90H 10H", 20, 1),
        ("", 20, None),
    ],
)
def test_as_near_as_can_be_and_rather_between_two_municipalities(points, after, place):
    assert place_of_break(spent(points), after) == place


@given(
    st.lists(st.builds(Spent, st.integers(1, 120), st.sampled_from("HKL")), max_size=40), st.integers(15, 480)
)
def test_never_before_the_first_point_or_after_the_last(points, after):
    place = place_of_break(points, after)
    assert place is None or 0 < place < len(points)


def test_a_break_belongs_to_the_municipality_before_it():
    towns = {1: "Heerlen", 2: "Kerkrade"}
    assert towns_with_breaks([1, -9, 2], towns, {-9}) == towns | {-9: "Heerlen"}
    assert towns_with_breaks([-9, 1, 2], towns, {-9})[-9] == ""
