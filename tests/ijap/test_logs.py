"""What is written down when it goes wrong, and what is not."""

import logging
import re

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.urls import include, path

from accounts.models import Partner, User
from audit.models import Event
from foundation.scope import acting_as
from ijap import logs
from tests.factories.access import compartment

WORDS = "Sem Fictief woont op de Proefweg"


def broken(request):
    raise ValueError(WORDS)


def twice(request):
    User.objects.create(username="agent", first_name=WORDS, partner=request.user.partner)


def changes(request):
    compartment(by=request.user)
    Partner.objects.filter(short_name="JENS").update(name="Anders")
    raise ValueError(WORDS)


urlpatterns = [
    path("", include("ijap.urls")),
    path("stuk/", broken, name="broken"),
    path("dubbel/", twice, name="twice"),
    path("half/", changes, name="changes"),
]
handler500 = "ijap.errors.server_error"
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def me(regisseur):
    client = Client(raise_request_exception=False)
    client.force_login(regisseur)
    return client


@pytest.fixture
def lines():
    """What goes to standard output, as it does in real use: without words."""
    written = []

    class Keeper(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    keeper = Keeper()
    keeper.setFormatter(logs.LineFormatter("{levelname} {name} {reference} {message}"))
    logging.getLogger().addHandler(keeper)
    yield written
    logging.getLogger().removeHandler(keeper)


def test_the_reference_on_the_page_stands_in_the_log(me, lines):
    answer = me.get("/stuk/")
    shown = re.search(r"<code>([0-9a-f]{8})</code>", answer.content.decode())[1]
    [line] = [line for line in lines if "Internal Server Error" in line]
    assert line.startswith(f"ERROR django.request {shown} Internal Server Error: /stuk/")
    assert "test_logs.py" in line and "in broken" in line and "builtins.ValueError" in line


def test_no_words_of_a_person_are_written_down(me, lines):
    assert me.get("/stuk/").status_code == 500
    assert me.get("/dubbel/").status_code == 409
    written = "\n".join(lines)
    assert "Fictief" not in written and "Proefweg" not in written
    assert "23505 accounts_user accounts_user_username_key" in written


def test_what_postgresql_quotes_is_left_out(db, lines):
    """A broken constraint makes PostgreSQL show the whole row."""
    sql = "INSERT INTO accounts_partner (uuid, name) VALUES (gen_random_uuid(), %s)"
    with pytest.raises(IntegrityError, match="Proefweg") as caught, transaction.atomic():
        connection.cursor().execute(sql, [WORDS])
    logging.getLogger("proof").error("Mislukt.", exc_info=caught.value)
    assert "23502 accounts_partner" in lines[-1]
    assert "Proefweg" not in lines[-1]


def test_words_of_a_failed_task_are_left_out(lines):
    logging.getLogger("celery.app.trace").error("Task %(name)s raised: %(exc)s", {"name": "x", "exc": WORDS})
    assert lines[-1].endswith("Task x raised: …")
    assert "Fictief" not in lines[-1]


def test_with_made_up_data_the_words_stay():
    try:
        raise ValueError(WORDS)
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 1, "Mis", None, (type(error), error, error.__traceback__)
        )
    assert WORDS in logs.LineFormatter("{message}", words=True).format(record)
    assert WORDS not in logs.LineFormatter("{message}").format(record)


def test_a_line_of_a_stranger_stays_one_line(me, lines):
    me.get("/weg%0d%0aERROR%20nep/")
    assert all("\nERROR nep" not in line for line in lines)


def test_what_went_wrong_is_undone(me, regisseur):
    from access.models import Compartment

    assert me.get("/half/").status_code == 500
    assert not Partner.objects.filter(name="Anders").exists()
    with acting_as(regisseur):
        assert not Compartment.objects.exists()


# --- when the log cannot be written ---------------------------------------------------------------
@pytest.fixture
def log_closed(committed_db):
    """The application may no longer write in the log."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("REVOKE INSERT ON audit_event FROM ijap_app")


def test_without_the_log_nothing_is_shown(log_closed, me, lines):
    answer = me.get("/dossiers/")
    assert answer.status_code == 503
    assert "Wij kunnen nu niet vastleggen wie wat ziet" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert "Fictief" not in answer.content.decode()
    assert any(line.startswith("CRITICAL ijap.middleware") for line in lines)


def test_without_the_log_a_refusal_is_none_either(log_closed, me):
    assert me.get("/beheer/").status_code == 503


def test_without_the_log_nobody_logs_in(log_closed, committed_db):
    agent = User.objects.get(username="agent")
    agent.set_password("een-lang-wachtwoord-voor-de-proef")
    agent.save()
    client = Client(raise_request_exception=False)
    answer = client.post("/inloggen/", {"username": "agent", "password": "een-lang-wachtwoord-voor-de-proef"})
    assert answer.status_code == 503
    assert client.get("/").status_code == 302
    assert client.post("/inloggen/", {"username": "agent", "password": "mis"}).status_code == 503


def test_without_the_log_nothing_is_changed(log_closed):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="beheerder"))
    jens = Partner.objects.get(short_name="JENS")
    answer = client.post(f"/beheer/organisaties/{jens.uuid}/stoppen/")
    assert answer.status_code in (409, 503)
    jens.refresh_from_db()
    assert jens.closed_at is None


def test_the_log_of_the_proof_is_otherwise_open(committed_db, me, fg):
    assert me.get("/dossiers/").status_code == 200
    with acting_as(fg):
        assert Event.objects.filter(kind="case.listed").exists()
