"""Coming in, being confirmed, and going out again."""

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import operations, tasks, terms
from accounts.invitations import link_of
from accounts.models import Invitation, User
from accounts.robots import Robot, robot
from accounts.roles import Role
from foundation.errors import NotAllowed, NotPossible
from tests.factories import accounts as factory
from tests.factories.audit import logged
from tests.factories.second_factors import app_of

PASSWORD = "een-lange-zin-van-niemand"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def address_of_the_house(settings):
    settings.BASE_URL = "http://testserver"


@pytest.fixture
def newcomer(beheerder, partners):
    user, password = factory.user(by=beheerder, partner=partners["school"], email="n@school.example")
    assert password == ""
    return user


def link_in_mail():
    mail.outbox = []
    tasks.send_invitations()
    (message,) = mail.outbox
    return message, re.search(r"http://testserver(\S+)", message.body)[1]


def choose(path, password=PASSWORD):
    return Client().post(path, {"new_password1": password, "new_password2": password})


def in_days(days):
    return time_machine.travel(timezone.now() + datetime.timedelta(days=days))


# --- invitations --------------------------------------------------------------------------------------
def test_who_is_invited_chooses_a_password_and_sets_up_a_second_step(newcomer, fg):
    message, path = link_in_mail()
    assert message.to == ["n@school.example"]
    for name in ("Nia", "Nieuw", "n.nieuw", "school"):
        assert name not in f"{message.subject} {message.body}"
    client = Client()
    assert "n.nieuw" in client.get(path).content.decode()
    sent = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(path, sent).status_code == 302
    assert client.get("/")["Location"] == "/account/"
    for word in ("user.invited", "user.invitation_sent", "user.invitation_used", "account.logged_in"):
        assert len(logged(word)) == 1, word


def test_before_that_no_password_opens_the_account(newcomer):
    for password in ("", "!", PASSWORD):
        answer = Client().post("/inloggen/", {"username": "n.nieuw", "password": password})
        assert answer.status_code == 400


def test_an_invitation_is_sent_once_and_works_once(newcomer):
    _, path = link_in_mail()
    tasks.send_invitations()
    assert len(mail.outbox) == 1
    assert choose(path, "te kort").status_code == 400
    assert choose(path).status_code == 302
    assert choose(path, "iets heel anders, en lang").status_code == 404
    assert User.objects.get(pk=newcomer.pk).check_password(PASSWORD)


def test_looking_does_not_use_it_up(newcomer):
    _, path = link_in_mail()
    for _ in range(3):
        assert Client().get(path).status_code == 200


def test_after_a_week_it_is_over(newcomer):
    _, path = link_in_mail()
    lasts = Invitation.objects.get(user=newcomer).until - timezone.now()
    assert datetime.timedelta(days=6, hours=23) < lasts <= datetime.timedelta(days=7)
    Invitation.objects.update(until=timezone.now() - datetime.timedelta(seconds=1))
    assert Client().get(path).status_code == 404
    assert choose(path).status_code == 404


def test_a_newer_one_replaces_it(newcomer, beheerder):
    _, first = link_in_mail()
    operations.invitations.invite(user=newcomer, by=beheerder)
    _, second = link_in_mail()
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)


def test_a_disabled_user_is_not_invited_any_more(newcomer, beheerder):
    _, path = link_in_mail()
    operations.users.disable(user=newcomer, by=beheerder)
    assert Client().get(path).status_code == 404
    with pytest.raises(NotPossible, match="uitgeschakeld"):
        operations.invitations.invite(user=User.objects.get(pk=newcomer.pk), by=beheerder)


def test_a_link_cannot_be_made_from_what_stands_in_the_database(newcomer):
    _, path = link_in_mail()
    invitation = Invitation.objects.get(user=newcomer)
    seal = path.rstrip("/").rsplit("/", 1)[1]
    assert seal not in str(Invitation.objects.filter(pk=invitation.pk).values())
    changed = seal[:-1] + ("0" if seal[-1] != "0" else "1")
    assert Client().get(path.replace(seal, changed)).status_code == 404
    assert link_of(invitation).endswith(path)


