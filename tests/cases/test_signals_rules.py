"""What a signal must hold and where it can go: the tables, row by row."""

from datetime import date

import pytest

from access.models import PoliceData
from accounts.models import Partner, PartnerKind
from accounts.roles import DataClass
from cases.models import Signal, SignalState
from cases.rules.signals import (
    NEXT_STATES,
    check_can_move,
    check_can_write,
    check_own_words,
    class_of,
    is_young,
    missing_for_accept,
    missing_for_submit,
)
from foundation.errors import NotPossible, allows
from tests.factories.cases import SIGNAL

TODAY = date(2026, 11, 24)
S = SignalState


EVERYBODY = set(PoliceData.values)


def signal(*, brings=DataClass.BASIS, **changes):
    content = {name: value for name, value in SIGNAL.items() if name != "municipality"} | changes
    return Signal(**content, sender_partner=Partner(brings=brings))


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, []),
        ({"first_name": "", "last_name": ""}, ["first_name", "description"]),
        ({"first_name": ""}, ["description"]),
        ({"first_name": "", "description": "bijnaam Fikkie"}, []),
        ({"birth_on": None}, ["birth_on", "description"]),
        ({"birth_on": None, "is_birth_unknown": True}, ["description"]),
        ({"birth_on": None, "is_birth_unknown": True, "description": "ongeveer 14"}, []),
        ({"birth_on": date(2026, 11, 25)}, ["birth_on"]),
        ({"birth_on": date(1999, 11, 24)}, ["birth_on"]),
        ({"birth_on": date(1999, 11, 25)}, []),
        ({"observed": ""}, ["observed"]),
        ({"observed_on": None}, ["observed_on"]),
        ({"observed_on": date(2026, 11, 25)}, ["observed_on"]),
        ({"observed_on": TODAY}, []),
        ({"nature": ""}, ["nature"]),
        ({"role": ""}, ["role"]),
        ({"ground": ""}, ["ground"]),
        ({"purpose": ""}, ["purpose"]),
        ({"themes": [], "school": ""}, []),
        ({"youth_informed": ""}, ["youth_informed"]),
        ({"parents_informed": ""}, ["parents_informed"]),
        ({"youth_informed": "no"}, ["not_informed_because"]),
        ({"parents_informed": "no", "not_informed_because": "Onveilig"}, []),
    ],
)
def test_missing_for_submit(changes, missing):
    found = missing_for_submit(signal(**changes), PartnerKind.SCHOOL, TODAY, EVERYBODY)
    assert [field for field, _ in found] == missing


def test_a_boa_says_in_which_capacity():
    def asked(**said):
        found = missing_for_submit(signal(**said), PartnerKind.ENFORCEMENT, TODAY, EVERYBODY)
        return [field for field, _ in found]

    assert asked() == ["boa_capacity"]
    assert asked(boa_capacity="supervision") == []
    assert asked(boa_capacity="investigation") == ["ground"]
    assert asked(boa_capacity="investigation", ground="wpg_20") == []


@pytest.mark.parametrize(
    ("ground", "role", "provided", "missing"),
    [
        ("wpg_20", "suspect", {"suspect"}, []),
        ("public_task", "suspect", {"suspect"}, ["ground"]),
        ("wpg_20", "victim", {"suspect"}, ["role"]),
        ("wpg_20", "suspect", set(), ["role"]),  # no decision, or one that ended
    ],
)
def test_police_data_ask_for_a_ground_and_a_decision(ground, role, provided, missing):
    one = signal(brings=DataClass.WPG, ground=ground, role=role)
    assert [f for f, _ in missing_for_submit(one, PartnerKind.POLICE, TODAY, provided)] == missing
    other = signal(ground="public_task", role=role)
    assert missing_for_submit(other, PartnerKind.SCHOOL, TODAY, provided) == []


def test_what_a_boa_saw_while_investigating_is_police_data():
    assert class_of(signal(boa_capacity="investigation")) == DataClass.WPG
    assert class_of(signal(boa_capacity="supervision")) == DataClass.BASIS
    assert class_of(signal(brings=DataClass.ZORG)) == DataClass.ZORG


def test_the_whole_table_reads_no_quotation():
    original = "Drie keer in zes weken als verdachte gehoord: diefstal, bedreiging en heling in het centrum."
    check_own_words("De politie maakt zich zorgen en vraagt mee te denken.", original)
    check_own_words("Drie keer in zes weken als verdachte.", original)  # seven words are no quotation
    for quoting in (original, "Nou: drie keer IN zes weken, als verdachte gehoord... en zo."):
        with pytest.raises(NotPossible, match="eigen woorden"):
            check_own_words(quoting, original)


def test_the_table_of_states_is_complete_and_the_check_follows_it():
    assert set(NEXT_STATES) == set(S)
    for state in S:
        for to in S:
            assert allows(check_can_move, signal(state=state), to) == (to in NEXT_STATES[state])


@pytest.mark.parametrize(
    ("state", "to", "reason"),
    [
        (S.DRAFT, S.ACCEPTED, "nog niet ingediend"),
        (S.SUBMITTED, S.SUBMITTED, "al ingediend"),
        (S.MORE_ASKED, S.MORE_ASKED, "al een vraag"),
        (S.ACCEPTED, S.REJECTED, "al geaccepteerd"),
        (S.WITHDRAWN, S.ACCEPTED, "al ingetrokken"),
    ],
)
def test_a_refusal_says_why(state, to, reason):
    with pytest.raises(NotPossible, match=reason):
        check_can_move(signal(state=state), to)


@pytest.mark.parametrize("state", S)
def test_only_a_draft_is_written_in(state):
    assert allows(check_can_write, signal(state=state)) == (state == S.DRAFT)


@pytest.mark.parametrize(
    ("name", "who", "parkstad", "exception", "missing"),
    [
        (True, True, True, "", []),
        (False, True, True, "", ["last_name"]),
        (True, False, True, "", ["birth_on"]),
        (True, True, False, "", ["exception"]),
        (True, True, False, "Zit op school in Heerlen", []),
        (False, False, False, "", ["last_name", "birth_on", "exception"]),
    ],
)
def test_missing_for_accept(name, who, parkstad, exception, missing):
    found = missing_for_accept(
        has_name=name, has_birth_or_description=who, in_parkstad=parkstad, exception=exception
    )
    assert [field for field, _ in found] == missing


def test_the_day_of_the_birthday_counts():
    assert is_young(date(2026, 11, 24), TODAY)
    assert not is_young(date(1999, 11, 24), TODAY)
