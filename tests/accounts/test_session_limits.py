"""How long somebody is there, and what ends it at once."""

import datetime

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts import operations
from accounts.models import RoleAssignment, User
from accounts.roles import Level, Role
from tests.factories.audit import logged

PASSWORD = "een-lange-zin-van-niemand"
NOON = datetime.datetime(2026, 11, 26, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def after(clock, minutes):
    clock.move_to(NOON + datetime.timedelta(minutes=minutes))


# --- the two clocks ---------------------------------------------------------------------------------
def test_twenty_minutes_of_nobody_ends_it(client, mentor, fg, clock):
    client.force_login(mentor)
    for minutes, is_there in ((0, True), (19, True), (38, True), (59, False)):
        after(clock, minutes)
        assert (client.get("/").status_code == 200) is is_there, minutes
    assert [(e.actor_id, e.details["reason"]) for e in logged("account.session_ended")] == [
        (mentor.pk, "idle")
    ]
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("path", ["/sessie/", "/gezond/"])
def test_what_a_page_asks_by_itself_keeps_nobody_there(client, mentor, clock, path):
    client.force_login(mentor)
    client.get("/")
    for minutes in (5, 10, 15, 19):
        after(clock, minutes)
        assert client.get(path).status_code == 200
    after(clock, 21)
    assert client.get("/").status_code == 302


def test_polling_the_progress_of_a_document_keeps_nobody_there(world, client_of, clock):
    client = client_of("regisseur")
    assert client.get("/").status_code == 200
    after(clock, 15)
    assert client.get(f"/taken/{world.job.uuid}/").status_code == 200
    after(clock, 21)
    assert client.get("/").status_code == 302


def test_nine_hours_end_it_whatever_happens(client, mentor, fg, clock):
    client.force_login(mentor)
    for minutes in range(0, 9 * 60, 15):
        after(clock, minutes)
        assert client.get("/").status_code == 200, minutes
    after(clock, 9 * 60)
    assert client.get("/").status_code == 302
    assert [e.details["reason"] for e in logged("account.session_ended")] == ["too_long"]


def test_staying_logged_in_is_asked_and_counted(client, mentor, clock):
    client.force_login(mentor)
    client.get("/")
    after(clock, 18)
    assert client.get("/sessie/").json() == {"seconds": 120}
    assert client.post("/sessie/verlengen/").json() == {"seconds": 1200}
    after(clock, 37)
    assert client.get("/").status_code == 200
    assert Client().get("/sessie/").json() == {"seconds": 0}


# --- what ends it at once -----------------------------------------------------------------------------
def give_role(user, by):
    operations.roles.assign(
        key="5b0d4f5e-9a35-4bb6-a0a2-2c9a0e9d1c11", user=user, role=Role.DEELNEMER, level=Level.JPP, by=by
    )


ENDS = {
    "disabled": lambda user, by: operations.users.disable(user=user, by=by),
    "password": lambda user, by: operations.passwords.change(user=user, password="x" * 20, by=user),
    "password reset": lambda user, by: operations.passwords.reset(user=user, by=by),
    "role given": give_role,
    "role ended": lambda user, by: operations.roles.end(
        assignment=RoleAssignment.objects.get(user=user), by=by
    ),
    "second factors reset": lambda user, by: operations.second_factors.reset(user=user, by=by),
}


@pytest.mark.parametrize("what", ENDS)
def test_other_browsers_end_up_at_the_login_page(what, mentor, beheerder, fg):
    theirs = Client()
    theirs.force_login(mentor)
    assert theirs.get("/").status_code == 200
    ENDS[what](User.objects.get(pk=mentor.pk), beheerder)
    answer = theirs.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/inloggen/?next=/")
    assert [e.subject_id for e in logged("account.sessions_ended")] == [mentor.pk]


def test_nobody_else_is_logged_out_by_it(mentor, agent, beheerder):
    theirs = Client()
    theirs.force_login(agent)
    give_role(mentor, beheerder)
    assert theirs.get("/").status_code == 200


# --- the list -------------------------------------------------------------------------------------------
@pytest.fixture
def two_browsers(mentor, settings):
    settings.MFA_REQUIRED = False
    mentor.set_password(PASSWORD)
    mentor.save()
    found = []
    for agent in ("Mozilla/5.0 (Windows NT 10.0) Chrome/140", "Mozilla/5.0 (iPhone) Version/18 Safari/604"):
        client = Client(headers={"user-agent": agent})
        client.post("/inloggen/", {"username": "mentor", "password": PASSWORD})
        found.append(client)
    return found


def test_one_sees_where_one_is_logged_in_and_ends_it(two_browsers, mentor, fg):
    here, there = two_browsers
    page = here.get("/account/sessies/").content.decode()
    assert "Chrome op Windows" in page
    assert "Safari op een iPhone" in page
    other = UserSession.objects.exclude(session_key=here.session.session_key).get(user=mentor)
    assert here.post("/account/sessies/beeindigen/", {"number": other.pk}).status_code == 303
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert [e.details["reason"] for e in logged("account.session_ended")] == ["by_user"]


def test_logging_out_everywhere_is_here_too(two_browsers):
    here, there = two_browsers
    assert here.post("/account/sessies/beeindigen/", {"number": "all"})["Location"] == "/inloggen/?uitgelogd"
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 302


def test_the_session_of_somebody_else_is_not_there(two_browsers, agent):
    client = Client()
    client.force_login(agent)
    theirs = UserSession.objects.first()
    assert client.post("/account/sessies/beeindigen/", {"number": theirs.pk}).status_code == 404


# --- after a lost session ---------------------------------------------------------------------------------
def test_a_button_pressed_after_logging_out_leads_back_to_its_page(client, db):
    """The address of a button cannot be opened: logging in must not end there."""
    answer = client.post("/uitloggen/", headers={"referer": "http://testserver/acties/?van=mij"})
    assert answer["Location"] == "/inloggen/?next=/acties/%3Fvan%3Dmij"
    assert client.post("/uitloggen/")["Location"] == "/inloggen/?next=/"
    elsewhere = client.post("/uitloggen/", headers={"referer": "https://elders.example/x"})
    assert elsewhere["Location"] == "/inloggen/?next=/"


def test_a_part_of_a_page_sends_the_whole_page_to_log_in(client, db):
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/acties/"}
    answer = client.get("/signalen/", headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/inloggen/?next=/acties/")


def test_a_part_that_was_sent_stays_on_its_page(client, db):
    """Guard: another page would take away what was typed beside it. The browser says it (static/js/refusals.js)."""
    answer = client.post("/signalen/", headers={"hx-request": "true"})
    assert answer.status_code == 401 and "HX-Redirect" not in answer.headers
