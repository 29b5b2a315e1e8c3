"""Terms are data: shown on the case, changed by the beheerder with a preview, prolonged by regie with a reason."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.robots import Robot, robot
from accounts.roles import Level
from audit.models import Event
from cases.models import Case, LevelRegime
from cases.operations import levels
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from retention import operations
from retention.models import Extension, RetentionTerm, TermCode
from retention.queries import clock_of, touched_by
from tests.factories import cases as case_factory
from tests.factories import retention as factory

WHY = "De klacht bij de ombudsman loopt nog"


def test_every_kind_of_term_is_there_and_none_is_verified(db):
    terms = RetentionTerm.objects.all()
    assert {term.code for term in terms} == set(TermCode)
    assert all(term.verified_on is None and "niet geverifieerd" in term.source for term in terms)


def change(by, code="case_jpp", months=12, **more):
    term = RetentionTerm.objects.get(code=code)
    about = {"regime": term.regime, "source": "Besluit 12", "verified_on": timezone.localdate()} | more
    with acting_as(by):
        return operations.terms.change(term=term, months=months, by=by, **about)


def test_a_change_says_who_when_and_what_it_was(beheerder, fg):
    term = change(beheerder)
    assert (term.months, term.set_by) == (12, beheerder)
    with acting_as(fg):
        event = Event.objects.get(kind="retention_term.changed")
        assert (event.details["old"], event.details["new"], event.details["term_code"]) == (
            24,
            12,
            "case_jpp",
        )


@pytest.mark.parametrize("who", ["regisseur", "fg", "agent", "manager"])
def test_others_change_no_term(who, request):
    with pytest.raises(NotAllowed):
        change(request.getfixturevalue(who))
    assert RetentionTerm.objects.get(code="case_jpp").months == 24


def test_a_preview_counts_and_saves_nothing(old_case, beheerder, client_of):
    factory.close_long_ago(old_case, months=30, by=User.objects.get(username="regisseur"))
    term = RetentionTerm.objects.get(code="case_jpp")
    with acting_as(beheerder):
        now, later = touched_by(term, 24), touched_by(term, 60)
    assert (now.running, now.over_now, now.over_then) == (1, 1, 1)
    assert (later.over_now, later.over_then) == (1, 0)
    url = reverse("retention:term_change", args=[term.uuid])
    sent = {"months": 60, "regime": "Convenant", "source": "Besluit", "verified_on": "", "vooraf": "1"}
    answer = client_of("beheerder").post(url, sent)
    assert "Er is nog niets opgeslagen" in answer.content.decode()
    assert RetentionTerm.objects.get(code="case_jpp").months == 24
    del sent["vooraf"]
    assert client_of("beheerder").post(url, sent).status_code == 303
    assert RetentionTerm.objects.get(code="case_jpp").months == 60
    assert factory.propose() == []


def test_a_shorter_term_keeps_what_was_typed_when_it_is_wrong(db, client_of):
    url = reverse("retention:term_change", args=[RetentionTerm.objects.get(code="case_jpp").uuid])
    answer = client_of("beheerder").post(url, {"months": 0, "regime": "Mijn grond", "source": "Mijn bron"})
    assert answer.status_code == 400
    assert "Mijn grond" in answer.content.decode()


# --- the clock ------------------------------------------------------------------------------------
def clocks():
    """What the database works out, as it sees everything."""
    with connections["bulk"].cursor() as cursor:
        cursor.execute(
            "SELECT number, code, retention_over_on(from_on, months, until_on) FROM retention_clocks() WHERE kind = 'case'"
        )
        return {number: (code, due_on) for number, code, due_on in cursor.fetchall()}


def test_the_page_and_the_database_say_the_same_day(old_case, regisseur):
    with acting_as(regisseur):
        clock = clock_of(Case.objects.get(pk=old_case.pk), regisseur)
    assert clocks() == {old_case.pk: (clock.term.code, clock.due_on)} != {}


def test_a_case_that_was_at_lja_is_kept_as_one_of_lja(old_case, regisseur, lja_heerlen, partners):
    with acting_as(regisseur):
        case = case_factory.case(by=regisseur, partners=[partners["jens"]], first_name="Specht")
        proposal = case_factory.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        levels.accept(change=proposal, answer="Wij nemen het over", by=lja_heerlen)
    factory.close_long_ago(case, months=30, by=regisseur)
    with acting_as(lja_heerlen):
        clock = clock_of(Case.objects.get(pk=case.pk), lja_heerlen)
    assert clock.term.code == "case_lja"
    assert clocks()[case.pk] == ("case_lja", clock.due_on)
    assert case.pk not in {p.object_number for p in factory.propose()}


def extend(case, by, days, key=None, reason=WHY):
    until_on = timezone.localdate() + timedelta(days=days)
    with acting_as(by):
        return operations.terms.extend(case=case, until_on=until_on, reason=reason, key=key or uuid4(), by=by)


def test_a_case_that_is_kept_longer_goes_off_the_list(old_case, regisseur):
    (proposal,) = factory.propose()
    key = uuid4()
    assert extend(old_case, regisseur, 90, key).pk == extend(old_case, regisseur, 90, key).pk
    assert factory.propose() == []
    with acting_as(regisseur):
        proposal.refresh_from_db()
        clock = clock_of(Case.objects.get(pk=old_case.pk), regisseur)
    assert proposal.lapsed_at
    assert clock.due_on == timezone.localdate() + timedelta(days=90)
    assert clocks()[old_case.pk][1] == clock.due_on


@pytest.mark.parametrize("who", ["jongerenwerker", "lja_heerlen", "fg", "beheerder"])
def test_others_do_not_prolong(who, old_case, request):
    person = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        extend(old_case, person, 90)
    with acting_as(User.objects.get(username="regisseur")):
        assert not Extension.objects.exists()


def test_an_open_case_has_no_term_to_prolong(committed_db, regisseur):
    with acting_as(regisseur):
        case = case_factory.case(by=regisseur)
        clock = clock_of(case, regisseur)
    assert (clock.due_on, clock.term.months) == (None, 24)
    with pytest.raises(NotPossible):
        extend(case, regisseur, 90)


# --- the pages ------------------------------------------------------------------------------------
def test_the_case_says_when_and_why(old_case, client_of):
    client = client_of("regisseur")
    page = client.get(reverse("cases:case_detail", args=[old_case.uuid])).content.decode()
    url = reverse("retention:case_clock", args=[old_case.uuid])
    assert url in page
    part = client.get(url, HTTP_HX_REQUEST="true").content.decode()
    assert "Wordt vernietigd op" in part and "24 maanden na het sluiten van het dossier" in part
    assert "<html" not in part


def test_a_reason_that_is_too_short_is_kept_on_the_page(old_case, client_of):
    url = reverse("retention:case_extend", args=[old_case.uuid])
    sent = {"key": uuid4(), "kept_until": "2020-01-01", "reason": "Omdat dat beter is voor iedereen"}
    answer = client_of("regisseur").post(url, sent)
    assert answer.status_code == 409
    assert "Omdat dat beter is" in answer.content.decode()
    sent |= {"kept_until": timezone.localdate() + timedelta(days=60)}
    assert client_of("regisseur").post(url, sent).status_code == 303
    shown = (
        client_of("jongerenwerker")
        .get(reverse("retention:case_clock", args=[old_case.uuid]))
        .content.decode()
    )
    assert "Omdat dat beter is" in shown


def test_the_robot_reads_no_case(old_case):
    clock = robot(Robot.RETENTION)
    with acting_as(clock):
        assert not Case.objects.exists()


def test_approving_on_the_page(old_case, client_of):
    (proposal,) = factory.propose()
    url = reverse("retention:proposal_detail", args=[proposal.uuid])
    approve = reverse("retention:proposal_approve", args=[proposal.uuid])
    assert "Keur goed" in client_of("fg").get(url).content.decode()
    assert client_of("fg").post(approve).status_code == 303
    page = client_of("fg").get(url).content.decode()
    assert "Keur goed" not in page and "Fg Test" in page and "Oudegeest" not in page
    assert client_of("fg").post(approve).status_code == 409
    assert client_of("regisseur").post(approve).status_code == 303
    factory.work()
    page = client_of("fg").get(url).content.decode()
    assert "De controle vond niets meer" in page
    listed = client_of("regisseur").get(reverse("retention:certificate_list")).content.decode()
    assert f"Dossier {old_case.pk}" in listed
    assert "1 vernietiging goed te keuren" not in client_of("fg").get("/").content.decode()


def test_holding_back_on_the_page_keeps_what_was_typed(old_case, client_of):
    (proposal,) = factory.propose()
    url = reverse("retention:proposal_detail", args=[proposal.uuid])
    wrong = client_of("fg").post(url, {"explanation": "Mijn toelichting", "ground": "other"})
    assert wrong.status_code == 400 and "Mijn toelichting" in wrong.content.decode()
    day = timezone.localdate() + timedelta(days=30)
    sent = {"explanation": "De ouders maakten bezwaar", "ground": "objection", "postponed_until": day}
    assert client_of("fg").post(url, sent).status_code == 303
    assert client_of("fg").post(url, sent).status_code == 409
    past = client_of("fg").get(reverse("retention:proposal_list") + "?geweest=1").content.decode()
    assert "tegengehouden" in past


def test_the_regime_of_a_level_says_the_same_as_the_term(beheerder):
    """One place decides; what the words of a level change say follows it."""
    wanted = {Level.JPP: 24, Level.LJA: 60, Level.PGA: 60}
    assert dict(LevelRegime.objects.values_list("level", "retention_months")) == wanted
    change(beheerder, code="case_lja", months=36)
    assert dict(LevelRegime.objects.values_list("level", "retention_months")) == wanted | {Level.LJA: 36}
