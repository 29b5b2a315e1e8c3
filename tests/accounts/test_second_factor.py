"""A second factor for everybody: at every address, at login, and what one does with it."""

import os
import subprocess
import sys

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ijap.sessions import _SET_IT_UP, _SHOW_IT
from tests.doors import all_doors
from tests.factories.audit import logged
from tests.factories.second_factors import app_of, code_of, recovery_codes_of, secret_of

PASSWORD = "een-lange-zin-van-niemand"


@pytest.fixture(autouse=True)
def not_the_demo(settings):
    settings.DEMO_MODE = False


@pytest.fixture
def member(mentor):
    mentor.set_password(PASSWORD)
    mentor.save()
    return mentor


def first_step(client, username="mentor", **more):
    return client.post("/inloggen/", {"username": username, "password": PASSWORD, **more})


def second_step(client, code):
    return client.post("/inloggen/code/", {"code": code})


# --- at every address -------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["regisseur", "agent", "beheerder", "fg"])
@pytest.mark.parametrize("has_app", [False, True])
def test_without_a_second_factor_every_address_leads_to_it(who, has_app, world):
    person = User.objects.get(username=who)
    if has_app:
        app_of(person)
    client = Client(raise_request_exception=False)
    client.force_login(person, second_factor=False)
    open_doors, wanted = (_SHOW_IT, "/account/bevestigen/") if has_app else (_SET_IT_UP, "/account/")
    tried = 0
    for name, door in all_doors().items():
        if name in open_doors:
            continue
        answer = client.generic(door.method, reverse(name, kwargs=door.kwargs(world)))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (303, wanted), name
        tried += 1
    assert tried > 90


def test_no_door_on_the_doorstep_shows_a_case():
    """What opens without a second factor is of this floor, or says that we are alive."""
    assert {name.split(":")[0] for name in _SHOW_IT | _SET_IT_UP} == {"accounts", "foundation"}
    assert set(all_doors()) >= _SHOW_IT | _SET_IT_UP


def test_only_the_demo_may_do_without(settings):
    for demo, works in (("1", True), ("", False)):
        env = os.environ | {"DEMO_MODE": demo, "MFA_REQUIRED": "0"}
        run = subprocess.run(
            [sys.executable, "-c", "import ijap.settings"], env=env, capture_output=True, text=True
        )
        assert (run.returncode == 0) is works, run.stderr
    assert "MFA_REQUIRED" in run.stderr


# --- logging in ---------------------------------------------------------------------------------------
def test_password_then_code(client, member, fg):
    shows = app_of(member)
    assert first_step(client, next="/account/")["Location"] == "/inloggen/code/"
    assert client.get("/").status_code == 302  # halfway is nowhere
    assert second_step(client, shows())["Location"] == "/account/"
    assert client.get("/").status_code == 200
    (event,) = logged("account.logged_in")
    assert (event.actor_id, event.details["way"]) == (member.pk, ["password", "app"])


def test_the_same_code_twice_is_refused(member, fg):
    shows = app_of(member)
    with time_machine.travel("2026-11-26T12:00:10Z", tick=False):
        code = shows()
        one, two = Client(), Client()
        first_step(one)
        first_step(two)
        assert second_step(one, code).status_code == 302
        assert second_step(two, code).status_code == 400
        assert two.get("/").status_code == 302
    assert [e.actor_id for e in logged("account.code_failed")] == [member.pk]


def test_a_code_of_a_minute_ago_is_too_old(client, member):
    shows = app_of(member)
    with time_machine.travel("2026-11-26T12:00:10Z", tick=False):
        code = shows()
    with time_machine.travel("2026-11-26T12:01:10Z", tick=False):
        first_step(client)
        assert second_step(client, code).status_code == 400


def test_a_recovery_code_works_once(member, fg):
    app_of(member)
    code = recovery_codes_of(member)[3]
    for expected in (302, 400):
        client = Client()
        first_step(client)
        assert second_step(client, code).status_code == expected
    assert code not in recovery_codes_of(member)
    assert logged("account.logged_in")[0].details["way"] == ["password", "recovery_code"]


def test_guessing_codes_stops(client, member):
    shows = app_of(member)
    first_step(client)
    for _ in range(5):
        second_step(client, "000000")
    answer = second_step(client, shows())
    assert answer.status_code == 400
    assert "Wacht vijf minuten" in answer.content.decode()


def test_the_second_step_belongs_to_who_took_the_first(member, agent):
    """Halfway as one, and then the code of another."""
    app_of(member)
    code_of_other = app_of(agent)
    client = Client()
    first_step(client)
    assert second_step(client, code_of_other()).status_code == 400


def test_without_a_first_step_there_is_no_second(client, member):
    shows = app_of(member)
    assert second_step(client, shows())["Location"] == "/inloggen/"
    assert client.get("/").status_code == 302


# --- setting up ---------------------------------------------------------------------------------------
def test_setting_up_an_app_after_the_first_login(client, member, fg):
    first_step(client)
    assert client.get("/")["Location"] == "/account/"
    assert "Stel eerst een tweede stap in" in client.get("/account/").content.decode()
    page = client.get("/account/app/")
    secret = page.context["secret"].replace(" ", "")
    assert client.post("/account/app/", {"code": "000000"}).status_code == 400
    before = client.session.session_key
    assert client.post("/account/app/", {"code": code_of(secret)})["Location"] == "/account/herstelcodes/"
    assert client.session.session_key != before
    assert client.get("/").status_code == 200
    assert len(client.get("/account/herstelcodes/").context["codes"]) == 10
    assert [e.details["way"] for e in logged("account.second_factor_added")] == ["app"]


