"""The first day in production: an empty PostgreSQL of its own, and what an operator would type."""

import os
import re
import socketserver
import subprocess
import sys
import threading

import psycopg
import pytest

from tests.ijap.test_checks import GOOD_KEY, REAL
from tests.journeys.conftest import ROOT
from tools.places import thrown_away
from tools.postgres import Cluster

WHO = ["--username=m.eerst", "--first-name=Mo", "--last-name=Eerst", "--email=mo@gemeente.test"]


class Mailbox(socketserver.StreamRequestHandler):
    """A mail server that takes everything and keeps it."""

    kept = []

    def handle(self):
        self.wfile.write(b"220 post\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            self.wfile.write(
                b"354 \r\n" if word == b"DATA" else b"221 \r\n" if word == b"QUIT" else b"250 \r\n"
            )
            if word == b"QUIT":
                return
            if word == b"DATA":
                self.kept.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                self.wfile.write(b"250 \r\n")


@pytest.fixture(scope="module")
def mail_port():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture(scope="module")
def cluster():
    """An empty cluster: no roles of ours, no database."""
    with thrown_away() as away:
        made = Cluster(away, away / "socket", away / "postgres.log")
        made.start()
        yield made
        made.stop()


@pytest.fixture(scope="module")
def production(cluster, mail_port):
    # The second is of the browser that this process may have started.
    ours = ("DATABASE_", "DJANGO_ALLOW_ASYNC_UNSAFE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | {
        "DATABASE_URL": cluster.address("ijap_app").replace("ijap_app@", "ijap_app:een-wachtwoord@"),
        "DATABASE_OWNER_URL": cluster.address("ijap_owner"),
        "DATABASE_POOL": "false",
        "DEBUG": "",
        "DEMO_MODE": "0",
        "PLAIN_STATIC": "",
        "SECRET_KEY": REAL["SECRET_KEY"],
        "FIELD_ENCRYPTION_KEYS": GOOD_KEY,
        "BASE_URL": REAL["BASE_URL"],
        "ALLOWED_HOSTS": ",".join(REAL["ALLOWED_HOSTS"]),
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "FROM_EMAIL": REAL["DEFAULT_FROM_EMAIL"],
        "SECURITY_CONTACT": REAL["SECURITY_CONTACT"],
    }


def run(environment, *command):
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def ask(cluster, sql, database="ijap"):
    with psycopg.connect(cluster.address("postgres", database)) as connection:
        return connection.execute(sql).fetchall()


def link_in(text):
    return re.search(rf"{re.escape(REAL['BASE_URL'])}/welkom/\S+", text)[0]


@pytest.fixture(scope="module")
def lent(production, cluster):
    """The superuser of PostgreSQL, lent for one run."""
    return production | {"DATABASE_SUPERUSER_URL": cluster.address("postgres", "postgres")}


REFUSED = {
    "demo": ({"DEMO_MODE": "1"}, "DEMO_MODE staat aan"),
    "debug": ({"DEBUG": "1"}, "DEBUG staat aan"),
    "no keys": ({"FIELD_ENCRYPTION_KEYS": ""}, "FIELD_ENCRYPTION_KEYS ontbreekt"),
    "no secret": ({"SECRET_KEY": ""}, "SECRET_KEY"),
    "no https": ({"BASE_URL": "http://ijap.gemeente.test"}, "geen https-adres"),
    "no owner": ({"DATABASE_OWNER_URL": ""}, "Zet DATABASE_OWNER_URL"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_refuses_what_is_no_real_site(what, lent, cluster):
    changes, words = REFUSED[what]
    answer = run(lent | changes, "bootstrap", *WHO)
    assert answer.returncode == 1
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr or what == "no secret"


@pytest.fixture(scope="module")
def first_day(lent):
    return run(lent, "bootstrap", *WHO)


def test_from_nothing_to_the_first_beheerder(first_day, cluster, production):
    assert first_day.returncode == 0, first_day.stderr
    assert first_day.stdout.count("✓") == 6, first_day.stdout
    link = link_in(first_day.stdout)
    assert ask(
        cluster, "SELECT username FROM accounts_user WHERE password LIKE '!%' AND username = 'm.eerst'"
    )
    assert link.rsplit("/", 2)[1] not in str(ask(cluster, "SELECT u::text FROM accounts_user u"))
    roles = dict(ask(cluster, "SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname LIKE 'ijap%'"))
    assert roles["ijap_app"] and not roles["ijap_bulk"]
    hashed = ask(cluster, "SELECT rolpassword FROM pg_authid WHERE rolname = 'ijap_app'")[0][0]
    assert hashed.startswith("SCRAM-SHA-256$")


def test_the_mail_was_really_sent(first_day):
    assert any("To: mo@gemeente.test" in mail and "IJAP: proefmail" in mail for mail in Mailbox.kept)
    assert not any("welkom" in mail for mail in Mailbox.kept), (
        "the link is for the screen of the operator alone"
    )


def test_what_it_made_is_found_safe(first_day, production):
    answer = run(production, "check", "--deploy", "--fail-level", "WARNING")
    assert answer.returncode == 0, answer.stderr


def test_a_second_time_changes_nothing_but_the_link(first_day, production, cluster):
    """Without the superuser: the roles are there."""
    count = "SELECT (SELECT count(*) FROM accounts_user), (SELECT count(*) FROM accounts_roleassignment)"
    before = ask(cluster, count)
    answer = run(production, "bootstrap", *WHO)
    assert answer.returncode == 0, answer.stderr
    assert link_in(answer.stdout) != link_in(first_day.stdout)
    assert ask(cluster, count) == before


def test_without_asking_nobody_is_added(first_day, production):
    answer = run(production, "bootstrap", "--no-mail")
    assert answer.returncode == 0, answer.stderr
    assert "geen beheerder gevraagd" in answer.stdout
    assert "/welkom/" not in answer.stdout


def test_half_a_name_is_refused(first_day, production):
    answer = run(production, "bootstrap", "--username=m.half", "--no-mail")
    assert answer.returncode == 1
    assert "--first-name" in answer.stderr


def test_a_role_that_may_too_much_is_refused(first_day, production, cluster):
    cluster.must("-c", "ALTER ROLE ijap_app BYPASSRLS")
    try:
        answer = run(production, "bootstrap", *WHO)
        assert answer.returncode == 1
        assert "ijap_app" in answer.stderr and "postgres-roles.sql" in answer.stderr
    finally:
        cluster.must("-c", "ALTER ROLE ijap_app NOBYPASSRLS")


def test_a_broken_lock_is_refused(first_day, production, cluster):
    cluster.must("-c", "ALTER TABLE cases_youth NO FORCE ROW LEVEL SECURITY", database="ijap")
    try:
        answer = run(production, "bootstrap", *WHO)
        assert answer.returncode == 1
        assert "cases_youth" in answer.stderr
        assert "/welkom/" not in answer.stdout
    finally:
        cluster.must("-c", "ALTER TABLE cases_youth FORCE ROW LEVEL SECURITY", database="ijap")


def test_a_mail_server_that_is_away_is_told_and_the_rest_is_done(first_day, production):
    answer = run(production | {"EMAIL_URL": "smtp://127.0.0.1:9"}, "bootstrap", "--no-mail")
    assert answer.returncode == 0
    answer = run(production | {"EMAIL_URL": "smtp://127.0.0.1:9"}, "bootstrap", *WHO)
    assert answer.returncode == 1
    assert "De proefmail is niet verstuurd" in answer.stderr
    assert "/welkom/" in answer.stdout