def test_a_silent_mail_server_is_tried_again(newcomer, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tasks.send_invitations()
    assert Invitation.objects.get(user=newcomer).sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    link_in_mail()
    assert Invitation.objects.get(user=newcomer).sent_at


def test_an_invitation_does_not_pass_a_second_factor_that_was_set_up(newcomer, beheerder):
    app_of(newcomer)
    _, path = link_in_mail()
    assert choose(path)["Location"] == "/inloggen/code/"


# --- confirmed by the partner -----------------------------------------------------------------------------
@pytest.fixture
def contact(partners, beheerder, agent):
    operations.confirmations.choose_contact(partner=partners["politie"], user=agent, by=beheerder)
    return User.objects.get(username="agent")


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_somebody_new_sees_nothing_until_the_contact_says_yes(contact, beheerder, partners, fg):
    new, _ = factory.user(by=beheerder, partner=partners["politie"], username="nieuw")
    operations.roles.assign(
        key="5b0d4f5e-9a35-4bb6-a0a2-2c9a0e9d1c11", user=new, role=Role.MELDER, by=beheerder
    )
    User.objects.filter(pk=new.pk).update(is_password_temporary=False)
    client = Client()
    client.force_login(fresh(new))
    assert "Uw organisatie moet u nog bevestigen" in client.get("/").content.decode()
    assert client.get("/signalen/").status_code == 403
    theirs = Client()
    theirs.force_login(contact)
    assert "1 </span>collega om te bevestigen" in theirs.get("/").content.decode()
    assert theirs.post("/mensen/", {"users": [str(new.uuid)]}).status_code == 303
    assert client.get("/signalen/").status_code == 200
    assert logged("user.confirmed")[-1].actor_id == contact.pk


def test_choosing_the_first_contact_leaves_who_works_already_at_work(contact, wijkagent):
    assert fresh(wijkagent).confirmed_by.username == "beheerder"
    assert fresh(wijkagent).active_roles


def test_who_does_not_work_there_is_out_at_once(contact, wijkagent, fg):
    out = Client()
    out.force_login(fresh(wijkagent))
    theirs = Client()
    theirs.force_login(contact)
    assert theirs.post(f"/mensen/{wijkagent.uuid}/niet-van-ons/").status_code == 303
    assert out.get("/").status_code == 302
    assert [e.subject_id for e in logged("user.not_ours")] == [wijkagent.pk]


def test_a_contact_speaks_for_the_own_people_only(contact, mentor):
    theirs = Client()
    theirs.force_login(contact)
    assert theirs.post("/mensen/", {"users": [str(mentor.uuid)]}).status_code == 400
    assert theirs.post(f"/mensen/{mentor.uuid}/niet-van-ons/").status_code == 404
    for other in (mentor, contact):
        with pytest.raises(NotAllowed):
            operations.confirmations.confirm(users=[other], by=contact)


def test_every_quarter_again_or_out(contact, wijkagent, fg):
    with in_days(60):
        assert not terms.due().exists()
    with in_days(80):
        mail.outbox = []
        tasks.ask_contacts()
        tasks.ask_contacts()
        assert mail.outbox == []  # the contact of this test has no address
        assert [e.subject_id for e in logged("user.confirmation_asked")] == [contact.partner_id]
        operations.confirmations.disable_unconfirmed(by=robot(Robot.KEEPER))
        assert fresh(wijkagent).is_active
    with in_days(93):
        operations.confirmations.disable_unconfirmed(by=robot(Robot.KEEPER))
        operations.confirmations.disable_unconfirmed(by=robot(Robot.KEEPER))
    assert not fresh(wijkagent).is_active
    assert fresh(contact).is_active  # confirmed by the beheerder, not by oneself
    out = {e.subject_id for e in logged("user.disabled_unconfirmed")}
    assert out == {wijkagent.pk, User.objects.get(username="privacycontact").pk}


def test_the_mail_to_the_contact_holds_no_name(contact, wijkagent):
    User.objects.filter(pk=contact.pk).update(email="c@politie.example")
    with in_days(80):
        mail.outbox = []
        tasks.ask_contacts()
    (message,) = mail.outbox
    assert message.to == ["c@politie.example"]
    for name in ("Wijkagent", "Politie", "Agent"):
        assert name not in message.subject + message.body


@pytest.fixture
def only_the_mentor_stays_away(mentor):
    in_a_month = timezone.now() + datetime.timedelta(days=30)
    User.objects.exclude(pk=mentor.pk).update(last_login=in_a_month)


def test_who_does_not_come_for_sixty_days_is_disabled(mentor, agent, fg, only_the_mentor_stays_away):
    with in_days(61):
        tasks.look_after_accounts()
        tasks.look_after_accounts()
    assert (fresh(mentor).is_active, fresh(agent).is_active) == (False, True)
    assert [e.subject_id for e in logged("user.disabled_idle")] == [mentor.pk]
    assert robot(Robot.KEEPER).is_active


def test_who_was_enabled_anew_has_time_to_log_in(mentor, beheerder):
    """The moment of enabling is the database's own, so here the login is long ago instead."""
    User.objects.filter(pk=mentor.pk).update(
        last_login=timezone.now() - datetime.timedelta(days=70),
        enabled_at=timezone.now() - datetime.timedelta(days=80),
    )
    tasks.look_after_accounts()
    assert not fresh(mentor).is_active
    operations.users.enable(user=fresh(mentor), by=beheerder)
    tasks.look_after_accounts()
    assert fresh(mentor).is_active


def test_a_beheerder_alone_cannot_come_in_as_somebody_else(contact, wijkagent, beheerder):
    """A new password where no second factor guards it, or taking that away: the contact must say yes again."""
    assert fresh(wijkagent).active_roles
    operations.passwords.reset(user=wijkagent, by=beheerder)
    assert fresh(wijkagent).awaits_confirmation
    operations.confirmations.confirm(users=[fresh(wijkagent)], by=contact)
    app_of(wijkagent)
    operations.passwords.reset(user=wijkagent, by=beheerder)
    assert not fresh(wijkagent).awaits_confirmation
    operations.second_factors.reset(user=wijkagent, by=beheerder)
    assert fresh(wijkagent).awaits_confirmation


# --- changed credentials ------------------------------------------------------------------------------
def told():
    """What the clock mails now."""
    mail.outbox = []
    tasks.tell_of_changes()
    return mail.outbox


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda user, keeper: operations.passwords.change(user=user, password=PASSWORD, by=user),
            "wachtwoord",
        ),
        (lambda user, keeper: operations.passwords.reset(user=user, by=keeper), "wachtwoord"),
        (lambda user, keeper: operations.second_factors.make_recovery_codes(by=user), "herstelcodes"),
        (lambda user, keeper: operations.second_factors.reset(user=user, by=keeper), "tweede stap"),
    ],
)
def test_who_logs_in_with_something_else_hears_of_it(change, words, mentor, beheerder, fg):
    User.objects.filter(pk=mentor.pk).update(email="mentor@school.example")
    app_of(fresh(mentor))
    assert told() == []
    change(fresh(mentor), beheerder)
    (message,) = told()
    assert message.to == ["mentor@school.example"]
    assert words in message.body
    assert "http" not in message.body, "nothing to click on: such mails are forged"
    for name in ("Mentor", "mentor", "Beheerder"):
        assert name not in f"{message.subject} {message.body}"
    assert told() == []
    assert len(logged("user.change_told")) == 1


