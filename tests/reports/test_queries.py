"""What is published: nothing hidden can be worked out from all pages of all areas together."""

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Municipality
from accounts.roles import Level
from reports.models import Measure
from reports.operations import recount
from reports.periods import last_year, month_of
from reports.queries import Month, cells_of, published
from reports.rules import PARKSTAD
from tests.factories.reports import count, last_month, signals

AREAS = [0, 1, 2, 3]
MONTHS = 4
FLOWS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9)),
    min_size=MONTHS * len(AREAS),
    max_size=MONTHS * len(AREAS),
)
STARTS = st.lists(st.integers(0, 12), min_size=len(AREAS), max_size=len(AREAS))


def months_of(starts, flows):
    """Months in which stock, inflow and outflow agree, and with them actions in time and due."""
    stock, told, months = list(starts), iter(flows), []
    for _ in range(MONTHS):
        counts = {}
        for area in AREAS:
            inflow, outflow = next(told)
            outflow = min(outflow, stock[area] + inflow)
            stock[area] += inflow - outflow
            for measure, value in (
                (Measure.INFLOW, inflow),
                (Measure.OUTFLOW, outflow),
                (Measure.STOCK, stock[area]),
                (Measure.ACTIONS_IN_TIME, inflow),
                (Measure.ACTIONS_DUE, inflow + outflow),
            ):
                counts[measure, Level.JPP, area] = value
        months.append(Month(counts, AREAS))
    return months


def hidden_and_equations(months):
    """Every cell that is hidden on some page, and everything a reader of all pages knows about them."""
    hidden, equations = set(), []
    for at in range(1, MONTHS):
        for area in (*AREAS, PARKSTAD):
            cells = cells_of(months[at], months[at - 1], area)
            for measure in (Measure.STOCK, Measure.INFLOW, Measure.OUTFLOW):
                if cells[measure, Level.JPP] is None:
                    hidden.add((measure, at, area))
            if cells[Measure.ACTIONS_DUE, None] is None:
                hidden |= {("due", at, area), ("in time", at, area), ("late", at, area)}
            equations.append([("due", at, area, 1), ("in time", at, area, -1), ("late", at, area, -1)])
            if at > 1:
                equations.append([
                    (Measure.STOCK, at - 1, area, 1), (Measure.INFLOW, at, area, 1),
                    (Measure.OUTFLOW, at, area, -1), (Measure.STOCK, at, area, -1),
                ])  # fmt: skip
        equations += [
            [(what, at, PARKSTAD, -1), *((what, at, area, 1) for area in AREAS)]
            for what in (Measure.STOCK, Measure.INFLOW, Measure.OUTFLOW, "due", "in time", "late")
        ]
    return hidden, equations


def determined(hidden, equations):
    """The hidden cells that follow from the equations: exact elimination, what is shown being known."""
    pivots = {}
    for equation in equations:
        row = defaultdict(Fraction)
        for *cell, factor in equation:
            if tuple(cell) in hidden:
                row[tuple(cell)] += factor
        for cell in [cell for cell in row if cell in pivots]:
            factor = row[cell]
            for other, value in pivots[cell].items():
                row[other] -= factor * value
        row = {cell: value for cell, value in row.items() if value}
        if not row:
            continue
        pivot, first = next(iter(row.items()))
        row = {cell: value / first for cell, value in row.items()}
        for known, other in list(pivots.items()):
            if factor := other.get(pivot):
                merged = {c: other.get(c, 0) - factor * row.get(c, 0) for c in other.keys() | row.keys()}
                pivots[known] = {c: value for c, value in merged.items() if value}
        pivots[pivot] = row
    return {cell for cell, row in pivots.items() if len(row) == 1}


@settings(max_examples=60, deadline=None)
@given(STARTS, FLOWS)
def test_nothing_hidden_follows_from_everything_shown(starts, flows):
    hidden, equations = hidden_and_equations(months_of(starts, flows))
    assert determined(hidden, equations) == set()


def test_the_attack_works_where_something_is_forgotten():
    """The check itself: with only one cell hidden in a line, it follows from the others."""
    _, equations = hidden_and_equations(months_of([9] * 4, [(6, 6)] * 16))
    alone = {(Measure.STOCK, 2, 1)}
    assert determined(alone, equations) == alone


def test_stock_in_and_out_are_hidden_together():
    """Stock 3 → 9 by 6 in and 0 out: the 3 would follow from what is shown of the next month."""
    before = Month({(Measure.STOCK, Level.JPP, 1): 3, (Measure.STOCK, Level.JPP, 2): 20}, AREAS)
    counts = {
        (Measure.STOCK, Level.JPP, 1): 9,
        (Measure.STOCK, Level.JPP, 2): 20,
        (Measure.INFLOW, Level.JPP, 1): 6,
    }
    cells = cells_of(Month(counts, AREAS), before, 1)
    assert cells[Measure.STOCK, Level.JPP] == 9
    assert cells[Measure.INFLOW, Level.JPP] is None and cells[Measure.OUTFLOW, Level.JPP] is None


# --- from real rows -------------------------------------------------------------------------------
@pytest.fixture
def months(db):
    return last_year(month_of(last_month(0))).months


def row(name, months, measure=Measure.SIGNALS_IN):
    area = Municipality.objects.get(name=name).pk if name else PARKSTAD
    return published(area, months).row(measure, Level.JPP)[-1]


def test_a_small_count_hides_itself_and_the_next(months):
    signals(last_month(), heerlen=12, kerkrade=3, landgraaf=6)
    count(last_month())
    assert [row(name, months) for name in (None, "Heerlen", "Kerkrade", "Landgraaf", "Brunssum")] == [
        21, 12, None, None, 0,
    ]  # fmt: skip


def test_what_is_hidden_does_not_depend_on_the_period(months):
    signals(last_month(), heerlen=12, kerkrade=3, landgraaf=6)
    count(last_month())
    assert row("Kerkrade", months[-1:]) is None and row("Landgraaf", months[-3:]) is None


def test_reading_takes_three_queries_however_many_months(months, django_assert_num_queries):
    with django_assert_num_queries(3):
        published(PARKSTAD, months)


def test_nobody_but_the_robot_counts(manager):
    from foundation.errors import NotAllowed

    with pytest.raises(NotAllowed):
        recount(month=last_month(), by=manager)