def test_the_code_of_the_set_up_does_not_log_in_as_well(member):
    with time_machine.travel("2026-11-26T12:00:10Z", tick=False):
        client = Client()
        first_step(client)
        code = code_of(client.get("/account/app/").context["secret"].replace(" ", ""))
        client.post("/account/app/", {"code": code})
        other = Client()
        first_step(other)
        assert second_step(other, code).status_code == 400


def test_the_secret_of_an_app_is_unreadable_in_the_database(member):
    shows = app_of(member)
    stored, meant = secret_of(member)
    assert meant not in stored
    assert code_of(meant) == shows()
    seed = Authenticator.objects.get(user=member, type="recovery_codes").data["seed"]
    assert get_adapter().decrypt(seed) not in seed  # sealed


def test_a_change_ends_the_other_sessions(member):
    mine, other = Client(), Client()
    mine.force_login(member)
    other.force_login(member)
    app_of(member)
    assert mine.post("/account/herstelcodes/").status_code == 200
    assert mine.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_the_last_one_stays_and_another_goes(client, member, fg):
    app_of(member)
    client.force_login(member)
    app = Authenticator.objects.get(user=member, type="totp")
    assert client.post("/account/verwijderen/", {"number": app.pk}).status_code == 409
    Authenticator.objects.create(user=member, type="webauthn", data={"name": "x", "credential": {}})
    assert client.post("/account/verwijderen/", {"number": app.pk}).status_code == 303
    assert [e.details["way"] for e in logged("account.second_factor_removed")] == ["app"]


def test_nobody_touches_what_somebody_else_has(client, member, agent):
    app_of(agent)
    client.force_login(member)
    theirs = Authenticator.objects.get(user=agent, type="totp")
    assert client.post("/account/verwijderen/", {"number": theirs.pk}).status_code == 404
    assert client.post("/account/verwijderen/", {"number": "x" * 9}).status_code == 404
    assert Authenticator.objects.filter(user=agent).count() == 2


def test_a_stolen_password_cannot_add_a_second_factor_of_its_own(client, member):
    """Who has means already must show them first."""
    app_of(member)
    client.force_login(member, second_factor=False)
    for path in ("/account/app/", "/account/passkey/", "/wachtwoord/", "/account/herstelcodes/"):
        assert client.get(path)["Location"].startswith("/account/bevestigen/"), path


# --- once more ------------------------------------------------------------------------------------------
def later(minutes=6):
    import datetime

    return time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=minutes))


def test_a_role_change_asks_once_more_who_you_are(client, beheerder, mentor, fg):
    shows = app_of(beheerder)
    client.force_login(beheerder)
    path = f"/beheer/gebruikers/{mentor.uuid}/rol/"
    assert client.get(path).status_code == 200
    with later():
        answer = client.get(path)
        assert (
            answer["Location"] == f"/account/bevestigen/?next=%2Fbeheer%2Fgebruikers%2F{mentor.uuid}%2Frol%2F"
        )
        assert (
            client.post("/account/bevestigen/", {"way": "code", "code": "123", "next": path}).status_code
            == 400
        )
        sent = {"way": "code", "code": shows(), "next": path}
        assert client.post("/account/bevestigen/", sent)["Location"] == path
        assert client.get(path).status_code == 200
    assert [e.details["way"] for e in logged("account.identity_confirmed")] == ["app"]


def test_what_was_sent_too_late_is_not_done_and_leads_back_to_its_page(client, beheerder, mentor):
    from accounts.models import RoleAssignment

    beheerder.set_password(PASSWORD)
    beheerder.save()
    client.force_login(beheerder)
    held = RoleAssignment.objects.get(user=mentor)
    page = f"/beheer/gebruikers/{mentor.uuid}/"
    with later():
        answer = client.post(
            f"/beheer/rollen/{held.uuid}/beeindigen/", headers={"referer": f"http://testserver{page}"}
        )
        assert answer["Location"].endswith("next=" + page.replace("/", "%2F"))
        sent = {"way": "password", "password": PASSWORD, "next": page}
        assert client.post("/account/bevestigen/", sent)["Location"] == page
        held.refresh_from_db()
        assert held.ended_at is None
        assert client.post(f"/beheer/rollen/{held.uuid}/beeindigen/").status_code == 303


def test_the_way_back_stays_in_our_house(client, member):
    client.force_login(member)
    sent = {"way": "password", "password": PASSWORD, "next": "https://elders.example/"}
    assert client.post("/account/bevestigen/", sent)["Location"] == "/"


def test_guessing_the_password_there_gets_slower_too(client, member):
    client.force_login(member)
    for _ in range(6):
        client.post("/account/bevestigen/", {"way": "password", "password": "fout"})
    answer = client.post("/account/bevestigen/", {"way": "password", "password": PASSWORD})
    assert (answer.status_code, "Wacht" in answer.content.decode()) == (400, True)
