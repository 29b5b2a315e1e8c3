"""`check --deploy`: each question is asked of a sound site, and of one that was broken in just that way."""

import base64
import json
import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import connections

from foundation.scope import protected_tables
from ijap.checks import TAG, database, keys, site
from tests.conftest import as_superuser
from tests.factories.certificates import certificate
from tests.journeys.conftest import ROOT, _databases

GOOD_KEY = base64.b64encode(bytes(range(32))).decode()
OTHER_KEY = base64.b64encode(bytes(range(100, 132))).decode()
REAL = {
    "DEBUG": False,
    "DEMO_MODE": False,
    "MFA_REQUIRED": True,
    "SECRET_KEY": "hG7-kT2_pQ9wLx4mZr8vNc1bYd6sJf3aUe5iOo0KqWtXzB5uMn8V",
    "FIELD_ENCRYPTION_KEYS": [GOOD_KEY, OTHER_KEY],
    "BASE_URL": "https://ijap.gemeente.test",
    "ALLOWED_HOSTS": ["ijap.gemeente.test", "localhost"],
    "SESSION_COOKIE_NAME": "__Host-session",
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_HSTS_SECONDS": 63_072_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DEFAULT_FROM_EMAIL": "ijap@gemeente.test",
    "SECURITY_CONTACT": "mailto:beveiliging@gemeente.test",
}


@pytest.fixture
def real(settings):
    for name, value in REAL.items():
        setattr(settings, name, value)
    return settings


def told(problems):
    for problem in problems:
        assert problem.hint and problem.msg
    return {problem.id for problem in problems}


# --- settings -------------------------------------------------------------------------------------
def test_a_sound_site_has_no_problems(real):
    assert told([*site.problems(), *keys.problems()]) == set()


