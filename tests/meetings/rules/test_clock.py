"""The clock of a meeting in words, as a table."""

from datetime import UTC, datetime, timedelta

import pytest

from meetings.rules.clock import Point, clock_of, minutes_words

START = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def at(minutes):
    return START + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (480, "nog 8 minuten"),
        (421, "nog 8 minuten"),
        (420, "nog 7 minuten"),
        (60, "nog 1 minuut"),
        (1, "nog 1 minuut"),
        (0, "1 minuut over de tijd"),
        (-59, "1 minuut over de tijd"),
        (-60, "2 minuten over de tijd"),
        (-600, "11 minuten over de tijd"),
    ],
)
def test_in_whole_minutes(left, words):
    assert minutes_words(START + timedelta(seconds=left), START) == words


@pytest.mark.parametrize(
    ("done", "current", "ends", "drift"),
    [
        ([], 0, 8, "op schema"),
        ([9], 1, 17, "op schema"),
        ([12], 1, 20, "4 minuten achter op schema"),
        ([5, 8], 2, 16, "8 minuten voor op schema"),
        ([12], 0, 12, "4 minuten achter op schema"),  # looking back at a point that is done
    ],
)
def test_a_point_begins_when_the_last_one_was_done(done, current, ends, drift):
    points = [Point(8, at(done[n]) if n < len(done) else None) for n in range(4)]
    clock = clock_of(START, points, current)
    assert (clock.point_ends_at, clock.drift_words) == (at(ends), drift)
    assert clock.ends_at == at(32)


def test_a_break_that_was_taken_counts_in_the_plan():
    """Two points of eight with ten minutes between: after both at 26 minutes the meeting is on schedule."""
    points = [Point(8, at(8)), Point(10, None, is_break=True), Point(8, at(26)), Point(8, None)]
    clock = clock_of(START, points, 3)
    assert (clock.behind, clock.point_ends_at, clock.ends_at) == (0, at(34), at(34))


def test_a_break_just_before_a_point_is_still_to_be_taken():
    points = [Point(8, at(8)), Point(10, None, is_break=True), Point(8, None)]
    clock = clock_of(START, points, 2)
    assert (clock.behind, clock.point_ends_at, clock.ends_at) == (0, at(26), at(26))
    assert clock_of(START, [Point(8, None), *points[1:]], 0).point_ends_at == at(8)
