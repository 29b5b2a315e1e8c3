"""Rows of the log that are sealed, and a superuser who tampers with them."""

import time
from types import SimpleNamespace

from django.db import connection, connections, transaction

from accounts.events import AccountEvent
from accounts.models import User
from audit import operations
from audit.chain import Checker
from audit.log import record
from cases.events import CaseEvent
from tests.conftest import as_superuser

# A row in the second seal.
SECOND = (
    "(SELECT min(id) FROM audit_event"
    " WHERE transaction_id >= (SELECT from_transaction FROM audit_seal WHERE number = 2))"
)
ABOUT = SimpleNamespace(
    pk=7, logged_case_id=7, logged_youth_ids=[41], _meta=SimpleNamespace(label_lower="cases.case")
)


def write(count=3):
    """So many rows, each in a transaction of its own."""
    agent = User.objects.get(username="agent")
    for _ in range(count):
        with transaction.atomic():
            record(CaseEvent.CASE_VIEWED, by=agent, about=ABOUT, ground="convenant")


def let_others_end():
    """A seal waits for every transaction of the cluster that began earlier, those of other tests too. So do we."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
        ours = cursor.fetchone()[0]
        for _ in range(1200):
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot()) > %s::text::xid8", [ours])
            if cursor.fetchone()[0]:
                return
            time.sleep(0.1)
    raise AssertionError("another test holds a transaction open for two minutes")


def seal():
    """Everything that was written until now."""
    let_others_end()
    return operations.seal(by=None)


def written_and_sealed(seals=3, rows=3):
    """Some seals of some rows each."""
    record(AccountEvent.LOGIN_FAILED, by=None)
    for _ in range(seals):
        write(rows)
        assert seal() == 1


def tamper(database, *statements):
    """As who may do everything: no trigger fires and no lock binds."""
    as_superuser("SET session_replication_role = replica", *statements, database=database)


def remake_all(database):
    """What a superuser would do: change a row, throw the chain away and let it be made anew."""
    first = "(SELECT min(id) FROM audit_event)"
    tamper(database, f"UPDATE audit_event SET actor_id = 1 WHERE id = {first}", "DELETE FROM audit_seal")
    seal()


def problems(**options):
    """What the check finds, as text."""
    connections["owner"].close()
    return " ".join(Checker("owner", **options).run().problems)


def ask(database, sql):
    """One value, asked by the superuser."""
    import psycopg

    from tests.conftest import SUPERUSER

    with psycopg.connect(SUPERUSER, dbname=database, autocommit=True) as connection:
        return connection.execute(sql).fetchone()[0]