BROKEN = {
    "DEBUG": (True, "ijap.E001"),
    "DEMO_MODE": (True, "ijap.E002"),
    "MFA_REQUIRED": (False, "ijap.E003"),
    "BASE_URL": ("http://ijap.gemeente.test", "ijap.E010"),
    "BASE_URL, here": ("https://localhost:8000", "ijap.E010"),
    "BASE_URL, another": ("https://elders.test", "ijap.E011"),
    "ALLOWED_HOSTS": (["*", "ijap.gemeente.test"], "ijap.E012"),
    "ALLOWED_HOSTS, all below": ([".gemeente.test", "ijap.gemeente.test"], "ijap.E012"),
    "SESSION_COOKIE_SECURE": (False, "ijap.E020"),
    "SESSION_COOKIE_HTTPONLY": (False, "ijap.E020"),
    "SESSION_COOKIE_NAME": ("session", "ijap.E020"),
    "CSRF_COOKIE_SECURE": (False, "ijap.E020"),
    "SECURE_HSTS_SECONDS": (3600, "ijap.E021"),
    "CELERY_TASK_SERIALIZER": ("pickle", "ijap.E030"),
    "CELERY_ACCEPT_CONTENT": (["json", "pickle"], "ijap.E030"),
    "EMAIL_BACKEND": ("django.core.mail.backends.console.EmailBackend", "ijap.E040"),
    "DEFAULT_FROM_EMAIL": ("ijap@example.nl", "ijap.E041"),
    "SECURITY_CONTACT": ("mailto:beveiliging@example.nl", "ijap.E041"),
    "OPENED_SOON": (100_000, "ijap.W050"),
    "SEARCHED_DAY": (0, "ijap.W050"),
    "SECRET_KEY": ("kort", "ijap.E060"),
    "SECRET_KEY, made up": ("a" * 60, "ijap.E060"),
    "FIELD_ENCRYPTION_KEYS": ([], "ijap.E061"),
    "FIELD_ENCRYPTION_KEYS, twice": ([GOOD_KEY, GOOD_KEY], "ijap.E062"),
    "FIELD_ENCRYPTION_KEYS, short": ([base64.b64encode(b"x" * 16).decode()], "ijap.E063"),
    "FIELD_ENCRYPTION_KEYS, zeros": ([base64.b64encode(bytes(32)).decode()], "ijap.E063"),
    "FIELD_ENCRYPTION_KEYS, no base64": (["geen sleutel"], "ijap.E063"),
    "SIGNING_CERTIFICATE": (certificate()[0], "ijap.E065"),
    "SIGNING_KEY": (certificate()[1], "ijap.E065"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_wrong_setting_is_told(what, real):
    value, number = BROKEN[what]
    setattr(real, what.split(",")[0], value)
    assert told([*site.problems(), *keys.problems()]) == {number}


@pytest.mark.parametrize(("days", "found"), [(60, set()), (20, {"ijap.W066"}), (-1, {"ijap.W066"})])
def test_a_certificate_that_is_nearly_over_is_told(real, days, found):
    real.SIGNING_CERTIFICATE, real.SIGNING_KEY = certificate(days)
    assert told(keys.problems()) == found


def test_the_keys_of_the_demo_are_known(real, tmp_path):
    (tmp_path / ".local").mkdir()
    (tmp_path / ".local" / "secret-key").write_text(real.SECRET_KEY)
    (tmp_path / ".local" / "field-keys").write_text(f"{OTHER_KEY}\n")
    real.BASE_DIR = tmp_path
    problems = keys.problems()
    assert told(problems) == {"ijap.E064"}
    assert [p.msg.split(" ")[0] for p in problems] == ["SECRET_KEY", "FIELD_ENCRYPTION_KEYS"]


# --- the database ---------------------------------------------------------------------------------
IN_TESTS = {"ijap.E112", "ijap.E114"}  # ijap_bulk fills the test databases, and they are not made to last


def test_a_sound_database_has_no_problems(db):
    assert told(database.problems()) == IN_TESTS


BREAK = {
    103: ["ALTER TABLE cases_youth DISABLE ROW LEVEL SECURITY"],
    "103, not forced": ["ALTER TABLE cases_youth NO FORCE ROW LEVEL SECURITY"],
    "103, the log": ["ALTER TABLE audit_event DISABLE ROW LEVEL SECURITY"],
    104: ["DROP POLICY readers_only ON cases_signal"],
    105: ["CREATE POLICY handy ON cases_signal TO ijap_app USING (true)"],
    "105, for everybody": ["CREATE POLICY handy ON cases_signal FOR SELECT USING (made_at > '1900-01-01')"],
    106: ["ALTER TABLE access_participation DISABLE TRIGGER moved"],
    "106, the log": ["ALTER TABLE audit_event DISABLE TRIGGER never_changed"],
    "106, for replicas only": ["ALTER TABLE access_compartment ENABLE REPLICA TRIGGER start"],
    107: ["DROP TRIGGER take_readers ON cases_youth"],
    "107, following": ["DROP TRIGGER cases_case_follow ON access_compartment"],
    108: ["DROP TRIGGER never_emptied ON audit_event_rest"],
    109: ["CREATE VIEW names AS SELECT first_name FROM cases_youth"],
    "109, kept": ["CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM cases_youth"],
    110: ["ALTER FUNCTION cases_find_youths(text, date[], text[]) RESET ALL"],
    111: ["ALTER FUNCTION cases_find_youths(text, date[], text[]) OWNER TO ijap_owner"],
    "102 115": ["ALTER TABLE cases_youth OWNER TO ijap_app"],
    115: ["GRANT DELETE ON cases_youth TO ijap_app"],
    113: [
        "ALTER TABLE accounts_user DROP CONSTRAINT user_never_superuser",
        "UPDATE accounts_user SET is_superuser = true WHERE username = 'beheerder'",
    ],
    121: ["DELETE FROM django_migrations WHERE app = 'cases'"],
}


@pytest.mark.parametrize("what", BREAK, ids=str)
def test_a_broken_lock_is_told(what, committed_db):
    as_superuser(*BREAK[what], database=committed_db)
    numbers = str(what).split(",")[0].split()
    wanted = {f"ijap.E{number}" for number in numbers}
    assert told(database.problems()) - IN_TESTS == wanted


def test_the_message_names_what_is_wrong(committed_db):
    as_superuser("ALTER TABLE audit_event DISABLE TRIGGER never_changed", database=committed_db)
    [message] = [m for m in database.problems() if m.id == "ijap.E106"]
    assert "audit_event.never_changed" in message.msg
    assert "verify_audit" in message.hint


@pytest.mark.parametrize(("alias", "number"), [("bulk", "ijap.E101"), ("owner", "ijap.E102")])
def test_a_role_that_may_too_much_is_told(alias, number, committed_db):
    assert number in told(database.problems(using=alias))


def test_a_superuser_is_told(committed_db, django_db_blocker):
    before = dict(connections.settings["bulk"])
    connections["bulk"].close()
    connections.settings["bulk"]["USER"] = "postgres"
    connections["bulk"].settings_dict["USER"] = "postgres"
    try:
        assert {"ijap.E101", "ijap.E102"} <= told(database.problems(using="bulk"))
    finally:
        connections["bulk"].close()
        connections["bulk"].settings_dict["USER"] = before["USER"]


@pytest.mark.parametrize(("number", "is_old"), [(150_013, True), (150_014, False), (160_009, True), (140_020, True),
                                                (190_001, False)])  # fmt: skip
def test_an_old_postgresql_is_told(number, is_old, db, monkeypatch):
    monkeypatch.setitem(connections["default"].__dict__, "pg_version", number)
    assert ("ijap.E120" in told(database.problems())) == is_old


def test_without_a_database_that_is_what_is_told(settings, monkeypatch):
    from django.db import OperationalError

    def away(using="default"):
        raise OperationalError("gone")

    monkeypatch.setattr(database, "problems", away)
    assert "ijap.E100" in told(run_checks(tags=[TAG], include_deployment_checks=True))


def test_the_questions_are_about_every_table_that_must_be_locked():
    listed = {m._meta.db_table for m in apps.get_models() if getattr(m, "is_listed", False)}
    assert {"cases_youth", "cases_signal", "access_compartment"} <= listed <= protected_tables()
    wanted = database.wanted_triggers()
    assert {(table, "take_readers") for table in listed - {"access_compartment"}} <= wanted


# --- the command and the start --------------------------------------------------------------------
def real_environment(name):
    """As an operator would set it, with the databases of this test."""
    return {
        **os.environ,
        "DJANGO_ALLOW_ASYNC_UNSAFE": "",  # of the browser that this process may have started
        **_databases(name),
        "DEBUG": "",
        "DEMO_MODE": "0",
        "PLAIN_STATIC": "",
        "SECRET_KEY": REAL["SECRET_KEY"],
        "FIELD_ENCRYPTION_KEYS": f"{GOOD_KEY},{OTHER_KEY}",
        "BASE_URL": REAL["BASE_URL"],
        "ALLOWED_HOSTS": ",".join(REAL["ALLOWED_HOSTS"]),
        "EMAIL_URL": "smtp://localhost:2525",
        "FROM_EMAIL": REAL["DEFAULT_FROM_EMAIL"],
        "SECURITY_CONTACT": REAL["SECURITY_CONTACT"],
    }


def run(environment, *command):
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_the_command_tells_it_in_dutch(committed_db):
    answer = run(real_environment(committed_db), "manage.py", "check", "--deploy")
    found = {
        line.split(")")[0].split("(")[1] for line in answer.stderr.splitlines() if line.startswith("?: (")
    }
    assert found == IN_TESTS, answer.stderr
    assert answer.returncode == 1
    assert "Met deze rol kan men inloggen en alle rijen zien" in answer.stderr


def test_the_command_tells_what_is_wrong_with_the_demo(committed_db):
    answer = run({**os.environ, **_databases(committed_db)}, "manage.py", "check", "--deploy")
    assert answer.returncode == 1
    assert "DEMO_MODE staat aan" in answer.stderr


START = "import ijap.wsgi"
REFUSED = {
    "debug": ({"DEBUG": "1"}, "DEBUG staat aan"),
    "no keys": ({"FIELD_ENCRYPTION_KEYS": ""}, "FIELD_ENCRYPTION_KEYS ontbreekt"),
    "weak secret": ({"SECRET_KEY": "geheim"}, "SECRET_KEY is te kort"),
    "owner": ({"DATABASE_URL": "DATABASE_OWNER_URL"}, "eigenaar van tabellen"),
    "past the lock": ({"DATABASE_URL": "DATABASE_BULK_URL"}, "langs de rijbeveiliging"),
    "no database": ({"DATABASE_URL": "postgres://ijap_app@/ijap?host=/nergens"}, "geen antwoord"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_web_process_does_not_start_unsafe(what, committed_db):
    changes, words = REFUSED[what]
    environment = real_environment(committed_db)
    environment |= {name: environment.get(value, value) for name, value in changes.items()}
    answer = run(environment | {"START_SECONDS": "0"}, "-c", START)
    assert answer.returncode != 0
    assert words in answer.stderr, answer.stderr[-2000:]


def test_the_web_process_starts_when_it_is_safe(committed_db):
    answer = run(real_environment(committed_db), "-c", START)
    assert answer.returncode == 0, answer.stderr[-2000:]


def test_secrets_may_come_from_files(committed_db, tmp_path):
    environment = real_environment(committed_db)
    for name in ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "DATABASE_URL"):
        path = tmp_path / name
        path.write_text(environment.pop(name) + "\n")
        environment[f"{name}_FILE"] = str(path)
    show = (
        "import django, json; django.setup(); from django.conf import settings as s;"
        "print(json.dumps([s.SECRET_KEY, s.FIELD_ENCRYPTION_KEYS, s.DATABASES['default']['NAME']]))"
    )
    answer = run(environment | {"DJANGO_SETTINGS_MODULE": "ijap.settings"}, "-c", show)
    assert json.loads(answer.stdout) == [REAL["SECRET_KEY"], [GOOD_KEY, OTHER_KEY], committed_db]
