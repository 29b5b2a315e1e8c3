"""A signal at the table of the wrong youth: gone at once, back in triage, and everything touched is listed."""

import threading
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from access.models import Compartment
from accounts.models import User
from cases.models import Case, Signal, SignalState, ToldSignal, WrongYouth, WrongYouthReader
from cases.operations import triage, wrong_youths
from cases.rules.wrong_youths import LISTS, PAGES
from foundation.errors import NotAllowed, NotPossible, Stale
from foundation.scope import acting_as
from meetings.events import MeetingEvent
from tests.factories import cases as make
from tests.factories import retention as over
from tests.factories.audit import logged

TEXT = "Toonde een zakmes aan de overkant"
REASON = "De geboortedatum klopt niet bij wie dit zag"


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def at(name, *args):
    return reverse(f"cases:{name}", args=args)


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(
            by=regisseur, partners=[partners["jens"], partners["politie"]], first_name="Verkeerd", last_name="Gekozen"
        )  # fmt: skip


@pytest.fixture
def told(case, mentor, regisseur):
    with acting_as(mentor):
        signal = make.signal(by=mentor)
    with acting_as(regisseur):
        made = make.told(by=regisseur, signal=signal, case=case, text=TEXT)
        assert made.signal.pk
        return made


def unlink(told, by, key=None, reason=REASON, papers=()):
    with acting_as(by):
        fresh = (
            ToldSignal.objects.filter(pk=told.pk).select_related("case__room", "case__compartment").first()
        )
        return wrong_youths.unlink(
            told=fresh or told, reason=reason, papers=papers, key=key or uuid4(), by=by
        )


def signal_now(told, by):
    with acting_as(by):
        return Signal.objects.get(pk=told.signal_id)


# --- at once ------------------------------------------------------------------------------------
def test_it_is_gone_for_everybody_and_waits_for_triage_again(told, case, regisseur, jongerenwerker):
    assert TEXT in as_(jongerenwerker).get(at("case_detail", case.uuid)).text
    unlink(told, regisseur)
    for person in (jongerenwerker, regisseur):
        client = as_(person)
        assert TEXT not in client.get(at("case_detail", case.uuid)).text
        assert client.get(at("told_signal_detail", told.uuid)).status_code == 404
        assert TEXT not in client.get(at("told_signal_list")).text
        with acting_as(person):
            assert not ToldSignal.objects.filter(pk=told.pk).exists()  # row security itself
            assert not ToldSignal.objects.visible_to(person).exists()
    signal = signal_now(told, regisseur)
    assert (signal.state, signal.youth_id, signal.decided_by_id) == (SignalState.SUBMITTED, None, None)
    assert at("triage_detail", signal.uuid) in as_(regisseur).get(at("triage_list")).text


def test_the_first_lock_says_it_too(told, regisseur):
    with acting_as(regisseur):
        assert '"unlinked_at" IS NULL' in str(ToldSignal.objects.visible_to(regisseur).query)


def test_only_who_leads_sees_a_nameless_row(told, case, regisseur, jongerenwerker):
    wrong = unlink(told, regisseur)
    text = as_(regisseur).get(at("case_detail", case.uuid)).text
    assert "Signaal losgemaakt: verkeerde jongere" in text and at("wrong_youth_detail", wrong.uuid) in text
    assert "losgemaakt" not in as_(jongerenwerker).get(at("case_detail", case.uuid)).text


def test_it_is_accepted_to_the_right_youth_after_that(told, case, regisseur):
    unlink(told, regisseur)
    with acting_as(regisseur):
        right = make.case(by=regisseur, first_name="Goed", last_name="Gekozen")
        triage.accept(
            signal=Signal.objects.get(pk=told.signal_id), case=right, text="Goed verteld", role="involved",
            feedback="Toch", by=regisseur,
        )  # fmt: skip
        assert ToldSignal.objects.get(signal=told.signal_id).case_id == right.pk
    assert signal_now(told, regisseur).youth_id == right.youth_id


def test_what_is_kept_strictly_goes_with_its_summary(case, wijkagent, regisseur, tweede_regisseur):
    """Who leads and is not cleared for police data takes both away, and cannot read what the other said."""
    with acting_as(wijkagent):
        signal = make.signal(by=wijkagent)
    with acting_as(regisseur):
        strict = make.told(by=regisseur, signal=signal, case=case, summary="De politie kent een zorg.")
        assert ToldSignal.objects.filter(signal=signal).count() == 2
    with acting_as(tweede_regisseur):
        summary = ToldSignal.objects.get(signal=signal)
    wrong = unlink(summary, tweede_regisseur)
    assert wrong.classes == [0, 1] and "politiegegevens" in wrong.note
    with acting_as(regisseur):
        assert not ToldSignal.objects.filter(signal=signal).exists()
        assert Signal.objects.get(pk=signal.pk).state == SignalState.SUBMITTED
    assert strict.is_masked


