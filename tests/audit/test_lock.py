"""The lock on the log: everybody writes, the privacy officer reads, nobody changes."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from accounts.events import AccountEvent
from audit.log import record
from audit.models import Event
from foundation.scope import acting_as
from tests import cast

PARTITIONS = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_event'::regclass"


def test_only_the_key_of_the_privacy_officer_opens_the_log(db):
    from accounts.models import User

    for name in cast.PEOPLE:
        user = User.objects.get(username=name)
        with acting_as(user):
            record(AccountEvent.LOGGED_IN, by=user)
            assert Event.objects.exists() == (name == "fg"), name


def test_without_a_scope_the_application_sees_nothing(db):
    record(AccountEvent.LOGIN_FAILED, by=None)
    assert not Event.objects.exists()


@pytest.fixture
def partitions(db):
    with connection.cursor() as cursor:
        cursor.execute(PARTITIONS)
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.parametrize("alias", ["default", "bulk", "owner"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET kind = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_nobody_changes_or_empties_the_log(alias, statement, committed_db, fg):
    record(AccountEvent.LOGGED_IN, by=fg)
    with connection.cursor() as cursor:
        cursor.execute(PARTITIONS)
        tables = ["audit_event", *(name for (name,) in cursor.fetchall())]
    for table in tables:
        with connections[alias].cursor() as cursor:
            refused = _is_refused(cursor, alias, statement.format(table))
        # A partition without rows has nothing to update or delete.
        if statement.startswith("TRUNCATE") or table == "audit_event" or alias != "owner":
            assert refused, (alias, table)
    with acting_as(fg):
        assert Event.objects.filter(kind="account.logged_in").count() == 1


def _is_refused(cursor, alias, sql):
    try:
        with transaction.atomic(using=alias):
            cursor.execute(sql)
    except DatabaseError as error:
        return "permission denied" in str(error) or "never changed" in str(error)
    return False


def test_the_partitions_themselves_are_closed_to_the_application(partitions, fg):
    for table in partitions:
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(fg):
            connection.cursor().execute(f"SELECT count(*) FROM {table}")