def test_a_new_address_is_told_at_the_old_one(mentor, beheerder):
    names = {"first_name": "M", "last_name": "Test", "function": ""}
    operations.users.change(user=mentor, email="oud@school.example", by=beheerder, **names)
    assert told() == []
    operations.users.change(user=mentor, email="nieuw@school.example", by=beheerder, **names)
    (message,) = told()
    assert message.to == ["oud@school.example"]
    operations.users.change(user=fresh(mentor), email="nieuw@school.example", by=beheerder, **names)
    assert told() == []


def test_a_role_is_no_credential_and_who_has_no_address_cannot_hear(mentor, beheerder):
    operations.passwords.reset(user=mentor, by=beheerder)
    User.objects.filter(pk=mentor.pk).update(email="mentor@school.example")
    operations.sessions.end_all(user=fresh(mentor), by=beheerder, reason="role")
    assert told() == []


def test_a_mail_server_that_refuses_is_tried_again_for_a_week(mentor, beheerder, settings):
    User.objects.filter(pk=mentor.pk).update(email="mentor@school.example")
    operations.passwords.reset(user=fresh(mentor), by=beheerder)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1
    assert told() == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert len(told()) == 1
    operations.passwords.reset(user=fresh(mentor), by=beheerder)
    with in_days(8):
        tasks.forget_failures()
    assert told() == []


CLOCK = [tasks.send_invitations, tasks.tell_of_changes, tasks.look_after_accounts, tasks.forget_failures]


@pytest.mark.parametrize("task", CLOCK)
def test_the_clock_may_ring_twice_with_nothing_to_do(task, db):
    task()
    task()


def test_only_the_clock_does_what_the_clock_does(beheerder, contact):
    for act in (
        operations.confirmations.disable_idle,
        operations.confirmations.disable_unconfirmed,
        operations.confirmations.mark_asked,
    ):
        with pytest.raises(NotAllowed):
            act(by=beheerder)
