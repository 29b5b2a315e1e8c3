"""Months, quarters and the last twelve months. Only months that are over are shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

YEAR = "12-maanden"
QUARTERS = 4  # how many of them can be chosen


@dataclass(frozen=True)
class Period:
    """A row of whole months, under the word that stands for it in an address."""

    slug: str
    label: str
    months: Sequence[date]

    @property
    def first(self) -> date:
        return self.months[0]

    @property
    def last(self) -> date:
        return self.months[-1]

    @property
    def words(self) -> str:
        """From when to when: "november 2025 tot en met oktober 2026"."""
        return f"{date_format(self.first, 'F Y')} tot en met {date_format(self.last, 'F Y')}"


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def month_before(month: date, count: int = 1) -> date:
    """The month that lies this many months earlier."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def months_up_to(last: date, count: int) -> tuple[date, ...]:
    """This many months, the last one included, in the order of the calendar."""
    return tuple(month_before(last, back) for back in reversed(range(count)))


def last_year(today: date) -> Period:
    """The last twelve months that are over."""
    return Period(YEAR, "Laatste 12 maanden", months_up_to(month_before(month_of(today)), 12))


def quarter(year: int, number: int) -> Period:
    """A quarter of the calendar."""
    months = months_up_to(date(year, number * 3, 1), 3)
    return Period(f"{year}-k{number}", f"{number}e kwartaal {year}", months)


def periods(today: date) -> list[Period]:
    """What can be chosen: the last twelve months, and the last quarters that are over."""
    over = month_of(today).replace(month=(today.month - 1) // 3 * 3 + 1)
    ends = [month_before(over, 1 + 3 * back) for back in range(QUARTERS)]
    return [last_year(today), *(quarter(end.year, end.month // 3) for end in ends)]


def period_between(first: date, last: date) -> Period:
    """The period from this month to that month, under its own name if it has one."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if count == 3 and last.month % 3 == 0:
        return quarter(last.year, last.month // 3)
    label = "12 maanden" if count == 12 else f"{count} maanden"
    return Period("", label, months_up_to(last, count))


def read_month(text: str) -> date | None:
    """A month as it stands in the key of a job: 2026-10."""
    return date(int(text[:4]), int(text[5:]), 1) if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text) else None
