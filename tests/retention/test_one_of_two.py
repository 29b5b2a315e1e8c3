"""A case goes and the youth stays, because there is another; what is of both stays as long as one of them needs it."""

from uuid import uuid4

import pytest
from django.db import connections

from cases.models import Action, Case, Signal, ToldSignal, Youth
from cases.operations import triage, wrong_youths
from foundation.scope import acting_as
from tests.factories import cases as case_factory
from tests.factories import retention as factory


@pytest.fixture
def two(old_case, regisseur, mentor, partners):
    """An old case with an action and a told signal, and an open one of the same youth."""
    with acting_as(mentor):
        signal = case_factory.signal(by=mentor, first_name="Mus", last_name="Oudegeest")
    with acting_as(regisseur):
        youth = Youth.objects.get(pk=old_case.youth_id)
        new = case_factory.case(by=regisseur, youth=youth, partners=[partners["jens"]])
        case_factory.told(by=regisseur, signal=signal, case=new)
        case_factory.action(by=regisseur, case=new, partner=partners["jens"], text="Nieuwe actie")
    return old_case, new, signal


def go(case):
    proposal = next(p for p in factory.propose() if p.kind == "case" and p.object_number == case.pk)
    factory.approve(proposal)
    return proposal, factory.destroy(proposal)


def test_only_the_old_case_goes(two, regisseur, jongerenwerker):
    old, new, _ = two
    proposal, certificate = go(old)
    assert not proposal.takes_youth
    assert "cases_youth" not in certificate.counts and certificate.counts["cases_case"] == 1
    with acting_as(regisseur):
        assert [c.pk for c in Case.objects.all()] == [new.pk]
        assert Youth.objects.filter(pk=old.youth_id).exists()
        assert [a.text for a in Action.objects.all()] == ["Nieuwe actie"]
        assert ToldSignal.objects.count() == 1
    with acting_as(jongerenwerker):  # still reads the new one, and so the name
        assert Case.objects.visible_to(jongerenwerker).get().youth.last_name == "Oudegeest"


def test_readers_are_as_they_should_be_afterwards(two):
    go(two[0])
    with connections["bulk"].cursor() as cursor:
        cursor.execute("SELECT access_recompute_all()")
        assert cursor.fetchone() == (0,)


def test_a_signal_told_about_two_youths_is_emptied_and_not_lost_for_the_other(old_case, regisseur, mentor):
    with acting_as(mentor):
        signal = case_factory.signal(
            by=mentor, first_name="Mus", last_name="Oudegeest", observed="Oudegeest had een mes."
        )
    with connections["bulk"].cursor() as cursor:
        cursor.execute(
            "UPDATE cases_case SET closed_at = NULL, closed_by_id = NULL WHERE id = %s", [old_case.pk]
        )
    with acting_as(regisseur):
        other = case_factory.case(by=regisseur, first_name="Specht", last_name="Anders")
        case_factory.told(by=regisseur, signal=signal, case=old_case)
        triage.tell(
            signal=signal, case=other, text="Specht keek toe.", role="witness", need="Samen", by=regisseur
        )
    factory.close_long_ago(old_case, months=72, by=regisseur)
    _, certificate = go(old_case)
    assert certificate.emptied["cases_signal"] == 1
    with acting_as(regisseur):
        left = Signal.objects.get(pk=signal.pk)
        assert (left.youth_id, left.last_name, left.observed, left.birth_on) == (other.youth_id, "", "", None)
        assert [t.text for t in ToldSignal.objects.all()] == ["Specht keek toe."]


def test_a_correction_goes_with_the_signal_also_where_it_was_told_elsewhere(
    old_case, regisseur, mentor, partners
):
    """Told to another youth as well, and taken away there: the signal goes with the old case, and all corrections of it."""
    with acting_as(mentor):
        signal = case_factory.signal(by=mentor, first_name="Mus", last_name="Oudegeest")
    with connections["bulk"].cursor() as cursor:
        cursor.execute(
            "UPDATE cases_case SET closed_at = NULL, closed_by_id = NULL WHERE id = %s", [old_case.pk]
        )
    with acting_as(regisseur):
        other = case_factory.case(by=regisseur, partners=[partners["jens"]])
        case_factory.told(by=regisseur, signal=signal, case=old_case)
        triage.tell(signal=signal, case=other, text="Keek toe.", role="witness", need="Samen", by=regisseur)
    with acting_as(mentor):
        case_factory.corrected(by=mentor, signal=signal)
    with acting_as(regisseur):
        told = ToldSignal.objects.get(case=other)
        wrong_youths.unlink(told=told, reason="Was een ander", papers=[], key=uuid4(), by=regisseur)
    factory.close_long_ago(old_case, months=72, by=regisseur)
    _, certificate = go(old_case)
    assert certificate.counts["cases_correction"] == 2
    assert certificate.left_over == 0
    with acting_as(regisseur):
        assert not Signal.objects.filter(pk=signal.pk).exists()
