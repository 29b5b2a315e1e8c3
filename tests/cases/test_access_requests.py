"""Asking for access and breaking the glass: one case, read only, a short while, and a second person looks."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from access import operations as access
from access.models import EndedGrant, Grant, Ground, Participation
from accounts.models import User
from accounts.robots import Robot, robot
from cases.models import AccessRequest, Case, ToldSignal, Verdict
from cases.operations import access_requests, actions, levels
from cases.tasks import tell_of_break_glass
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories.audit import logged

A_DAY = timedelta(days=1)


@pytest.fixture
def case(regisseur, partners):
    """A case in which only JENS takes part."""
    with acting_as(regisseur):
        made = make.case(by=regisseur, partners=[partners["jens"]], first_name="Noor", last_name="Proef")
        made.youth.compartment_id  # read here: outside a scope it cannot be asked for
        return made


def sees(person, case):
    person = User.objects.get(pk=person.pk)
    with acting_as(person):
        return Case.objects.visible_to(person).filter(pk=case.pk).exists()


def asks(person, case, kind="acute", **changes):
    with acting_as(person):
        return make.access_request(by=person, youth=case.youth, kind=kind, **changes)


def opens(person, asked):
    with acting_as(person):
        return access_requests.open_now(request=asked, by=person)


def reviews(person, asked, verdict=Verdict.RIGHT):
    with acting_as(person):
        return access_requests.review(request=asked, verdict=verdict, text="Het was nodig", by=person)


# --- acute ----------------------------------------------------------------------------------------
def test_acute_opens_one_case_for_an_hour_and_everybody_can_know(case, agent, regisseur):
    with acting_as(regisseur):
        other = make.case(by=regisseur, first_name="Ander")
    assert not sees(agent, case)
    until = opens(agent, asks(agent, case))
    assert timedelta(minutes=59) < until - timezone.now() <= timedelta(minutes=60)
    assert sees(agent, case) and not sees(agent, other)
    [row] = logged("break_glass.opened")
    assert (row.actor_id, row.youth_ids, row.ground) == (agent.pk, [case.youth_id], "life")


def test_after_the_hour_it_is_closed_also_when_the_clock_stands_still(case, agent):
    opens(agent, asks(agent, case))
    with acting_as(agent):
        Grant.objects.filter(user=agent).update(until=timezone.now() - timedelta(seconds=1))
    assert not sees(agent, case)
    keeper = robot(Robot.KEEPER)
    with acting_as(keeper):
        access.expire(by=keeper)
    with acting_as(agent):
        assert not Grant.objects.filter(user=agent).exists()


def test_a_name_that_fits_nobody_opens_nothing_and_says_so_in_the_log(case, agent):
    assert opens(agent, asks(agent, case, last_name="Proefje")) is None
    assert not sees(agent, case) and logged("break_glass.failed")


def test_a_name_that_fits_two_opens_nothing(case, agent, regisseur):
    with acting_as(regisseur):
        make.case(by=regisseur, first_name="Noor", last_name="Proef")
    assert opens(agent, asks(agent, case)) is None


def test_a_request_opens_once(case, agent):
    asked = asks(agent, case)
    opens(agent, asked)
    with pytest.raises(NotPossible, match="al gebruikt"):
        opens(agent, asked)


def test_nobody_opens_the_request_of_another(case, agent, haltmedewerker, regisseur):
    asked = asks(agent, case)
    with pytest.raises(NotAllowed):
        opens(regisseur, asked)
    for person in (haltmedewerker, regisseur):  # and the database says the same
        with pytest.raises(DatabaseError, match="opens nothing"), acting_as(person):
            connection.cursor().execute("SELECT cases_open_break_glass(%s, 60, 24)", [asked.pk])


def test_break_glass_reads_and_changes_nothing(case, coach_lja, regisseur, partners):
    with acting_as(regisseur):
        action = make.action(by=regisseur, case=case, partner=partners["jens"])
    opens(coach_lja, asks(coach_lja, case))
    with acting_as(coach_lja):
        for change in (
            lambda: actions.move(action=action, to="accepted", by=coach_lja),
            lambda: make.action(by=coach_lja, case=case, partner=partners["jens"]),
            lambda: make.proposal(by=coach_lja, case=case),
        ):
            with pytest.raises(NotAllowed):
                change()


def test_only_the_classes_one_is_cleared_for_open(case, agent, haltmedewerker, wijkagent, regisseur):
    with acting_as(wijkagent):
        signal = make.signal(by=wijkagent)
    with acting_as(regisseur):
        make.told(by=regisseur, signal=signal, case=case, text="Steekpartij")
    for person, read in ((agent, ["Steekpartij"]), (haltmedewerker, [])):
        opens(person, asks(person, case))
        person = User.objects.get(pk=person.pk)
        with acting_as(person):
            assert list(ToldSignal.objects.visible_to(person).values_list("text", flat=True)) == read


def test_who_must_stay_out_stays_out(case, agent, regisseur, partners):
    with acting_as(regisseur):
        access.exclude(compartment=case.compartment, user=agent, reason="Oom", by=regisseur)
    assert opens(agent, asks(agent, case)) is None


@pytest.mark.parametrize("who", ["mentor", "wijkagent", "manager", "beheerder", "fg"])
def test_who_reads_no_cases_by_role_cannot_ask(case, who, request):
    with pytest.raises(NotAllowed):
        asks(request.getfixturevalue(who), case)


@pytest.mark.parametrize("wrong", [{"reason": "Moet even kijken"}, {"reason": " " * 30}, {"need": ""}])
def test_without_a_reason_nothing_is_asked(case, agent, wrong):
    with pytest.raises(NotPossible):
        asks(agent, case, **wrong)


# --- the second person ----------------------------------------------------------------------------
def test_an_emergency_waits_for_a_second_person(case, agent, regisseur):
    asked = asks(agent, case, kind="emergency")
    with pytest.raises(NotPossible, match="eerst goedkeuren"):
        opens(agent, asked)
    with pytest.raises(DatabaseError, match="opens nothing"), acting_as(agent):
        connection.cursor().execute("SELECT cases_open_break_glass(%s, 60, 24)", [asked.pk])
    with acting_as(regisseur):
        access_requests.approve(request=asked, case=case, answer="Ga je gang", by=regisseur)
    assert opens(agent, asked) and sees(agent, case)


def test_nobody_approves_or_reviews_their_own(case, lja_kerkrade, regisseur):
    asked = asks(lja_kerkrade, case, kind="emergency")
    with acting_as(lja_kerkrade), pytest.raises(NotAllowed, match="eigen verzoek"):
        access_requests.approve(request=asked, case=case, answer="", by=lja_kerkrade)
    with acting_as(regisseur):
        access_requests.approve(request=asked, case=case, answer="", by=regisseur)
    opens(lja_kerkrade, asked)
    with pytest.raises(NotAllowed, match="eigen verzoek"):
        reviews(lja_kerkrade, asked)
    with pytest.raises(DatabaseError, match="two_people"), acting_as(lja_kerkrade):
        AccessRequest.objects.filter(pk=asked.pk).update(reviewed_by=lja_kerkrade, reviewed_at=timezone.now())


def test_an_approval_is_good_for_a_day(case, agent, regisseur):
    asked = asks(agent, case, kind="emergency")
    with acting_as(regisseur):
        access_requests.approve(request=asked, case=case, answer="", by=regisseur)
        AccessRequest.objects.update(answered_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(NotPossible, match="verlopen"):
        opens(agent, asked)


def test_unreviewed_after_a_day_blocks_further_use(case, agent, regisseur, fg):
    asked = asks(agent, case)
    opens(agent, asked)
    later = asks(agent, case)  # within the day it may be needed again
    with acting_as(agent):
        AccessRequest.objects.filter(pk=asked.pk).update(opened_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(NotPossible, match="nog niet beoordeeld"):
        asks(agent, case)
    with pytest.raises(NotPossible, match="nog niet beoordeeld"):
        opens(agent, later)
    with pytest.raises(DatabaseError, match="not looked at"), acting_as(agent):
        connection.cursor().execute("SELECT cases_open_break_glass(%s, 60, 24)", [later.pk])
    reviews(fg, asked, Verdict.AVOIDABLE)
    asks(agent, case)


def test_regie_of_the_level_and_the_privacy_officer_review(case, agent, regisseur, lja_heerlen, fg):
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        levels.accept(change=change, answer="", by=lja_heerlen)
    asked = asks(agent, case)
    opens(agent, asked)
    for person, count in ((lja_heerlen, 1), (fg, 1), (regisseur, 0)):
        with acting_as(person):
            assert AccessRequest.objects.visible_to(person).unreviewed().count() == count, person
    reviews(lja_heerlen, asked)
    with pytest.raises(NotPossible, match="al beoordeeld"):
        reviews(fg, asked)


def test_everybody_who_must_hear_gets_one_mail_without_a_name(case, agent, regisseur, fg):
    User.objects.filter(pk__in=[regisseur.pk, fg.pk]).update(email="x@example.nl")
    opens(agent, asks(agent, case))
    tell_of_break_glass()
    tell_of_break_glass()
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        assert "Noor" not in message.body and "Politie" not in message.body


# --- asking to read along -------------------------------------------------------------------------
def test_asking_tells_nothing_and_regie_answers(case, agent, regisseur):
    asked = asks(agent, case, kind="ordinary")
    unknown = asks(agent, case, kind="ordinary", last_name="Bestaatniet")
    with acting_as(agent):
        assert {r.case_id for r in AccessRequest.objects.filter(pk__in=[asked.pk, unknown.pk])} == {None}
    with acting_as(regisseur):
        access_requests.grant(
            request=asked, case=case, ground=Ground.CASE_NEED, until=timezone.now() + A_DAY, answer="Prima",
            by=regisseur,
        )  # fmt: skip
        access_requests.refuse(request=unknown, answer="Bel mij even", by=regisseur)
    assert sees(agent, case)
    with pytest.raises(NotPossible, match="geen noodtoegang"):
        opens(agent, asked)


def test_a_case_at_another_level_is_passed_on(case, agent, regisseur, lja_heerlen):
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        levels.accept(change=change, answer="", by=lja_heerlen)
    asked = asks(agent, case, kind="ordinary")
    with acting_as(regisseur):
        moved = Case.objects.get(pk=case.pk)
        with pytest.raises(NotAllowed, match="ander niveau"):
            access_requests.approve(request=asked, case=moved, answer="", by=regisseur)
        access_requests.pass_on(request=asked, case=moved, by=regisseur)
        assert not AccessRequest.objects.visible_to(regisseur).filter(pk=asked.pk).exists()
    with acting_as(lja_heerlen):
        access_requests.grant(
            request=asked, case=Case.objects.get(pk=case.pk), ground=Ground.SAFETY,
            until=timezone.now() + A_DAY, answer="", by=lja_heerlen,
        )  # fmt: skip
    assert sees(agent, case)


# --- on screen ------------------------------------------------------------------------------------
def typed(case, **changes):
    youth = case.youth
    return {
        "key": str(uuid4()), "kind": "acute", "first_name": youth.first_name, "last_name": youth.last_name,
        "birth_on": youth.birth_on.isoformat(), "need": "life", "reason": "Moeder belde: niet thuisgekomen",
    } | changes  # fmt: skip


def test_from_asking_to_reading_with_a_banner_that_goes(case, agent):
    client = Client()
    client.force_login(agent)
    answer = client.post(reverse("cases:access_request_add"), typed(case))
    assert "U kunt dit dossier nu openen" in client.get(answer["Location"]).text
    [asked] = logged("break_glass.asked")
    with acting_as(agent):
        uuid = AccessRequest.objects.get(pk=asked.subject_id).uuid
    answer = client.post(reverse("cases:access_request_open", args=[uuid]))
    opened = client.get(answer["Location"]).text
    assert "U leest met noodtoegang tot" in opened and "Noor Proef" in opened
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert "U leest met noodtoegang tot" not in client.get("/").text


def test_a_refused_form_keeps_what_was_typed(case, agent):
    client = Client()
    client.force_login(agent)
    page = client.post(reverse("cases:access_request_add"), typed(case, reason="Te kort", need=""))
    assert page.status_code == 400
    assert "Te kort" in page.text and "minstens 20 tekens" in page.text and "niet kan wachten" in page.text


# --- knowing somebody privately -------------------------------------------------------------------
def test_stepping_aside_closes_the_case_and_regie_opens_it_again(case, jongerenwerker, regisseur):
    assert sees(jongerenwerker, case)
    client = Client()
    client.force_login(jongerenwerker)
    address = reverse("cases:case_step_aside", args=[case.uuid])
    assert client.post(address, {"reason": ""}).status_code == 400
    assert client.post(address, {"reason": "Buurjongen"}).status_code == 303
    assert not sees(jongerenwerker, case)
    assert client.get(reverse("cases:case_detail", args=[case.uuid])).status_code == 404
    client.force_login(regisseur)
    page = client.get(reverse("cases:case_access", args=[case.uuid])).text
    assert "Buurjongen" in page
    [event] = logged("exclusion.stepped_aside")
    sent = {"row": event.subject_id}
    assert client.post(reverse("cases:exclusion_end", args=[case.uuid]), sent).status_code == 303
    assert sees(jongerenwerker, case)


def test_a_grant_that_is_over_leaves_its_history(case, mentor, regisseur):
    with acting_as(regisseur):
        access.grant(
            compartment=case.room, user=mentor, until=timezone.now() + A_DAY, ground=Ground.SAFETY,
            reason="Huisbezoek", by=regisseur,
        )  # fmt: skip
        Grant.objects.update(until=timezone.now() - timedelta(seconds=1))
    keeper = robot(Robot.KEEPER)
    with acting_as(keeper):
        assert access.expire(by=keeper)
    with acting_as(regisseur):
        assert not mentor.has_perm("access.view_compartment", case.room)
        assert EndedGrant.objects.get(user=mentor).reason == "Huisbezoek"
        assert not Participation.objects.filter(partner=mentor.partner).exists()
