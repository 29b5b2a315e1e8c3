"""How an agenda comes about: pure tables, and properties with the counter-example sought."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import NotPossible
from meetings.models import Meeting, MeetingState, OmissionKind
from meetings.rules import agenda
from meetings.rules.agenda import Candidate, Fact, Why

DAY = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (Fact(Why.SIGNAL, DAY, "Politie Heerlen"), "Nieuw signaal van Politie Heerlen (12 november)"),
        (Fact(Why.SIGNAL, date(2025, 12, 30), "HALT"), "Nieuw signaal van HALT (30 december 2025)"),
        (Fact(Why.OVERDUE, DAY, "JENS"), "Actie van JENS is te laat: moest klaar zijn op 12 november"),
        (Fact(Why.COULD_NOT, DAY, "JENS"), "Actie van JENS kon niet (12 november)"),
        (Fact(Why.DID_NOT, DAY, "JENS"), "Actie van JENS is niet gedaan (12 november)"),
        (Fact(Why.REVIEW, DAY), "Afgesproken om op 12 november opnieuw te bespreken"),
        (Fact(Why.LEVEL_UP, DAY, "LJA"), "Voorstel om op te schalen naar LJA (12 november)"),
        (Fact(Why.LEVEL_DOWN, DAY, "JPP"), "Voorstel om af te schalen naar JPP (12 november)"),
        (Fact(Why.NO_TIME_LAST, DAY), "Paste de vorige keer niet in de tijd"),
    ],
)
def test_every_fact_has_its_words(fact, words):
    assert fact.words(2026) == words


def test_reasons_are_said_once_heaviest_first_and_never_endless():
    signals = [Fact(Why.SIGNAL, DAY + timedelta(days=n), "HALT") for n in range(9)]
    late = Fact(Why.OVERDUE, DAY, "JENS")
    up = Fact(Why.LEVEL_UP, DAY, "LJA")
    assert agenda.reasons_of(Candidate(1, "Heerlen", [late, up, up]), 2026) == [
        up.words(2026),
        late.words(2026),
    ]
    many = agenda.reasons_of(Candidate(1, "Heerlen", signals), 2026, is_by_hand=True)
    assert many[-2:] == ["En nog 4 redenen", agenda.BY_HAND]
    assert len(many) == agenda.MAX_REASONS + 1


@pytest.mark.parametrize("kind", OmissionKind)
def test_every_omission_has_its_words(kind):
    assert agenda.left_out_words(kind, 2026, DAY, "JENS")


def candidate(number, town="Heerlen", why=Why.SIGNAL, urgent=False):
    return Candidate(number, town, [Fact(why, DAY, "HALT", urgent)])


def test_order_is_by_municipality_and_urgent_first_within():
    some = [
        candidate(1, agenda.OUTSIDE),
        candidate(2, "Kerkrade"),
        candidate(3, "Heerlen", Why.OVERDUE),
        candidate(4, "Heerlen", Why.LEVEL_UP),
        candidate(5, "Heerlen", Why.OVERDUE, urgent=True),
    ]
    assert [c.case_id for c in agenda.in_order(some)] == [5, 4, 3, 2, 1]


def test_for_whom_somebody_leaves_the_table_comes_last_in_the_block():
    some = [
        candidate(1, "Heerlen", Why.OVERDUE),
        candidate(2, "Heerlen", Why.OVERDUE),
        candidate(3, "Kerkrade"),
    ]
    some[0].empties_a_chair = True
    assert [c.case_id for c in agenda.in_order(some)] == [2, 1, 3]
    urgent = candidate(4, "Heerlen", Why.OVERDUE, urgent=True)
    urgent.empties_a_chair = True
    assert agenda.in_order([*some, urgent])[0] == urgent


def test_who_belongs_together_stands_together_within_the_municipality():
    some = [
        candidate(1, why=Why.LEVEL_UP),
        candidate(2, why=Why.SIGNAL),
        candidate(3, why=Why.OVERDUE),
        candidate(4, "Kerkrade", Why.LEVEL_UP),
    ]
    pairs = {frozenset((1, 3)), frozenset((2, 4))}
    assert [c.case_id for c in agenda.in_order(some, pairs)] == [1, 3, 2, 4]
    towns = {1: "Heerlen", 2: "Heerlen", 4: "Kerkrade"}
    assert agenda.insert([1, 2, 4], towns, [candidate(3), candidate(5)], pairs) == [1, 3, 2, 5, 4]
    assert agenda.insert([1, 4], towns, [candidate(2)], pairs) == [1, 2, 4]


def test_who_does_not_fit_is_left_out_but_never_who_is_urgent():
    some = [candidate(1, why=Why.OVERDUE), candidate(2, why=Why.LEVEL_UP), candidate(3, urgent=True)]
    on, left_out = agenda.who_fits(some, minutes_left=16, per_item=8)
    assert ([c.case_id for c in on], [c.case_id for c in left_out]) == ([3, 2], [1])
    on, _ = agenda.who_fits(some, minutes_left=0, per_item=8)
    assert [c.case_id for c in on] == [3]


CANDIDATES = st.lists(
    st.builds(
        candidate,
        st.integers(1, 10_000),
        st.sampled_from(["Heerlen", "Kerkrade", "Landgraaf", agenda.OUTSIDE]),
        st.sampled_from(Why),
        st.booleans(),
    ),
    unique_by=lambda c: c.case_id,
    max_size=30,
)


@given(CANDIDATES, st.integers(0, 240))
def test_everybody_is_either_on_or_left_out(some, minutes):
    on, left_out = agenda.who_fits(some, minutes_left=minutes, per_item=8)
    assert sorted(c.case_id for c in on + left_out) == sorted(c.case_id for c in some)
    assert not any(c.is_urgent for c in left_out)


@given(CANDIDATES, st.lists(st.frozensets(st.integers(1, 10_000), min_size=2, max_size=2), max_size=30))
def test_blocks_stay_whole_whoever_belongs_together(some, pairs):
    ids = [c.case_id for c in some]
    pairs += [frozenset(ids[n : n + 2]) for n in range(0, len(ids) - 1, 3)]
    result = agenda.in_order(some, pairs)
    assert sorted(c.case_id for c in result) == sorted(ids)
    assert [c.town for c in result] == [c.town for c in agenda.in_order(some)]


@given(CANDIDATES, CANDIDATES)
def test_inserting_keeps_the_order_that_stood(standing, newcomers):
    towns = {c.case_id: c.town for c in standing}
    new = [c for c in newcomers if c.case_id not in towns]
    result = agenda.insert([c.case_id for c in standing], towns, new)
    assert [pk for pk in result if pk in towns] == [c.case_id for c in standing]
    assert sorted(result) == sorted([*towns, *(c.case_id for c in new)])


def test_a_newcomer_joins_its_municipality():
    towns = {1: "Heerlen", 2: "Landgraaf", 3: "Heerlen"}
    assert agenda.insert([1, 2, 3], towns, [candidate(4, "Landgraaf")]) == [1, 2, 4, 3]
    assert agenda.insert([1, 3, 2], towns, [candidate(4, "Kerkrade")]) == [1, 3, 4, 2]
    assert agenda.insert([], {}, [candidate(4), candidate(5, "Brunssum")]) == [5, 4]


@pytest.mark.parametrize(("minutes", "fit"), [([8] * 15, 15), ([8] * 16, 15), ([100, 30, 5], 1), ([], 0)])
def test_how_many_fit(minutes, fit):
    assert agenda.how_many_fit(minutes, 120) == fit


@pytest.mark.parametrize(
    ("by_hand", "chosen"),
    [({}, {1, 2}), ({2: False}, {1}), ({3: True}, {1, 2, 3}), ({1: False, 2: False}, set())],
)
def test_who_is_invited_follows_the_case_except_by_hand(by_hand, chosen):
    assert agenda.chosen_partners(in_case=[1, 2], by_hand=by_hand) == chosen


STATES = list(MeetingState)


@pytest.mark.parametrize("state", STATES)
def test_what_each_state_allows(state):
    meeting = Meeting(state=state)
    allowed = {
        agenda.check_can_build: {MeetingState.PLANNED, MeetingState.DRAFT},
        agenda.check_can_change: {MeetingState.PLANNED, MeetingState.DRAFT, MeetingState.AGREED},
        lambda m: agenda.check_can_agree(m, points=1, moved_away=0): {
            MeetingState.PLANNED,
            MeetingState.DRAFT,
        },
    }
    for check, states in allowed.items():
        if state in states:
            check(meeting)
        else:
            with pytest.raises(NotPossible):
                check(meeting)


@pytest.mark.parametrize(("points", "moved_away", "word"), [(0, 0, "nog niets"), (3, 1, "gesloten")])
def test_an_agenda_is_agreed_only_when_it_is_whole(points, moved_away, word):
    with pytest.raises(NotPossible, match=word):
        agenda.check_can_agree(Meeting(state=MeetingState.DRAFT), points=points, moved_away=moved_away)