def test_told_about_two_it_leaves_one_and_stays_accepted(told, case, regisseur):
    with acting_as(regisseur):
        other = make.case(by=regisseur, first_name="Ook", last_name="Erbij")
        signal = Signal.objects.get(pk=told.signal_id)
        triage.tell(signal=signal, case=other, text="Was erbij", role="witness", by=regisseur)
    unlink(told, regisseur)
    after = signal_now(told, regisseur)
    assert (after.state, after.youth_id) == (SignalState.ACCEPTED, other.youth_id)
    with acting_as(regisseur):
        assert ToldSignal.objects.get(signal=after).case_id == other.pk


def test_youths_no_longer_recur_together_by_it(told, case, regisseur):
    with connection.cursor() as cursor, acting_as(regisseur):
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'cases_seen_together'")
        assert "unlinked_at IS NULL" in cursor.fetchone()[0]


# --- who may ------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["jongerenwerker", "agent", "mentor", "lja_heerlen", "fg", "beheerder"])
def test_who_does_not_lead_is_refused_and_nothing_changed(who, request, told, case, regisseur):
    person = request.getfixturevalue(who)
    with acting_as(regisseur):
        fresh = ToldSignal.objects.select_related("case__room", "case__compartment").get(pk=told.pk)
    with acting_as(person), pytest.raises(NotAllowed):
        wrong_youths.unlink(told=fresh, reason=REASON, papers=[], key=uuid4(), by=person)
    with acting_as(person), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_unlink_signal(%s)", [told.pk])  # the function itself
    assert signal_now(told, regisseur).state == SignalState.ACCEPTED
    with acting_as(regisseur):
        assert ToldSignal.objects.filter(pk=told.pk).exists() and not WrongYouth.objects.exists()


def test_regie_of_another_level_does_it_there(told, case, regisseur, lja_heerlen, mentor):
    """The case is at LJA: its regie takes it away, without ever having read the signal itself."""
    with acting_as(regisseur):
        proposal = make.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        make.at_lja(change=proposal, by=lja_heerlen)
    with acting_as(mentor):
        signal = make.signal(by=mentor)
    with acting_as(regisseur):
        triage.accept(
            signal=signal, case=Case.objects.get(pk=case.pk), text="Elders", role="involved", feedback="Dank",
            by=regisseur,
        )  # fmt: skip
    with acting_as(lja_heerlen):
        there = ToldSignal.objects.get(signal=signal.pk)
        assert not Signal.objects.exists()
    wrong = unlink(there, lja_heerlen)
    with acting_as(regisseur):
        assert Signal.objects.get(pk=signal.pk).state == SignalState.SUBMITTED
        assert not WrongYouth.objects.filter(pk=wrong.pk).exists()  # the regie of that level keeps it


# --- what was touched ------------------------------------------------------------------------------
def test_who_read_it_while_it_stood_there(told, case, regisseur, jongerenwerker, agent, haltmedewerker):
    for person in (jongerenwerker, jongerenwerker, agent):
        as_(person).get(at("case_detail", case.uuid))
    as_(agent).get(at("told_signal_list"))
    as_(haltmedewerker).get(at("case_detail", case.uuid))  # refused: read nothing
    wrong = unlink(told, regisseur)
    as_(jongerenwerker).get(at("case_detail", case.uuid))  # afterwards: read nothing of it
    with acting_as(regisseur):
        read = {one.person_id: one for one in WrongYouthReader.objects.filter(wrong=wrong)}
    assert set(read) == {jongerenwerker.pk, agent.pk}
    assert (read[jongerenwerker.pk].times, read[agent.pk].times) == (2, 2)
    assert read[agent.pk].partner_id == agent.partner_id and read[agent.pk].roles == "deelnemer"
    text = as_(regisseur).get(at("wrong_youth_detail", wrong.uuid)).text
    assert str(agent) in text and str(agent.partner) in text and "Deelnemer" in text


def test_what_counts_as_reading_are_words_of_the_log():
    from cases.events import CaseEvent

    known = {event.value for event in (*CaseEvent, *MeetingEvent)}
    assert set(PAGES) | set(LISTS) <= known


