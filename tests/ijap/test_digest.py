"""One mail a week: numbers and a link, for who has work that waits."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.models import User
from cases.models import Action
from cases.tasks import remind_owners
from foundation.scope import acting_as
from ijap import digest
from ijap.schedule import TIMETABLE
from ijap.tasks import KIND, ask_digests
from jobs.models import Job, State
from jobs.operations import run
from tests import cast
from tests.factories import cases as make
from tests.factories.audit import logged

MONDAY = timezone.localtime().replace(hour=7, minute=45, second=0, microsecond=0)
MONDAY += timedelta(days=-MONDAY.weekday() % 7)


@pytest.fixture(autouse=True)
def with_mail(db):
    for name in cast.PEOPLE:
        User.objects.filter(username=name).update(email=f"{name}@example.nl")


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(by=regisseur, partners=[partners["politie"], partners["jens"]])


def work():
    """What the clock asks, and what a worker then does."""
    ask_digests()
    for job in Job.objects.filter(kind=KIND).unfinished():
        run(job.pk)


def mails_of(outbox):
    found = {mail.to[0]: mail for mail in outbox}
    outbox.clear()
    return found


def on(moment, outbox):
    with time_machine.travel(moment, tick=False):
        work()
    return mails_of(outbox)


def late(case, regisseur, partner, **changes):
    """An action that was due long ago, and of which its owner heard then."""
    with acting_as(regisseur):
        action = make.action(by=regisseur, case=case, partner=partner, **changes)
        long_ago = MONDAY - timedelta(days=30)
        Action.objects.filter(pk=action.pk).update(
            due_on=long_ago.date(), reminded_at=long_ago + timedelta(days=2), agreed_at=long_ago
        )
        return action


def test_one_mail_a_week_with_numbers_and_never_a_name(
    case, regisseur, mentor, jongerenwerker, partners, mailoutbox
):
    late(case, regisseur, partners["jens"], text="Belt vader")
    with acting_as(mentor):
        make.signal(by=mentor)
    mails = on(MONDAY, mailoutbox)
    assert set(mails) == {
        f"{name}@example.nl" for name in ("jongerenwerker", "regisseur", "tweede_regisseur")
    }
    body = mails["jongerenwerker@example.nl"].body
    assert "- 1 eigen actie over tijd\n" in body
    assert "- 1 signaal te beoordelen\n" in mails["regisseur@example.nl"].body
    for mail in mails.values():
        for word in ("Belt", "Testjongere", "Voorbeeld", "JENS", str(case.uuid)):
            assert word not in mail.subject + mail.body
    assert {e.subject_id for e in logged("home.digest_sent")} >= {jongerenwerker.pk, regisseur.pk}
    assert all(set(e.details) == {"lines"} for e in logged("home.digest_sent"))


def test_twice_in_a_week_is_once(case, regisseur, partners, mailoutbox):
    late(case, regisseur, partners["jens"])
    assert "jongerenwerker@example.nl" in on(MONDAY, mailoutbox)
    assert on(MONDAY + timedelta(hours=2), mailoutbox) == {}
    assert "jongerenwerker@example.nl" in on(MONDAY + timedelta(days=7), mailoutbox)


def test_who_has_nothing_gets_nothing_that_week(case, regisseur, partners, mailoutbox):
    assert on(MONDAY, mailoutbox) == {}
    late(case, regisseur, partners["jens"])
    assert on(MONDAY + timedelta(hours=1), mailoutbox) == {}


def test_who_left_or_has_no_role_gets_nothing(case, regisseur, jongerenwerker, agent, partners, mailoutbox):
    late(case, regisseur, partners["jens"])
    late(case, regisseur, partners["politie"])
    User.objects.filter(pk=jongerenwerker.pk).update(is_active=False)
    agent.assignments.update(ended_at=timezone.now(), ended_by=regisseur)
    assert set(on(MONDAY, mailoutbox)) == {"regisseur@example.nl", "tweede_regisseur@example.nl"}


@pytest.mark.parametrize("daily_first", [True, False])
def test_the_mail_of_the_morning_and_that_of_the_week_say_no_thing_twice(
    daily_first, case, regisseur, partners, mailoutbox
):
    with acting_as(regisseur):
        action = make.action(by=regisseur, case=case, partner=partners["jens"])
        Action.objects.filter(pk=action.pk).update(due_on=MONDAY.date() + timedelta(days=2))
    with time_machine.travel(MONDAY, tick=False):
        for turn in (remind_owners, work) if daily_first else (work, remind_owners):
            turn()
    assert [m.subject for m in mailoutbox if m.to == ["jongerenwerker@example.nl"]] == [
        "IJAP: 1 actie vraagt aandacht"
    ]


def test_what_is_due_later_this_week_stands_in_it(case, regisseur, partners, mailoutbox):
    with acting_as(regisseur):
        for days in (6, 9):
            action = make.action(by=regisseur, case=case, partner=partners["jens"])
            Action.objects.filter(pk=action.pk).update(due_on=MONDAY.date() + timedelta(days=days))
    assert "- 1 eigen actie voor deze week\n" in on(MONDAY, mailoutbox)["jongerenwerker@example.nl"].body


def test_a_correction_of_last_week_stands_in_it_and_one_of_today_does_not(
    case, regisseur, mentor, mailoutbox
):
    from cases.models import CorrectionTask

    with acting_as(mentor):
        signal = make.signal(by=mentor)
    with acting_as(regisseur):
        make.told(by=regisseur, signal=signal, case=case)
    with acting_as(mentor):
        make.corrected(by=mentor, signal=signal)
    with acting_as(regisseur):
        CorrectionTask.objects.update(mailed_at=MONDAY)
    assert "agent@example.nl" not in on(MONDAY, mailoutbox)
    with acting_as(regisseur):
        CorrectionTask.objects.update(mailed_at=MONDAY - timedelta(days=3))
    body = on(MONDAY + timedelta(days=7), mailoutbox)["agent@example.nl"].body
    assert "- 1 verbetering te verwerken\n" in body


def test_a_silent_mail_server_is_tried_again(case, regisseur, partners, mailoutbox, monkeypatch):
    late(case, regisseur, partners["jens"])
    with monkeypatch.context() as patch:

        def refuse(self, fail_silently=False):
            raise SMTPException

        patch.setattr(EmailMessage, "send", refuse)
        assert on(MONDAY, mailoutbox) == {}
        assert Job.objects.filter(kind=KIND, state=State.WAITING).exists()
    assert "jongerenwerker@example.nl" in on(MONDAY, mailoutbox)


def test_it_rings_on_monday_mornings_of_our_own_clock():
    rings = TIMETABLE["weekoverzicht"]["schedule"]
    assert (rings.day_of_week, rings.minute, min(rings.hour)) == ({1}, {45}, 7)
    from ijap.celery import app

    assert app.conf.timezone == "Europe/Amsterdam"


def test_the_week_of_new_year_has_one_key():
    from datetime import date

    assert digest.key_of(3, date(2026, 12, 28)) == "digest:2026-53:3"
    assert digest.key_of(3, date(2027, 1, 3)) == "digest:2026-53:3"
    assert digest.key_of(3, date(2027, 1, 4)) == "digest:2027-01:3"
