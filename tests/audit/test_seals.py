"""The chain of seals: made once a minute, over everything that is finished, by nobody but the database."""

import threading
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from accounts.events import AccountEvent
from audit import operations
from audit.log import record
from audit.models import Seal
from audit.seals import newest
from tests.conftest import SUPERUSER
from tests.factories.seals import ask, let_others_end, problems, seal, write, written_and_sealed


def verify(**options):
    said = StringIO()
    call_command("verify_audit", stdout=said, **options)
    return said.getvalue()


def test_what_is_written_is_sealed_once_and_found_intact(committed_db):
    written_and_sealed(seals=2)
    assert seal() == 0, "nothing new, no seal"
    assert [s.rows for s in Seal.objects.order_by("number")] == [4, 3]
    assert "ongeschonden" in verify()


def test_an_empty_log_is_intact(committed_db):
    assert seal() == 0
    assert "ongeschonden" in verify()


def test_a_seal_holds_at_most_so_many_rows_but_never_half_a_transaction(committed_db):
    write(4)
    with transaction.atomic():
        for _ in range(5):
            record(AccountEvent.LOGIN_FAILED, by=None)
    write(2)
    let_others_end()
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal_now(2)")
    assert [s.rows for s in Seal.objects.order_by("number")] == [2, 2, 5, 2]
    assert problems() == ""


def test_a_row_of_a_transaction_that_still_runs_waits_for_a_later_seal(committed_db):
    with psycopg.connect(SUPERUSER, dbname=committed_db) as held:
        held.execute("SET ROLE ijap_bulk")
        held.execute("SELECT pg_current_xact_id()")
        write(2)
        assert operations.seal(by=None) == 0
        held.commit()
    assert seal() == 1
    assert Seal.objects.get().rows == 2


def test_under_writers_and_two_held_transactions_no_row_is_missed(committed_db):
    """Sealing goes on all the time; in the end every row is in exactly one seal."""
    stop, written = threading.Event(), []

    def write_on():
        count = 0
        try:
            while not stop.is_set():
                with transaction.atomic():
                    record(AccountEvent.LOGIN_FAILED, by=None)
                count += 1
        finally:
            written.append(count)
            connections.close_all()

    def hold():
        try:
            with transaction.atomic():
                record(AccountEvent.LOGIN_FAILED, by=None)
                stop.wait(3)
                record(AccountEvent.LOGIN_FAILED, by=None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for work in (write_on,) * 4 + (hold,) * 2]
    for thread in threads:
        thread.start()
    for _ in range(20):
        operations.seal(by=None)
        stop.wait(0.1)
    stop.set()
    for thread in threads:
        thread.join(timeout=30)
    seal()
    sealed = sum(s.rows for s in Seal.objects.all())
    assert sealed == sum(written) + 4
    assert sealed == ask(committed_db, "SELECT count(*) FROM audit_event")
    assert problems() == ""


def test_two_clocks_that_seal_at_once_make_one_chain(committed_db):
    write(50)
    begin = threading.Barrier(3)

    def run():
        begin.wait(timeout=10)
        seal()
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert Seal.objects.count() == 1
    assert problems() == ""


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_seal SELECT * FROM audit_seal",
        "UPDATE audit_seal SET rows = 0",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_seal",
        "SELECT audit_add_seal(s) FROM audit_seal s",
        "SELECT audit_close_month('2015-01-01')",
    ],
)
def test_the_application_makes_seals_through_the_function_only(committed_db, statement):
    written_and_sealed(seals=1)
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_seal SET rows = 0", "DELETE FROM audit_seal", "TRUNCATE audit_seal"]
)
def test_the_owner_changes_no_seal(committed_db, statement):
    written_and_sealed(seals=1)
    with pytest.raises(DatabaseError, match="never changed"), connections["owner"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "clock_timestamp() - interval '1 hour'"),
        ("transaction_id", "3"),
        ("at", "clock_timestamp() + interval '1 hour'"),
    ],
)
def test_the_application_cannot_date_a_row_back(committed_db, column, value):
    values = {"at": "clock_timestamp()", "transaction_id": "pg_current_xact_id()::text::bigint"} | {
        column: value
    }
    sql = (
        "INSERT INTO audit_event (at, transaction_id, kind, outcome, actor_role, subject_type, youth_ids, data_classes,"
        f" ground, recipients, session_hash, details) VALUES ({values['at']}, {values['transaction_id']}, 'log.read',"
        " 'done', '', '', '{}', '{}', '', '{}', '', '{}')"
    )
    with pytest.raises(DatabaseError, match="row-level security"), connection.cursor() as cursor:
        cursor.execute(sql)


def test_since_skips_what_is_older_and_still_checks_the_rest(committed_db):
    written_and_sealed(seals=3)
    second = Seal.objects.get(number=2)
    assert "6 regels in 2 zegels" in verify(since=second.sealed_at.isoformat())


def test_the_anchor_goes_to_a_file_a_mailbox_and_the_log(committed_db, tmp_path, settings, mailoutbox):
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "ankers.txt")
    settings.AUDIT_ANCHOR_MAIL = "fg@example.nl"
    written_and_sealed()
    operations.anchor(by=None)
    seal()
    operations.anchor(by=None)
    lines = (tmp_path / "ankers.txt").read_text().splitlines()
    assert [line.split()[1] for line in lines] == ["3", "4"]
    assert lines[1].split()[2] == newest().link
    assert [message.to for message in mailoutbox] == [["fg@example.nl"]] * 2
    assert newest().link in mailoutbox[1].body
    assert "2 ankers vergeleken" in verify(anchors=tmp_path / "ankers.txt")


def test_an_anchor_that_cannot_be_written_is_an_error(committed_db, settings):
    settings.AUDIT_ANCHOR_FILE = "/nergens/ankers.txt"
    written_and_sealed(seals=1)
    with pytest.raises(FileNotFoundError):
        operations.anchor(by=None)


@pytest.mark.parametrize("text", ["", "geen anker\n", "2026-11-01T00:00:00Z 1 abc\n"])
def test_a_file_that_is_no_file_of_anchors_is_not_believed(committed_db, tmp_path, text):
    path = tmp_path / "ankers.txt"
    path.write_text(text)
    with pytest.raises(CommandError):
        verify(anchors=path)


def test_before_the_first_seal_there_is_no_anchor(committed_db):
    assert newest() is None
    assert operations.anchor(by=None) is None


def test_a_clock_that_does_not_seal_is_seen_and_a_quiet_night_is_not(committed_db, fg):
    from datetime import timedelta

    from audit.seals import unsealed_since
    from foundation.scope import acting_as
    from tests.factories.seals import tamper

    def waiting():
        with acting_as(fg):
            return unsealed_since(timedelta(minutes=10))

    written_and_sealed(seals=1)
    tamper(committed_db, "UPDATE audit_seal SET sealed_at = sealed_at - interval '9 hours'")
    assert waiting() is None, "nothing was written meanwhile"
    write(1)
    assert waiting() is None
    tamper(committed_db, "UPDATE audit_event SET at = at - interval '11 minutes'")
    assert waiting() is not None
