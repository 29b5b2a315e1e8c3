"""Signals from draft to table: what works, what is refused, and what happens twice or at once."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from access.models import Compartment, Participation
from accounts import keys
from accounts.models import Municipality, User
from accounts.roles import Level
from cases.models import Case, Signal, SignalNote, SignalState, ToldSignal, Youth
from cases.operations import levels, signals, triage
from foundation.errors import NotAllowed, NotPossible, Stale
from foundation.scope import acting_as
from tests import cast
from tests.access.test_races import at_the_same_time
from tests.factories import cases as make

FEEDBACK = "Wij nemen uw signaal mee."


def sent(by, **changes):
    with acting_as(by):
        return make.signal(by=by, **changes)


def new_youth(**changes):
    heerlen = Municipality.objects.get(name="Heerlen")
    return {
        "first_name": "Testjongere", "prefix": "", "last_name": "Voorbeeld", "birth_on": None,
        "description": "ongeveer 14", "municipality": heerlen, "school": "",
    } | changes  # fmt: skip


def accept(signal, by, **changes):
    with acting_as(by):
        how = {
            "text": "Zakmes",
            "role": "involved",
            "feedback": FEEDBACK,
            "need": "School kan dit niet alleen",
        }
        if not {"case", "youth"} & changes.keys():
            how["new_youth"] = new_youth()
        return triage.accept(signal=signal, by=by, **how | changes)


def now(signal, by):
    with acting_as(by):
        return Signal.objects.get(pk=signal.pk)


# --- the sender ---------------------------------------------------------------------------------
def test_a_draft_is_begun_once_and_an_empty_one_is_used_again(mentor):
    key = uuid4()
    with acting_as(mentor):
        first = signals.start(key=key, by=mentor)
        assert signals.start(key=key, by=mentor) == first
        assert signals.start(key=uuid4(), by=mentor) == first
        signals.save(signal=first, version=1, content=make.signal_content(), by=mentor)
        assert signals.start(key=uuid4(), by=mentor) != first


def test_saving_keeps_an_incomplete_draft_and_refuses_a_stale_one(mentor):
    with acting_as(mentor):
        draft = signals.start(key=uuid4(), by=mentor)
        one = signals.save(signal=draft, version=1, content=make.signal_content(purpose=""), by=mentor)
        assert (one.version, one.purpose) == (2, "")
        with pytest.raises(Stale) as stale:
            signals.save(signal=draft, version=1, content=make.signal_content(observed="Anders"), by=mentor)
        assert stale.value.current.observed == make.SIGNAL["observed"]
        same = signals.save(signal=draft, version=1, content=make.signal_content(purpose=""), by=mentor)
        assert same.version == 2


def test_submitting_hands_it_to_regie_of_the_municipality_once(mentor, regisseur):
    signal = sent(mentor)
    with acting_as(mentor):
        again = signals.submit(signal=signal, by=mentor)
    assert again.submitted_at == signal.submitted_at
    with acting_as(regisseur):
        room = Compartment.objects.get(pk=signal.compartment_id)
        assert room.municipality.name == "Heerlen"
        assert set(room.readers) == {
            keys.regie_key(room.municipality_id, Level.JPP),
            keys.person_key(mentor.pk),
        }


def test_an_incomplete_signal_is_not_sent(mentor):
    signal = sent(mentor, submit=False, observed="")
    with acting_as(mentor), pytest.raises(NotPossible, match="gezien of gehoord"):
        signals.submit(signal=signal, by=mentor)
    assert now(signal, mentor).state == SignalState.DRAFT


def test_only_the_sender_touches_it(mentor, regisseur):
    signal = sent(mentor, submit=False)
    with acting_as(regisseur):
        for change in (
            lambda: signals.submit(signal=signal, by=regisseur),
            lambda: signals.withdraw(signal=signal, by=regisseur),
            lambda: signals.save(signal=signal, version=2, content=make.signal_content(), by=regisseur),
            lambda: triage.ask_more(signal=signal, question="Wie?", by=regisseur),
        ):
            # A draft is nobody else's: regie does not even find it.
            with pytest.raises((NotAllowed, Signal.DoesNotExist)):
                change()


def test_a_colleague_does_not_find_it(wijkagent, agent):
    signal = sent(wijkagent)
    with acting_as(agent):
        assert not Signal.objects.visible_to(agent).exists()
        with pytest.raises(Signal.DoesNotExist):
            signals.withdraw(signal=signal, by=agent)


def test_what_was_sent_stays_as_it_was_sent(mentor):
    signal = sent(mentor)
    with acting_as(mentor), pytest.raises(NotPossible, match="al ingediend"):
        signals.save(signal=signal, version=2, content=make.signal_content(observed="Toch niet"), by=mentor)


def test_withdrawing_twice_is_once_and_not_after_a_decision(mentor, regisseur):
    signal = sent(mentor)
    with acting_as(mentor):
        signals.withdraw(signal=signal, by=mentor)
        signals.withdraw(signal=signal, by=mentor)
    with acting_as(regisseur), pytest.raises(NotPossible, match="ingetrokken"):
        triage.reject(signal=signal, reason="own_chain", feedback="Nee", by=regisseur)
    other = sent(mentor)
    accept(other, regisseur)
    with acting_as(mentor), pytest.raises(NotPossible, match="al geaccepteerd"):
        signals.withdraw(signal=other, by=mentor)


# --- regie --------------------------------------------------------------------------------------
def test_question_and_answer_go_to_and_fro(mentor, regisseur):
    signal = sent(mentor)
    with acting_as(regisseur):
        triage.ask_more(signal=signal, question="Wie was erbij?", by=regisseur)
        triage.ask_more(signal=signal, question="Wie was erbij?", by=regisseur)
        with pytest.raises(NotPossible, match="al een vraag"):
            triage.ask_more(signal=signal, question="Nog iets", by=regisseur)
    assert now(signal, mentor).has_news
    with acting_as(mentor):
        signals.see_news(signal=signal, by=mentor)
        signals.answer(signal=signal, text="Twee anderen.", by=mentor)
        signals.answer(signal=signal, text="Twee anderen.", by=mentor)
    after = now(signal, regisseur)
    assert (after.state, after.has_news) == (SignalState.SUBMITTED, False)
    with acting_as(regisseur):
        assert [note.kind for note in SignalNote.objects.filter(signal=signal)] == ["question", "answer"]
    with acting_as(mentor), pytest.raises(NotPossible, match="geen vraag"):
        signals.answer(signal=signal, text="Nog iets.", by=mentor)


@pytest.mark.parametrize("state", ["referred", "rejected"])
def test_a_no_comes_with_a_sentence_and_happens_once(mentor, regisseur, tweede_regisseur, state):
    signal = sent(mentor)

    def decide(by, feedback="Dank voor het melden."):
        with acting_as(by):
            if state == "referred":
                return triage.refer(signal=signal, to="Veilig Thuis", feedback=feedback, by=by)
            return triage.reject(signal=signal, reason="own_chain", feedback=feedback, by=by)

    with pytest.raises(NotPossible, match="zin"):
        decide(regisseur, feedback=" ")
    decide(regisseur)
    decide(regisseur)
    with pytest.raises(NotPossible, match="Dit signaal is al"):
        decide(tweede_regisseur)
    with acting_as(mentor):
        note = SignalNote.objects.get(signal=signal)
        assert note.text.endswith("Dank voor het melden.")
    assert (now(signal, mentor).state, now(signal, mentor).has_news) == (state, True)


def test_accepting_makes_youth_case_and_telling(mentor, regisseur, agent):
    signal = sent(mentor)
    case = accept(signal, regisseur)
    assert accept(signal, regisseur) == case
    with acting_as(regisseur):
        told = ToldSignal.objects.get()
        assert (told.case, told.compartment_id, told.source) == (case, case.room_id, mentor.partner)
        assert (Youth.objects.count(), Case.objects.count()) == (1, 1)
        assert not Participation.objects.exists()
    after = now(signal, mentor)
    assert (after.state, after.youth_id, after.has_news) == (SignalState.ACCEPTED, case.youth_id, True)
    with acting_as(agent):
        assert not ToldSignal.objects.visible_to(agent).exists()


def test_accepting_onto_a_youth_uses_the_open_case_or_opens_one(wijkagent, regisseur, agent):
    with acting_as(regisseur):
        youth = make.youth(by=regisseur)
    first = accept(sent(wijkagent), regisseur, youth=youth, takes_part=True)
    second = accept(sent(wijkagent), regisseur, youth=youth, takes_part=True)
    assert first == second
    with acting_as(agent):
        assert ToldSignal.objects.visible_to(agent).count() == 2
        assert not Signal.objects.visible_to(agent).exists()


def test_the_organisation_of_a_melder_without_a_seat_cannot_take_part(mentor, regisseur):
    signal = sent(mentor)
    with pytest.raises(NotPossible, match="geen deelnemers"):
        accept(signal, regisseur, takes_part=True)
    with acting_as(regisseur):
        assert not Youth.objects.exists()


def test_a_signal_reaches_a_case_at_another_level(mentor, regisseur, lja_heerlen):
    case = accept(sent(mentor), regisseur)
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        levels.accept(change=change, answer="Wij nemen het over", by=lja_heerlen)
    accept(sent(mentor, observed="Weer een mes"), regisseur, youth=case.youth, text="Weer een mes")
    with acting_as(regisseur):
        assert ToldSignal.objects.visible_to(regisseur).count() == 1
    with acting_as(lja_heerlen):
        assert ToldSignal.objects.visible_to(lja_heerlen).get().text == "Weer een mes"


def test_telling_elsewhere_is_for_who_reads_both(mentor, regisseur, agent):
    signal = sent(mentor)
    case = accept(signal, regisseur)
    told = [uuid4(), case.pk, case.room_id, signal.pk, "x", "involved", "", "", agent.pk]
    with pytest.raises(DatabaseError, match="cannot be read"), acting_as(agent):
        connection.cursor().execute("SELECT cases_tell_elsewhere(%s, %s, %s, %s, %s, %s, %s, %s, %s)", told)


def test_telling_again_is_for_another_youth(mentor, regisseur):
    signal = sent(mentor)
    with acting_as(regisseur), pytest.raises(NotPossible, match="nog niet geaccepteerd"):
        triage.tell(signal=signal, text="Was erbij", role="witness", new_youth=new_youth(), by=regisseur)
    case = accept(signal, regisseur)
    key = uuid4()
    with acting_as(regisseur):
        brother = new_youth(first_name="Broertje")
        again = triage.tell(
            signal=signal, text="Was erbij", role="witness", new_youth=brother, key=key, by=regisseur
        )
        same = triage.tell(
            signal=signal, text="Was erbij", role="witness", new_youth=brother, key=key, by=regisseur
        )
        assert again == same != case
        with pytest.raises(NotPossible, match="al ingebracht"):
            triage.tell(signal=signal, text="Nog eens", role="witness", case=case, by=regisseur)


@pytest.mark.parametrize("who", ["mentor", "agent", "lja_heerlen", "manager", "beheerder"])
def test_nobody_else_judges(request, mentor, regisseur, who):
    signal, other = sent(mentor), request.getfixturevalue(who)
    with acting_as(other), pytest.raises((NotAllowed, Signal.DoesNotExist)):
        triage.reject(signal=signal, reason="own_chain", feedback="Nee", by=other)
    assert now(signal, regisseur).state == SignalState.SUBMITTED


# --- at the same moment -------------------------------------------------------------------------
def test_two_regisseurs_at_once_decide_once(committed_db):
    people = {name: User.objects.get(username=name) for name in ("mentor", "regisseur", "tweede_regisseur")}
    signal, refused = sent(people["mentor"]), []

    def accept_as(by):
        try:
            accept(signal, by)
        except NotPossible as no:
            refused.append(no.reason)

    at_the_same_time(
        lambda: accept_as(people["regisseur"]),
        lambda: accept_as(people["tweede_regisseur"]),
        lambda: accept_as(people["regisseur"]),
    )
    assert refused and all("al geaccepteerd" in reason for reason in refused)
    with acting_as(people["regisseur"]):
        assert (Youth.objects.count(), Case.objects.count(), ToldSignal.objects.count()) == (1, 1, 1)


def test_two_signals_about_one_youth_at_once_open_one_case(committed_db):
    mentor, regisseur = (User.objects.get(username=name) for name in ("mentor", "regisseur"))
    police = cast.partners()["politie"]
    one, two = sent(mentor), sent(mentor)
    with acting_as(regisseur):
        youth = make.youth(by=regisseur)
    at_the_same_time(*[lambda s=s: accept(s, regisseur, youth=youth) for s in (one, two)])
    with acting_as(regisseur):
        assert Case.objects.filter(youth=youth).count() == 1
        assert ToldSignal.objects.count() == 2
        assert not Participation.objects.filter(partner=police).exists()


def test_starting_the_same_draft_at_once_is_starting_one(committed_db):
    mentor, key = User.objects.get(username="mentor"), uuid4()

    def start():
        with acting_as(mentor):
            signals.start(key=key, by=mentor)

    at_the_same_time(start, start)
    with acting_as(mentor):
        assert Signal.objects.count() == 1