def test_the_log_answers_for_that_row_only(told, case, regisseur, jongerenwerker):
    wrong = unlink(told, regisseur)
    asked = [wrong.pk, PAGES, LISTS]
    ask = "SELECT * FROM cases_wrong_youth_readers(%s, %s, %s)"
    with acting_as(jongerenwerker), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(ask, asked)


def test_papers_made_meanwhile_go_out_again(world, client_of):
    """The minutes of the world were made with this case in them, after the signal was told."""
    regisseur = client_of("regisseur")
    url = at("wrong_youth_unlink", world.case.uuid)
    with acting_as(User.objects.get(username="regisseur")):
        told = ToldSignal.objects.get(pk=world.told_signal.pk)
    sent = {"key": str(uuid4()), "told": str(told.uuid), "reason": REASON, "is_sure": "on"}
    answer = regisseur.get(regisseur.post(url, sent)["Location"])
    assert answer.text.count("opnieuw uitgeven</li>") >= 2
    assert reverse("meetings:minutes", args=[world.meeting_closed.uuid]) in answer.text
    assert "deel voor Politie" in answer.text
    assert "Opnieuw uit te geven verslagen: Verslag" in answer.text


def test_the_note_says_what_happened_and_not_to_whom(told, case, regisseur, jongerenwerker):
    as_(jongerenwerker).get(at("case_detail", case.uuid))
    wrong = unlink(told, regisseur)
    assert "Wat is er gebeurd?" in wrong.note and "1 persoon las het" in wrong.note
    assert "JENS" in wrong.note and "Klasse: basis" in wrong.note
    for name in ("Gekozen", "Verkeerd Gekozen", "Testjongere", TEXT):
        assert name not in wrong.note
    (event,) = logged("wrong_youth.unlinked")
    assert event.case_id == case.pk and event.youth_ids == [case.youth_id]


def test_the_privacy_officer_reads_it_without_the_case(told, case, regisseur, fg):
    wrong = unlink(told, regisseur)
    client = as_(fg)
    assert at("wrong_youth_detail", wrong.uuid) in client.get(at("wrong_youth_list")).text
    text = client.get(at("wrong_youth_detail", wrong.uuid)).text
    assert "Wat is er gebeurd?" in text and REASON in text
    assert "Gekozen" not in text and str(case.uuid) not in text
    assert client.get(at("case_detail", case.uuid)).status_code in (403, 404)
    assert client.get(at("wrong_youth_note", wrong.uuid)).status_code == 403
    with acting_as(fg):
        assert not Case.objects.exists() and not ToldSignal.objects.exists()
        assert Compartment.objects.count() == 1


# --- the note ----------------------------------------------------------------------------------
def test_two_who_write_the_note_keep_both_texts(told, regisseur, tweede_regisseur):
    wrong = unlink(told, regisseur)
    url = at("wrong_youth_note", wrong.uuid)
    assert as_(tweede_regisseur).post(url, {"note": "Van de ander", "version": 1}).status_code == 303
    answer = as_(regisseur).post(url, {"note": "Van mij", "version": 1})
    assert answer.status_code == 409 and "Van de ander" in answer.text and "Van mij" in answer.text
    assert as_(regisseur).post(url, {"note": "Van mij", "version": 2}).status_code == 303
    with acting_as(regisseur):
        with pytest.raises(Stale):
            wrong_youths.note(wrong=wrong, version=1, text="Oud", by=regisseur)
        with pytest.raises(NotPossible, match="lege"):
            wrong_youths.note(wrong=wrong, version=3, text=" ", by=regisseur)
        assert WrongYouth.objects.get().note == "Van mij"


# --- twice -------------------------------------------------------------------------------------
def test_twice_is_once(told, case, regisseur):
    key = uuid4()
    first = unlink(told, regisseur, key=key)
    assert unlink(told, regisseur, key=key).pk == first.pk
    with pytest.raises(NotPossible, match="al losgemaakt"):
        unlink(told, regisseur)
    sent = {"key": str(key), "told": str(told.uuid), "reason": REASON, "is_sure": "on"}
    again = as_(regisseur).post(at("wrong_youth_unlink", case.uuid), sent)
    assert again.status_code == 303 and at("wrong_youth_detail", first.uuid) in again["Location"]
    with acting_as(regisseur):
        assert WrongYouth.objects.count() == 1
    assert len(logged("wrong_youth.unlinked")) == 1


