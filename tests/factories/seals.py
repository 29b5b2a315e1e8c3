"""Rows of the log that are sealed, and a superuser who tampers with them."""

from types import SimpleNamespace

from django.db import connections, transaction

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


def seal():
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
