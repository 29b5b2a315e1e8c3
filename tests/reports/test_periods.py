"""Months that are over, and the words for them."""

from datetime import date

import pytest

from reports.periods import last_year, month_before, period_between, periods, read_month


def test_last_year_ends_with_the_last_month_that_is_over():
    period = last_year(date(2026, 11, 24))
    assert (period.first, period.last) == (date(2025, 11, 1), date(2026, 10, 1))
    assert period.words == "november 2025 tot en met oktober 2026"


@pytest.mark.parametrize(
    ("today", "slugs"),
    [
        (date(2026, 11, 24), ["2026-k3", "2026-k2", "2026-k1", "2025-k4"]),
        (date(2026, 9, 30), ["2026-k2", "2026-k1", "2025-k4", "2025-k3"]),
        (date(2027, 1, 1), ["2026-k4", "2026-k3", "2026-k2", "2026-k1"]),
    ],
)
def test_quarters_that_are_over(today, slugs):
    assert [period.slug for period in periods(today)[1:]] == slugs


def test_a_quarter_has_its_three_months():
    quarter = periods(date(2026, 11, 24))[1]
    assert quarter.label == "3e kwartaal 2026"
    assert list(quarter.months) == [date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)]
    assert period_between(quarter.first, quarter.last) == quarter


def test_months_across_the_year():
    assert month_before(date(2026, 1, 1)) == date(2025, 12, 1)
    assert month_before(date(2026, 3, 1), 15) == date(2024, 12, 1)


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "1-10", "2026-10-01", "x"])
def test_what_is_no_month(text):
    assert read_month(text) is None


def test_a_month_as_text():
    assert read_month("2026-10") == date(2026, 10, 1)
