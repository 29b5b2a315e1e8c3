"""What the database counts, against rows counted by hand."""

from datetime import timedelta

import pytest

from accounts.models import Municipality
from accounts.roles import Level
from cases.models import ActionState
from cases.operations import actions, levels
from foundation.scope import acting_as
from reports.models import Figure, Measure
from reports.tasks import count_figures
from tests.factories import cases
from tests.factories import meetings as meetings_factory
from tests.factories.reports import at, count, last_month, move, signals


def figure(measure, *, level=Level.JPP, town="Heerlen", month=None):
    """One count; nothing counted is no row."""
    found = Figure.objects.filter(
        month=month or last_month(), measure=measure, level=level, municipality__name=town
    )
    return sum(found.values_list("value", flat=True))


@pytest.fixture
def story(regisseur, lja_heerlen, jongerenwerker, partners):
    """Three cases of Heerlen from the month before: one goes up, one is closed, both in the last month."""
    before = last_month(2)
    with acting_as(regisseur):
        made = [
            cases.case(by=regisseur, partners=[partners["jens"]], first_name=name)
            for name in ("Aa", "Bb", "Cc")
        ]
        move(made, by=regisseur, opened_at=at(before))
        change = cases.proposal(by=regisseur, case=made[0])
        closing = cases.close(by=regisseur, case=made[1])
        move(closing, by=regisseur, closed_at=at(last_month(), 20))
        move(made[1], by=regisseur, closed_at=at(last_month(), 20))
        agreed = [cases.action(by=regisseur, case=made[2], partner=partners["jens"]) for _ in range(4)]
    with acting_as(lja_heerlen):
        levels.accept(change=change, answer="Wij nemen over", by=lja_heerlen)
        move(change, by=lja_heerlen, proposed_at=at(before, 20), decided_at=at(last_month(), 12))
    with acting_as(jongerenwerker):
        for action in agreed[:2]:
            actions.end(action=action, to=ActionState.DONE, result="", by=jongerenwerker)
    with acting_as(regisseur):
        due = at(last_month(), 15)
        move(agreed, by=regisseur, due_on=due.date())
        move(agreed[0], by=regisseur, ended_at=due)  # on the day itself: in time
        move(agreed[1], by=regisseur, ended_at=due + timedelta(days=1))
        move(agreed[3], by=regisseur, state=ActionState.WITHDRAWN)
    count(before, last_month())
    return made


def test_stock_inflow_and_outflow(story):
    before = last_month(2)
    assert figure(Measure.INFLOW, month=before) == 3 and figure(Measure.STOCK, month=before) == 3
    assert figure(Measure.OUTFLOW) == 2  # one closed, one up
    assert figure(Measure.STOCK) == 1
    assert figure(Measure.INFLOW, level=Level.LJA) == 1 and figure(Measure.STOCK, level=Level.LJA) == 1
    assert figure(Measure.STOCK, town="Kerkrade") == 0


def test_actions_in_time(story):
    assert figure(Measure.ACTIONS_DUE) == 3  # one was withdrawn
    assert figure(Measure.ACTIONS_IN_TIME) == 1


def test_a_youth_counts_once_a_month(story, regisseur):
    with acting_as(regisseur):
        for days in (0, 1):
            meeting = meetings_factory.agreed_meeting(by=regisseur, days=days)
            point = meetings_factory.point(by=regisseur, meeting=meeting, case=story[2])
            move(point, by=regisseur, discussed_at=at(last_month(), 5 + days))
    count(last_month())
    assert figure(Measure.YOUTHS_DISCUSSED) == 1


def test_signals_are_counted_where_and_when_they_came(db):
    signals(last_month(), heerlen=2, kerkrade=1)
    signals(last_month(2), heerlen=1)
    count(last_month(), last_month(2))
    assert figure(Measure.SIGNALS_IN) == 2 and figure(Measure.SIGNALS_IN, month=last_month(2)) == 1
    assert figure(Measure.SIGNALS_IN, town="Kerkrade") == 1
    assert figure(Measure.SIGNALS_REJECTED) == 2 and figure(Measure.SIGNALS_ACCEPTED) == 0


def test_midnight_is_that_of_the_clock_on_the_wall(regisseur):
    """The first minute of a Dutch month is still the last hour of the month before in Greenwich."""
    made = signals(last_month(), heerlen=1)
    first_minute = at(last_month(), 1).replace(hour=0, minute=1)
    with acting_as(regisseur):
        move(made, by=regisseur, submitted_at=first_minute)
    count(last_month(2), last_month())
    assert figure(Measure.SIGNALS_IN) == 1 and figure(Measure.SIGNALS_IN, month=last_month(2)) == 0


def test_counting_again_changes_nothing(db):
    signals(last_month(), heerlen=7)
    count(last_month())
    first = list(Figure.objects.order_by("pk").values_list("measure", "value"))
    count(last_month())
    assert sorted(Figure.objects.values_list("measure", "value")) == sorted(first)
    assert set(Figure.objects.values_list("municipality", flat=True)) == {
        Municipality.objects.get(name="Heerlen").pk
    }


def test_the_first_night_counts_a_year_and_the_next_two_months(db):
    signals(last_month(), heerlen=1)
    signals(last_month(12), heerlen=1)
    count_figures()
    assert set(Figure.objects.values_list("month", flat=True)) == {last_month(), last_month(12)}
    late = signals(last_month(5), heerlen=1)
    count_figures()
    assert not Figure.objects.filter(month=last_month(5)).exists()
    count_figures([f"{last_month(5):%Y-%m}"])
    assert Figure.objects.filter(month=last_month(5)).exists() and late
