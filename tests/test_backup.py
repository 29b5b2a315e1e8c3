"""The restore drill: a full house, encrypted backups, a disaster, and everything back as it was at one moment."""

import gzip
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pyrage
import pytest

from tests.conftest import SUPERUSER, own_database
from tests.factories.seals import seal
from tests.test_canary import mark
from tools.places import DATABASE_USER, thrown_away
from tools.postgres import Cluster, tool_environment

ROOT = Path(__file__).parent.parent
BACKUP = ROOT / "docker" / "backup.py"
CANARY = b"KANARIE-"
PRINTS = """
SELECT 'log', count(*), md5(string_agg(e::text, '|' ORDER BY e.id)) FROM audit_event e
UNION ALL SELECT 'youths', count(*), md5(string_agg(y::text, '|' ORDER BY y.id)) FROM cases_youth y
UNION ALL SELECT 'readers', count(*), md5(string_agg(c.id::text || c.readers::text, '|' ORDER BY c.id)) FROM access_compartment c
UNION ALL SELECT 'documents', count(*), md5(string_agg(d.sha256, '|' ORDER BY d.id)) FROM meetings_document d
"""


def ask(cluster, sql, *params):
    with psycopg.connect(cluster.address("postgres"), autocommit=True) as connection:
        cursor = connection.execute(sql, params or None)
        return cursor.fetchall() if cursor.description else None


