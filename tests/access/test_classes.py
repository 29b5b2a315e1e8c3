"""Stricter data: in rooms of their own, for who is cleared, police data only to who is named in a decision."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from access import operations
from access.models import Compartment, Ground, Participation, PoliceDecision
from accounts.models import Clearance, User
from accounts.operations import clearances
from accounts.roles import DataClass
from cases.models import Signal, ToldSignal
from cases.operations import levels, signals
from foundation.errors import NotPossible
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories.audit import logged

POLICE_WORDS = "Is als verdachte gehoord voor een steekpartij bij het station vorige week."
OWN_WORDS = "De politie maakt zich zorgen."


@pytest.fixture
def told(wijkagent, regisseur, partners):
    """A police signal told in a case where police, JENS and HALT sit."""
    with acting_as(wijkagent):
        signal = make.signal(by=wijkagent, observed=POLICE_WORDS)
    with acting_as(regisseur):
        seats = [partners["politie"], partners["jens"], partners["halt"]]
        case = make.case(by=regisseur, partners=seats)
        return make.told(by=regisseur, signal=signal, case=case, text=POLICE_WORDS, summary=OWN_WORDS)


def texts_of(person):
    with acting_as(person):
        return set(ToldSignal.objects.visible_to(person).values_list("text", flat=True))


def strict_room(told, by):
    with acting_as(by):
        return Compartment.objects.visible_to(by).get(pk=told.compartment_id)


def let_in(told, partner, by):
    with acting_as(by):
        return operations.add_participation(
            compartment=Compartment.objects.get(pk=told.compartment_id), partner=partner,
            ground=Ground.CASE_NEED, reason="Nodig", by=by,
        )  # fmt: skip


# --- who reads ------------------------------------------------------------------------------------
def test_police_words_are_for_the_cleared_and_the_summary_for_the_table(
    told, regisseur, tweede_regisseur, agent, jongerenwerker, haltmedewerker, wijkagent
):
    assert texts_of(regisseur) == {POLICE_WORDS, OWN_WORDS}
    assert texts_of(tweede_regisseur) == {OWN_WORDS}  # regie, not cleared
    assert texts_of(jongerenwerker) == texts_of(haltmedewerker) == texts_of(agent) == {OWN_WORDS}
    assert texts_of(wijkagent) == set()  # a melder sits at no table


def test_a_seat_among_police_data_reads_only_while_cleared(told, regisseur, agent, beheerder, partners):
    let_in(told, partners["politie"], regisseur)
    assert POLICE_WORDS in texts_of(agent)
    clearances.end(clearance=Clearance.objects.get(user=agent), by=beheerder)
    assert texts_of(User.objects.get(pk=agent.pk)) == {OWN_WORDS}


def test_a_clearance_that_is_over_opens_nothing(told, regisseur, agent, partners):
    let_in(told, partners["politie"], regisseur)
    Clearance.objects.filter(user=agent).update(until=timezone.now() - timedelta(seconds=1))
    assert texts_of(User.objects.get(pk=agent.pk)) == {OWN_WORDS}


def test_police_data_go_only_to_recipients_of_a_valid_decision(told, regisseur, partners):
    with pytest.raises(NotPossible, match="artikel 20"):
        let_in(told, partners["jens"], regisseur)
    let_in(told, partners["halt"], regisseur)
    PoliceDecision.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotPossible, match="artikel 20"):
        let_in(told, partners["gemeente"], regisseur)


def test_the_signal_itself_is_for_regie_that_is_cleared(told, regisseur, tweede_regisseur, wijkagent):
    for person, sees in ((regisseur, 1), (tweede_regisseur, 0), (wijkagent, 1)):
        with acting_as(person):
            assert Signal.objects.visible_to(person).count() == sees, person


def test_access_by_name_asks_for_the_clearance_too(told, regisseur, jongerenwerker, agent):
    room = strict_room(told, regisseur)
    for person, is_given in ((jongerenwerker, False), (agent, True)):
        with acting_as(regisseur):
            give = {"until": timezone.now() + timedelta(days=1), "ground": Ground.SAFETY, "reason": "Nodig"}
            if is_given:
                operations.grant(compartment=room, user=person, by=regisseur, **give)
            else:
                with pytest.raises(NotPossible, match="bevoegdheid"):
                    operations.grant(compartment=room, user=person, by=regisseur, **give)


# --- what cannot be -------------------------------------------------------------------------------
def test_a_class_is_never_lowered_and_a_room_stays_at_its_level(told, regisseur):
    for change in ("data_class = 0", "level = 2"):
        with pytest.raises(DatabaseError, match="never lowered|stays at its level"), acting_as(regisseur):
            connection.cursor().execute(
                f"UPDATE access_compartment SET {change} WHERE id = %s", [told.compartment_id]
            )


def test_a_row_cannot_say_another_class_than_its_room(told, regisseur):
    with acting_as(regisseur):
        ToldSignal.objects.filter(pk=told.pk).update(data_class=DataClass.BASIS)
        assert ToldSignal.objects.get(pk=told.pk).data_class == DataClass.WPG


def test_a_summary_that_quotes_is_refused_and_nothing_is_told(wijkagent, regisseur, partners):
    with acting_as(wijkagent):
        signal = make.signal(by=wijkagent, observed=POLICE_WORDS)
    with acting_as(regisseur):
        case = make.case(by=regisseur)
        with pytest.raises(NotPossible, match="eigen woorden"):
            make.told(by=regisseur, signal=signal, case=case, text="Anders", summary=POLICE_WORDS)
        assert not ToldSignal.objects.exists()


def test_without_a_decision_the_police_sends_in_nothing_and_keeps_its_draft(wijkagent):
    PoliceDecision.objects.update(ended_at=timezone.now(), ended_by=wijkagent)
    with acting_as(wijkagent):
        with pytest.raises(NotPossible, match="geen geldig besluit"):
            make.signal(by=wijkagent)
        draft = make.signal(by=wijkagent, submit=False)
        assert draft.observed
        with pytest.raises(NotPossible):
            signals.submit(signal=draft, by=wijkagent)


# --- leaving, moving ------------------------------------------------------------------------------
def test_leaving_the_case_closes_the_stricter_room_too(told, regisseur, partners):
    let_in(told, partners["politie"], regisseur)
    with acting_as(regisseur):
        seat = Participation.objects.get(compartment=told.case.room_id, partner=partners["politie"])
        operations.end_participation(participation=seat, by=regisseur)
        assert not Participation.objects.active().filter(partner=partners["politie"]).exists()


def test_partners_do_not_move_along_and_are_confirmed_anew(told, regisseur, lja_heerlen, coach_lja, partners):
    let_in(told, partners["politie"], regisseur)
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=told.case)
        assert set(change.partner_ids) == {partners[one].pk for one in ("politie", "jens", "halt")}
    with acting_as(lja_heerlen):
        case = levels.accept(change=change, answer="Ja", partners=[partners["jens"]], by=lja_heerlen)
        seats = Participation.objects.visible_to(lja_heerlen).active().filter(compartment__level=case.level)
        assert [seat.partner for seat in seats] == [partners["jens"]]
        assert texts_of_in_scope(lja_heerlen) == set()
    assert texts_of(coach_lja) == set()


def texts_of_in_scope(person):
    return set(ToldSignal.objects.visible_to(person).values_list("text", flat=True))


# --- on screen ------------------------------------------------------------------------------------
def test_what_is_kept_strictly_is_masked_until_it_is_asked_for(told, regisseur):
    client = Client()
    client.force_login(regisseur)
    for page in (
        reverse("cases:case_detail", args=[told.case.uuid]),
        reverse("cases:told_signal_list"),
    ):
        text = client.get(page).text
        assert "steekpartij" not in text and OWN_WORDS in text and "Toon" in text
    assert not logged("told_signal.shown")
    shown = client.get(reverse("cases:told_signal_detail", args=[told.uuid]), headers={"HX-Request": "true"})
    assert POLICE_WORDS in shown.text and "<html" not in shown.text
    [row] = logged("told_signal.shown")
    assert (row.data_classes, row.ground, row.youth_ids) == ([DataClass.WPG], "regie", [told.case.youth_id])
