"""The rhythm of a series, with counter-examples sought."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.errors import NotPossible
from meetings.rules.rhythm import (
    agenda_due_on,
    closed_because,
    dates_of_series,
    is_working_day,
    proposed_closing_days,
    public_holidays,
    starts_at,
    working_days_before,
)

DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
WORKDAYS = DAYS.filter(lambda day: day.weekday() < 5)
CLOSED = st.sets(DAYS, max_size=40)
DAYTIME = st.times(time(7), time(22)).map(lambda at: at.replace(second=0, microsecond=0))


@settings(deadline=None)
@given(WORKDAYS, st.integers(1, 8), st.integers(0, 700), CLOSED)
def test_series_keeps_its_weekday_and_its_distance(first_on, weeks, length, closing_days):
    until = first_on + timedelta(days=length)
    planned = dates_of_series(first_on=first_on, every_weeks=weeks, until=until, closing_days=closing_days)
    assert planned[0].on == first_on and planned[-1].on <= until < planned[-1].on + timedelta(weeks=weeks)
    assert {day.on.weekday() for day in planned} == {first_on.weekday()}
    assert {(day.on - first_on).days % (7 * weeks) for day in planned} == {0}


@settings(deadline=None)
@given(WORKDAYS, st.integers(0, 700), CLOSED)
def test_series_never_meets_on_a_closed_day(first_on, length, closing_days):
    until = first_on + timedelta(days=length)
    planned = dates_of_series(first_on=first_on, every_weeks=2, until=until, closing_days=closing_days)
    for day in planned:
        is_closed = day.on in closing_days or day.on in public_holidays(day.on.year)
        assert day.is_skipped == is_closed


@settings(deadline=None)
@given(WORKDAYS, DAYTIME)
def test_local_time_stays_the_same_the_whole_year(first_on, at):
    planned = dates_of_series(
        first_on=first_on, every_weeks=2, until=first_on + timedelta(days=366), closing_days=()
    )
    moments = [starts_at(day.on, at) for day in planned]
    assert {moment.time() for moment in moments} == {at}
    assert {moment.utcoffset() for moment in moments} == {timedelta(hours=1), timedelta(hours=2)}


@settings(deadline=None)
@given(DAYS, st.integers(1, 10), CLOSED)
def test_working_days_before_counts_exactly(on, count, closing_days):
    due = working_days_before(on, count, closing_days)
    between = [due + timedelta(days=number) for number in range((on - due).days)]
    assert is_working_day(due, closing_days)
    assert sum(is_working_day(day, closing_days) for day in between) == count


def test_moment_across_summer_time():
    assert starts_at(date(2026, 3, 24), time(10)).astimezone(UTC) == datetime(2026, 3, 24, 9, tzinfo=UTC)
    assert starts_at(date(2026, 4, 7), time(10)).astimezone(UTC) == datetime(2026, 4, 7, 8, tzinfo=UTC)


def test_time_that_does_not_exist():
    with pytest.raises(NotPossible, match="02:30 bestaat die nacht niet"):
        starts_at(date(2026, 3, 29), time(2, 30))


def test_time_that_comes_twice():
    with pytest.raises(NotPossible, match="02:30 komt die nacht twee keer voor"):
        starts_at(date(2026, 10, 25), time(2, 30))


def test_edges_of_the_changed_nights():
    assert starts_at(date(2026, 3, 29), time(1, 59)).utcoffset() == timedelta(hours=1)
    assert starts_at(date(2026, 3, 29), time(3)).utcoffset() == timedelta(hours=2)
    assert starts_at(date(2026, 10, 25), time(1, 59)).utcoffset() == timedelta(hours=2)
    assert starts_at(date(2026, 10, 25), time(3)).utcoffset() == timedelta(hours=1)


def test_carnaval_of_2026_is_proposed():
    proposed = {day.on: day for day in proposed_closing_days(2026)}
    assert [proposed[date(2026, 2, day)].name for day in (15, 16, 17)] == [
        "Carnavalszondag",
        "Carnavalsmaandag",
        "Carnavalsdinsdag",
    ]
    assert not proposed[date(2026, 2, 16)].is_optional
    assert proposed[date(2026, 4, 3)].is_optional


@pytest.mark.parametrize("year", range(2024, 2041))
def test_proposal_holds_every_public_holiday(year):
    proposed = proposed_closing_days(year)
    binding = {day.on for day in proposed if not day.is_optional}
    assert set(public_holidays(year)) < binding
    assert proposed == sorted(proposed, key=lambda day: day.on)


def test_good_friday_is_a_choice():
    assert closed_because(date(2026, 4, 3), ()) == ""
    assert (
        closed_because(date(2026, 4, 3), {date(2026, 4, 3): "Goede Vrijdag"})
        == "Geen overleg: Goede Vrijdag."
    )


def test_skipped_day_says_why_and_the_fortnight_goes_on():
    planned = dates_of_series(
        first_on=date(2026, 3, 23),
        every_weeks=2,
        until=date(2026, 4, 20),
        closing_days={date(2026, 4, 20): "Teamdag"},
    )
    assert [(day.on.day, day.skipped_because) for day in planned] == [
        (23, ""),
        (6, "Geen overleg: Tweede paasdag."),
        (20, "Geen overleg: Teamdag."),
    ]


def test_agenda_is_due_before_easter():
    # Tuesday after Easter: Monday is closed, so Friday, Thursday, Wednesday.
    assert agenda_due_on(date(2026, 4, 7), ()) == date(2026, 4, 1)


def test_series_on_a_saturday():
    with pytest.raises(NotPossible, match="Kies een maandag"):
        dates_of_series(first_on=date(2026, 1, 3), every_weeks=2, until=date(2026, 2, 1), closing_days=())


def test_series_that_ended_before_it_began():
    assert (
        dates_of_series(first_on=date(2026, 1, 6), every_weeks=2, until=date(2026, 1, 1), closing_days=())
        == []
    )
