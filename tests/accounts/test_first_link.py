"""The link of the first beheerder: works once, for a day, for that one person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleAssignment, User
from accounts.operations import first_link
from accounts.robots import Robot, robot
from audit.models import Event
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as

PASSWORD = "een-eigen-zin-voor-de-beheerder"
WHO = {"username": "m.eerst", "first_name": "Mo", "last_name": "Eerst", "email": "mo@gemeente.test"}


def invite(**changes):
    keeper = robot(Robot.KEEPER)
    return first_link.invite_first_beheerder(by=keeper, **WHO | changes)


@pytest.fixture
def invited(db):
    """On an empty site nobody can log in."""
    return invite()


def page_of(user, seal):
    return reverse("accounts:first_password", kwargs={"uuid": user.uuid, "seal": seal})


def choose(client, url, password=PASSWORD):
    return client.post(url, {"new_password1": password, "new_password2": password})


def test_the_first_beheerder_chooses_a_password_and_logs_in(invited, client, fg):
    url = page_of(*invited)
    page = client.get(url)
    assert page.status_code == 200
    assert "m.eerst" in page.content.decode()
    assert choose(client, url)["Location"] == reverse("accounts:login")
    user = User.objects.get(username="m.eerst")
    assert user.check_password(PASSWORD)
    assert user.holds("beheerder")
    with acting_as(fg):
        kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["user.added", "role.assigned", "user.first_link_made", "account.password_changed"]


def test_the_link_works_once(invited, client):
    url = page_of(*invited)
    choose(client, url)
    assert client.get(url).status_code == 404
    assert choose(client, url, "een-heel-andere-lange-zin").status_code == 404
    assert User.objects.get(username="m.eerst").check_password(PASSWORD)


def test_the_link_is_over_after_a_day(invited, client):
    url = page_of(*invited)
    with time_machine.travel(timezone.localtime() + timedelta(hours=23, minutes=59), tick=False):
        assert client.get(url).status_code == 200
    with time_machine.travel(timezone.localtime() + timedelta(hours=24, minutes=1), tick=False):
        assert client.get(url).status_code == 404
        assert choose(client, url).status_code == 404


def test_a_new_link_stops_the_old_one(invited, client):
    old = page_of(*invited)
    user, seal = invite()
    assert user == invited[0]
    assert client.get(old).status_code == 404
    assert client.get(page_of(user, seal)).status_code == 200
    assert RoleAssignment.objects.filter(user=user).count() == 1


def test_the_link_is_of_one_person(invited, client, beheerder, agent):
    for other in (beheerder, agent, robot(Robot.KEEPER)):
        assert client.get(page_of(other, invited[1])).status_code == 404
    assert client.get(page_of(invited[0], "abc-123")).status_code == 404


def test_who_has_a_password_is_not_opened_by_a_link(beheerder, agent, client):
    """Not even by one that is sealed rightly: another way in is another account's."""
    beheerder.set_password(PASSWORD)
    beheerder.save()
    agent.set_unusable_password()
    agent.save()
    for person in (beheerder, agent):
        assert client.get(page_of(person, first_link._seal.make_token(person))).status_code == 404


def test_disabled_or_without_the_role_it_opens_nothing(invited, client):
    user, seal = invited
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(page_of(user, seal)).status_code == 404
    User.objects.filter(pk=user.pk).update(is_active=True)
    RoleAssignment.objects.filter(user=user).update(until=timezone.now())
    assert client.get(page_of(user, seal)).status_code == 404


def test_nothing_in_the_database_makes_the_link(invited):
    """Who steals a backup has no link: it is sealed with the key of the application and kept nowhere."""
    user, seal = invited
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(u)::text FROM accounts_user u WHERE id = %s", [user.pk])
        assert seal not in cursor.fetchone()[0]
        assert seal.split("-")[1] not in str(user.__dict__)


@pytest.mark.parametrize("password", ["", "kort", "veertien-teken"])
def test_a_weak_password_is_refused(password, invited, client):
    answer = choose(client, page_of(*invited), password)
    assert answer.status_code == 400
    assert not User.objects.get(username="m.eerst").has_usable_password()


def test_somebody_who_can_log_in_ends_it(invited, client):
    choose(client, page_of(*invited))
    with pytest.raises(NotPossible, match="Er is al een beheerder"):
        invite(username="m.tweede")
    assert not User.objects.filter(username="m.tweede").exists()


def test_another_account_is_not_taken_over(db):
    with pytest.raises(NotPossible, match="geen beheerder"):
        invite(username="agent")
    assert not User.objects.get(username="agent").holds("beheerder")


def test_nobody_chooses_for_somebody_else(invited, agent):
    user, seal = invited
    with pytest.raises(NotAllowed):
        first_link.choose_first_password(user=user, seal=seal, password=PASSWORD, by=agent)


def test_two_at_the_same_moment_is_one(committed_db):
    user, seal = invite()
    url = page_of(user, seal)

    def send(number):
        try:
            return choose(Client(raise_request_exception=False), url, f"{PASSWORD}-{number}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(send, range(4)))
    assert answers[0] == 303
    assert set(answers[1:]) <= {403, 404}