def counts(cluster):
    tables = [
        t for (t,) in ask(cluster, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    ]
    assert len(tables) > 30
    return {table: ask(cluster, f'SELECT count(*) FROM "{table}"')[0][0] for table in tables}


def backup(cluster, *arguments):
    environment = tool_environment() | {
        "PGHOST": str(cluster.sockets), "PGUSER": "postgres", "PG_BIN": str(cluster.binaries)
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, str(BACKUP), *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def must(answer):
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


class Drill:
    """Everything that happened, told once; the tests below look at what came of it."""

    def __init__(self, away):
        self.kept, self.key, self.lock = away / "kept", away / "identity.txt", away / "recipient.txt"
        identity = pyrage.x25519.Identity.generate()
        self.key.write_text(f"# in the safe\n{identity}\n")
        self.lock.write_text(f"{identity.to_public()}\n")
        self.before = Cluster(away / "one", away / "socket-one", away / "one.log")
        (away / "two").mkdir()  # the user who runs the database must get through it
        self.after = Cluster(away / "two", away / "socket-two", away / "two.log", {"archive_mode": "off"})

    def fill(self, name):
        """The world of the tests, with its log and its PDFs, in a cluster that keeps its promises on disk."""
        self.before.start()
        self.before.prepare()
        host = psycopg.conninfo.conninfo_to_dict(SUPERUSER)["host"]
        dump = [self.before.binaries / "pg_dump", "-h", host, "-U", "postgres", "--format=custom", name]
        taken = subprocess.run(dump, env=tool_environment(), capture_output=True, check=True).stdout
        restore = [
            self.before.binaries / "pg_restore",
            "-h",
            self.before.sockets,
            "-U",
            "postgres",
            "-d",
            "ijap",
        ]
        subprocess.run([*restore, "--exit-on-error"], input=taken, env=tool_environment(), check=True)

    def run(self):
        to = ["--to", self.kept, "--recipient", self.lock]
        must(backup(self.before, "wal", *to))
        must(backup(self.before, "base", *to))
        ask(self.before, "INSERT INTO jobs_heartbeat (beat_at) VALUES (now())")
        ask(self.before, "UPDATE cases_youth SET description = 'KANARIE-laat, na de back-up'")
        self.wanted = (counts(self.before), ask(self.before, PRINTS))
        time.sleep(0.05)
        self.moment = datetime.now(UTC)
        time.sleep(0.05)
        ask(
            self.before, "TRUNCATE cases_youth, cases_case, cases_signal, meetings_document, jobs_job CASCADE"
        )
        must(backup(self.before, "wal", *to))
        os.killpg(self.before.server.process.pid, signal.SIGKILL)
        self.before.stop()
        shutil.rmtree(self.before.data)

    def put_back(self):
        began = time.monotonic()
        told = backup(self.after, "restore", "--from", self.kept, "--identity", self.key, "--data", self.after.data,
                      "--until", self.moment.isoformat())  # fmt: skip
        must(told)
        if DATABASE_USER:
            subprocess.run(["chown", "-R", DATABASE_USER, self.after.data], check=True)
        self.after.is_new = False
        self.after.start()
        while ask(self.after, "SELECT pg_is_in_recovery()")[0][0]:
            time.sleep(0.1)
        self.seconds = time.monotonic() - began


@pytest.fixture(scope="module")
def drill(world_made, django_db_blocker):
    with thrown_away() as away:
        told = Drill(away)
        try:
            with own_database(django_db_blocker, like=world_made[0], kind="backup") as name:
                assert mark() > 40
                assert seal() == 1
                told.fill(name)
            told.run()
            told.put_back()
            yield told
        finally:
            told.before.stop()
            told.after.stop()


def test_every_table_has_the_rows_it_had_at_that_moment(drill):
    assert counts(drill.after) == drill.wanted[0]
    assert drill.wanted[0]["cases_youth"] > 3
    assert drill.seconds < 120


def test_the_log_the_names_and_the_readers_are_letter_for_letter_the_same(drill):
    """Also what was written after the backup; not what the disaster did after that moment."""
    assert ask(drill.after, PRINTS) == drill.wanted[1]
    assert ask(drill.after, "SELECT DISTINCT description FROM cases_youth") == [
        ("KANARIE-laat, na de back-up",)
    ]


def test_the_log_is_still_closed(drill):
    with pytest.raises(psycopg.Error, match="never changed"):
        ask(drill.after, "DELETE FROM audit_event")


def verify(cluster):
    """`verify_audit` as whoever put the backup back runs it."""
    addresses = {
        "DATABASE_URL": cluster.address("ijap_app"),
        "DATABASE_OWNER_URL": cluster.address("ijap_owner"),
    }
    command = [sys.executable, str(ROOT / "manage.py"), "verify_audit"]
    return subprocess.run(command, env=os.environ | addresses, capture_output=True, text=True, check=False)


def test_the_chain_of_seals_came_back_whole(drill):
    assert "ongeschonden" in must(verify(drill.after))
    assert ask(drill.after, "SELECT sum(rows) > 20 FROM audit_seal") == [(True,)]
    change = "UPDATE audit_event SET outcome = %s WHERE id = (SELECT min(id) FROM audit_event)"
    [(was,)] = ask(drill.after, "SELECT outcome FROM audit_event ORDER BY id LIMIT 1")
    with psycopg.connect(drill.after.address("postgres"), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(change, ["anders"])
        told = verify(drill.after)
        connection.execute(change, [was])
    assert (told.returncode, "Zegel 1" in told.stdout) == (1, True)


def test_the_readers_are_what_a_recompute_says(drill):
    assert ask(drill.after, "SELECT access_recompute_all()") == [(0,)]


def test_every_pdf_has_its_hash(drill):
    papers = ask(
        drill.after,
        "SELECT content, sha256 FROM meetings_document UNION ALL SELECT content, sha256 FROM reports_summary",
    )
    assert len(papers) >= 3
    for content, wanted in papers:
        assert bytes(content).startswith(b"%PDF")
        assert hashlib.sha256(content).hexdigest() == wanted


def test_the_locks_came_back_too(drill):
    sql = "SELECT count(*) FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relnamespace = 'public'::regnamespace"
    assert ask(drill.after, sql)[0][0] > 15
    connection = psycopg.connect(drill.after.address("ijap_app"))
    with connection, pytest.raises(psycopg.Error, match="no access scope"):
        connection.execute("SELECT * FROM cases_youth")


def test_who_steals_the_backup_reads_nothing(drill):
    """Not a name in it; with the key there are many, so this looks in the right place."""
    files = [path for path in drill.kept.rglob("*") if path.is_file()]
    assert len(files) >= 3
    assert all(path.suffix == ".age" for path in files), "no plain piece stays behind"
    assert not any(CANARY in path.read_bytes() or b"ijap" in path.read_bytes() for path in files)
    identity = pyrage.x25519.Identity.from_str(drill.key.read_text().splitlines()[1])
    plain = [gzip.decompress(pyrage.decrypt(path.read_bytes(), [identity])) for path in files]
    assert sum(text.count(CANARY) for text in plain) > 40


def test_another_key_opens_nothing(drill, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    told = backup(
        drill.after, "restore", "--from", drill.kept, "--identity", other, "--data", tmp_path / "data"
    )
    assert told.returncode == 1
    assert told.stderr.startswith("MISLUKT:")


def test_a_damaged_backup_is_noticed(drill, tmp_path):
    """One bit: the encryption is sealed, so nothing half is put back."""
    shutil.copytree(drill.kept, tmp_path / "kept")
    [target] = (tmp_path / "kept").glob("base-*")
    content = bytearray(target.read_bytes())
    content[len(content) // 2] ^= 1
    target.write_bytes(content)
    told = backup(
        drill.after,
        "restore",
        "--from",
        tmp_path / "kept",
        "--identity",
        drill.key,
        "--data",
        tmp_path / "data",
    )
    assert told.returncode == 1


def test_nothing_is_put_back_over_something(drill, tmp_path):
    (tmp_path / "something").touch()
    told = backup(drill.after, "restore", "--from", drill.kept, "--identity", drill.key, "--data", tmp_path)
    assert told.returncode == 1
    assert "niet leeg" in told.stderr


def test_a_backup_that_fails_leaves_no_file(drill, tmp_path):
    nowhere = tool_environment() | {"PGHOST": "/nergens", "PG_BIN": str(drill.after.binaries)}
    command = [sys.executable, str(BACKUP), "base", "--to", str(tmp_path), "--recipient", str(drill.lock)]
    told = subprocess.run(command, env=nowhere, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert list(tmp_path.iterdir()) == []
