"""Getting in and out: the same answer to every stranger, a new session for every friend."""

import re

import pytest
from django.test import Client

from accounts.models import User
from tests.factories.audit import logged

PASSWORD = "een-lange-zin-van-niemand"


@pytest.fixture(autouse=True)
def plain_login_page(settings):
    """The first step alone; the second is in test_second_factor.py."""
    settings.DEMO_MODE = settings.MFA_REQUIRED = False


@pytest.fixture
def member(mentor):
    mentor.set_password(PASSWORD)
    mentor.save()
    return mentor


def log_in(client, username="mentor", password=PASSWORD, **more):
    return client.post("/inloggen/", {"username": username, "password": password, **more})


def test_the_right_password_opens_and_is_written_down(client, member, fg):
    answer = log_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    (event,) = logged("account.logged_in")
    assert event.actor_id == member.pk


def test_strangers_all_get_the_same_answer(client, member, agent, fg):
    agent.set_password(PASSWORD)
    agent.is_active = False
    agent.save()
    answers = {
        _without_secrets(log_in(client, username=name, password=password), name)
        for name, password in (
            ("niemand", PASSWORD),
            ("mentor", "fout"),
            ("agent", PASSWORD),
            ("agent", "fout"),
        )
    }
    assert len(answers) == 1
    assert next(iter(answers))[0] == 400
    events = logged("account.login_failed")
    assert len(events) == 4
    assert {(e.actor_id, e.outcome, str(e.details)) for e in events} == {(None, "failed", "{}")}


def _without_secrets(answer, name):
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return answer.status_code, body.replace(f'value="{name}"', "")


def test_every_stranger_costs_one_password_check(client, member, agent, monkeypatch):
    """The time of an answer is that of the hasher: it runs once, whoever is asked for."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    runs = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, **k: runs.append(1) or encode(*a, **k))
    counts = []
    for name in ("niemand", "mentor", "agent"):
        if name == "agent":
            agent.set_password("iets anders hier")
            User.objects.filter(pk=agent.pk).update(is_active=False, password=agent.password)
        runs.clear()
        log_in(client, username=name, password="fout")
        counts.append(len(runs))
    assert counts == [1, 1, 1]


def test_an_empty_form_is_no_attempt(client, member, fg):
    answer = client.post("/inloggen/", {})
    assert answer.status_code == 400
    assert "Vul uw gebruikersnaam in." in answer.content.decode()
    assert logged("account.login_failed") == []


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/logboek/?soort=x", "/logboek/?soort=x"),
        ("https://elders.example/", "/"),
        ("//elders.example/", "/"),
        ("\\\\elders.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_after_logging_in_one_stays_in_our_house(client, member, wanted, goes_to):
    assert log_in(client, next=wanted)["Location"] == goes_to


def test_the_session_gets_a_new_key_at_login(client, member):
    client.get("/inloggen/?next=/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    log_in(client)
    assert client.session.session_key != before


def test_a_name_may_begin_with_a_capital_as_phones_do(client, member):
    assert log_in(client, username="Mentor").status_code == 302


def test_logging_out_ends_the_session_and_clears_the_browser(client, member, fg):
    log_in(client)
    old = client.cookies.output()
    answer = client.post("/uitloggen/")
    assert answer.status_code == 303
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "U bent uitgelogd" in client.get(answer["Location"]).content.decode()
    stale = Client()
    stale.cookies.load(old.replace("Set-Cookie: ", ""))
    assert stale.get("/").status_code == 302
    assert [e.actor_id for e in logged("account.logged_out")] == [member.pk]


@pytest.mark.parametrize("path", ["/inloggen/", "/uitloggen/", "/wachtwoord/"])
def test_a_form_from_elsewhere_is_refused(path, member):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)
    assert strict.post(path, {"username": "mentor", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize(
    ("method", "path"), [("get", "/uitloggen/"), ("put", "/wachtwoord/"), ("delete", "/")]
)
def test_a_wrong_method_gets_a_dutch_page(client, member, method, path):
    client.force_login(member)
    answer = getattr(client, method)(path)
    assert answer.status_code == 405
    assert "Dit kan zo niet" in answer.content.decode()


def test_a_disabled_user_is_nobody_at_the_next_request(client, member):
    log_in(client)
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert client.get("/").status_code == 302


# --- a password of one's own ----------------------------------------------------------------------
NEW = "nog-een-langere-zin-van-niemand"


def change(client, old=PASSWORD, new=NEW, again=None):
    return client.post(
        "/wachtwoord/", {"old_password": old, "new_password1": new, "new_password2": again or new}
    )


def test_a_new_password_ends_the_other_sessions(client, member, fg):
    other = Client()
    log_in(other)
    log_in(client)
    assert change(client).status_code == 303
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302
    assert log_in(Client(), password=NEW).status_code == 302
    assert [e.subject_id for e in logged("account.password_changed")] == [member.pk]


@pytest.mark.parametrize(
    ("old", "new", "again", "why"),
    [
        ("fout", NEW, NEW, "niet uw huidige wachtwoord"),
        (PASSWORD, "kort-wachtwrd", "kort-wachtwrd", "15 tekens"),
        (PASSWORD, NEW, NEW + "x", "niet gelijk"),
    ],
)
def test_a_password_that_will_not_do(client, member, old, new, again, why):
    log_in(client)
    answer = change(client, old, new, again)
    assert answer.status_code == 400
    assert why in answer.content.decode()
    assert log_in(Client()).status_code == 302


def test_with_a_temporary_password_one_can_only_replace_it(client, jongerenwerker):
    jongerenwerker.set_password(PASSWORD)
    jongerenwerker.is_password_temporary = True
    jongerenwerker.save()
    assert jongerenwerker.session_keys() == []
    assert log_in(client, "jongerenwerker")["Location"] == "/wachtwoord/"
    home = client.get("/").content.decode()
    assert "Kies eerst een eigen wachtwoord" in home
    assert 'href="/overleg/"' not in home
    change(client)
    assert User.objects.get(pk=jongerenwerker.pk).session_keys() != []
    assert "Kies eerst" not in client.get("/").content.decode()


# --- the demo -------------------------------------------------------------------------------------
def test_the_roles_of_the_demo_stand_on_the_login_page_of_the_demo_only(client, db, settings):
    settings.DEMO_MODE = True
    assert "Kies een rol" in client.get("/inloggen/").content.decode()
    settings.DEMO_MODE = False
    page = client.get("/inloggen/").content.decode()
    assert "Kies een rol" not in page
    assert "fictief-parkstad" not in page
