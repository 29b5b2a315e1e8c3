"""When a term is over, and who says what, as tables."""

from datetime import date
from types import SimpleNamespace as Row

import pytest
from django.db import connection

from accounts.roles import Level
from foundation.errors import NotPossible
from retention import rules

MONTHS = [
    (date(2026, 1, 31), 1, date(2026, 2, 28)),
    (date(2028, 1, 31), 1, date(2028, 2, 29)),
    (date(2026, 11, 26), 24, date(2028, 11, 26)),
    (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2026, 12, 15), 1, date(2027, 1, 15)),
    (date(2026, 3, 31), 6, date(2026, 9, 30)),
]


@pytest.mark.parametrize(("day", "months", "later"), MONTHS)
def test_python_and_the_database_count_months_alike(day, months, later, db):
    assert rules.over_on(day, months, None) == later
    with connection.cursor() as cursor:
        cursor.execute("SELECT retention_over_on(%s, %s, NULL)", [day, months])
        assert cursor.fetchone() == (later,)


@pytest.mark.parametrize(
    ("kept_until", "due"),
    [(None, date(2028, 1, 1)), (date(2027, 1, 1), date(2028, 1, 1)), (date(2029, 5, 1), date(2029, 5, 1))],
)
def test_an_extension_only_makes_it_later(kept_until, due):
    assert rules.over_on(date(2026, 1, 1), 24, kept_until) == due


def test_the_heaviest_level_counts():
    assert rules.heaviest([1, 2, 1]) == Level.LJA
    assert set(rules.CASE_TERMS) == set(Level)


STATES = [
    ({}, None),
    ({"destroyed_at": 1}, "al vernietigd"),
    ({"refused_at": 1}, "tegengehouden"),
    ({"lapsed_at": 1}, "vervallen"),
]


def proposal(**changes):
    return Row(
        **({"destroyed_at": None, "refused_at": None, "lapsed_at": None, "proposed_by_id": 9} | changes)
    )


@pytest.mark.parametrize(("state", "problem"), STATES)
def test_what_stands(state, problem):
    if problem is None:
        rules.check_stands(proposal(**state))
    else:
        with pytest.raises(NotPossible, match=problem):
            rules.check_stands(proposal(**state))


SAID = [
    # (who said what before), (who, on whose behalf), refused because
    ([], (1, "regie"), None),
    ([(1, "regie")], (2, "privacy"), None),
    ([(1, "regie")], (1, "privacy"), "Een ander"),
    ([(1, "regie")], (3, "regie"), "al goedgekeurd"),
    ([], (9, "privacy"), "Wie het voorstelt"),
]


@pytest.mark.parametrize(("before", "now", "problem"), SAID)
def test_one_person_says_yes_once(before, now, problem):
    approvals = [Row(person_id=person, side=side) for person, side in before]
    if problem is None:
        rules.check_one_person_once(proposal(), approvals, *now)
    else:
        with pytest.raises(NotPossible, match=problem):
            rules.check_one_person_once(proposal(), approvals, *now)


BY_TWO = [
    ([(1, "regie"), (2, "privacy")], True),
    ([(1, "regie")], False),
    ([(1, "regie"), (1, "privacy")], False),
    ([(1, "privacy"), (2, "privacy")], False),
    ([], False),
]


@pytest.mark.parametrize(("said", "enough"), BY_TWO)
def test_approved_by_two(said, enough):
    approvals = [Row(person_id=person, side=side) for person, side in said]
    if enough:
        rules.check_approved_by_two(proposal(), approvals)
    else:
        with pytest.raises(NotPossible):
            rules.check_approved_by_two(proposal(), approvals)


WHY = "De klacht bij de ombudsman loopt nog"
EXTENDING = [
    (date(2026, 1, 1), date(2028, 1, 1), date(2028, 6, 1), WHY, None),
    (None, None, date(2028, 6, 1), WHY, "gesloten"),
    (date(2026, 1, 1), date(2028, 1, 1), date(2028, 1, 1), WHY, "na het einde"),
    (date(2026, 1, 1), date(2028, 1, 1), date(2033, 1, 2), WHY, "vijf jaar"),
    (date(2026, 1, 1), date(2028, 1, 1), date(2028, 6, 1), "kort", "20 tekens"),
]


@pytest.mark.parametrize(("closed", "due", "until", "reason", "problem"), EXTENDING)
def test_prolonging(closed, due, until, reason, problem):
    if problem is None:
        rules.check_can_extend(closed, due, until, reason)
    else:
        with pytest.raises(NotPossible, match=problem):
            rules.check_can_extend(closed, due, until, reason)


@pytest.mark.parametrize("months", [0, 241, -3])
def test_a_term_has_an_end(months):
    with pytest.raises(NotPossible):
        rules.check_months(months)
