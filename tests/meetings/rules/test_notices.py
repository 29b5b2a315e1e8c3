"""What is sent to a calendar, as a table: never twice the same, always a higher version."""

from datetime import UTC, datetime

import pytest

from meetings.rules.notices import Notice, Sent, facts_of, next_notice

OLD, NEW = "oud", "nieuw"


@pytest.mark.parametrize(
    ("sent", "facts", "is_off", "expected"),
    [
        (None, NEW, False, Notice(0, NEW, is_cancelled=False)),
        (None, NEW, True, None),
        (Sent(0, NEW, is_cancelled=False), NEW, False, None),
        (Sent(0, OLD, is_cancelled=False), NEW, False, Notice(1, NEW, is_cancelled=False)),
        (Sent(3, OLD, is_cancelled=False), NEW, True, Notice(4, OLD, is_cancelled=True)),
        (Sent(4, OLD, is_cancelled=True), OLD, True, None),
        (Sent(4, OLD, is_cancelled=True), OLD, False, Notice(5, OLD, is_cancelled=False)),  # a seat again
    ],
)
def test_what_to_send(sent, facts, is_off, expected):
    assert next_notice(sent, facts, is_off=is_off) == expected


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            "2026-10-25 02:30 +0200",
        ),  # twice half past two that night
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25 02:30 +0100"),
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "2026-03-29 03:30 +0200"),
    ],
)
def test_the_two_nights_of_the_year(moment, words):
    assert facts_of(moment, 120, "Heerlen", "") == f"{words} 120 Heerlen"
    assert facts_of(moment, 120, "Heerlen", "https://a.nl") == f"{words} 120 Heerlen https://a.nl"