@pytest.mark.parametrize("is_same_form", [True, False])
def test_at_the_same_moment_is_once(committed_db, told, regisseur, tweede_regisseur, is_same_form):
    key, given, barrier = uuid4(), [], threading.Barrier(2)
    with acting_as(regisseur):
        fresh = ToldSignal.objects.select_related("case__room", "case__compartment").get(pk=told.pk)

    def work(person):
        barrier.wait(timeout=10)
        try:
            with acting_as(person):
                wrong_youths.unlink(
                    told=fresh, reason=REASON, papers=[], key=key if is_same_form else uuid4(), by=person
                )
            given.append("done")
        except NotPossible:
            given.append("no")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[p]) for p in (regisseur, tweede_regisseur)]
    [thread.start() for thread in threads]
    [thread.join(timeout=30) for thread in threads]
    assert sorted(given) == (["done", "done"] if is_same_form else ["done", "no"])
    with acting_as(regisseur):
        assert WrongYouth.objects.count() == 1


def test_told_elsewhere_at_the_same_moment(committed_db, told, regisseur, tweede_regisseur):
    """Nobody waits for ever, and the signal is either accepted for the other or waits with nothing told."""
    with acting_as(regisseur):
        other = make.case(by=regisseur, first_name="Ook", last_name="Erbij")
        signal = Signal.objects.get(pk=told.signal_id)
        fresh = ToldSignal.objects.select_related("case__room", "case__compartment").get(pk=told.pk)
    barrier, problems = threading.Barrier(2), []

    def run(person, work):
        barrier.wait(timeout=10)
        try:
            with acting_as(person):
                work(person)
        except NotPossible:
            pass
        except Exception as problem:  # told to the test below
            problems.append(problem)
        finally:
            connections.close_all()

    def take_away(by):
        wrong_youths.unlink(told=fresh, reason=REASON, papers=[], key=uuid4(), by=by)

    def tell(by):
        triage.tell(signal=signal, case=other, text="Was erbij", role="witness", by=by)

    works = [(regisseur, take_away), (tweede_regisseur, tell)]
    threads = [threading.Thread(target=run, args=work) for work in works]
    [thread.start() for thread in threads]
    [thread.join(timeout=30) for thread in threads]
    assert problems == []
    after = signal_now(told, regisseur)
    with acting_as(regisseur):
        is_told = ToldSignal.objects.filter(signal=signal).exists()
    assert (after.state == SignalState.ACCEPTED) == is_told


# --- the form ----------------------------------------------------------------------------------
def test_the_form_asks_which_and_why_and_keeps_the_text(told, case, regisseur):
    client, url = as_(regisseur), at("wrong_youth_unlink", case.uuid)
    assert url in client.get(at("case_detail", case.uuid)).text
    assert TEXT in client.get(url).text
    answer = client.post(url, {"key": str(uuid4()), "told": str(told.uuid), "reason": REASON})
    assert answer.status_code == 400 and REASON in answer.text
    with acting_as(regisseur):
        assert ToldSignal.objects.filter(pk=told.pk).exists()


# --- not kept longer ------------------------------------------------------------------------------
def test_when_the_wrong_case_goes_the_signal_stays(committed_db, told, case, regisseur):
    unlink(told, regisseur)
    over.close_long_ago(case, months=72, by=regisseur)
    (proposal,) = over.propose()
    over.approve(proposal)
    certificate = over.destroy(proposal)
    assert certificate.left_over == 0 and certificate.counts["cases_wrongyouth"] == 1
    with acting_as(regisseur):
        assert Signal.objects.get(pk=told.signal_id).observed
        assert not WrongYouth.objects.exists()


def test_when_the_right_case_goes_nothing_of_the_signal_is_left(committed_db, told, case, regisseur):
    unlink(told, regisseur)
    with acting_as(regisseur):
        right = make.case(by=regisseur, first_name="Goed", last_name="Gekozen")
        triage.accept(
            signal=Signal.objects.get(pk=told.signal_id), case=right, text="Goed", role="involved",
            feedback="Toch", by=regisseur,
        )  # fmt: skip
    over.close_long_ago(right, months=72, by=regisseur)
    (proposal,) = over.propose()
    over.approve(proposal)
    certificate = over.destroy(proposal)
    assert certificate.counts["cases_toldsignal"] == 2 and certificate.left_over == 0
    with acting_as(regisseur):
        assert not Signal.objects.filter(pk=told.signal_id).exists()
        assert WrongYouth.objects.count() == 1  # what was touched stays known with the wrong case
