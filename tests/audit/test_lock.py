"""The lock on the log: everybody writes, the privacy officer reads, nobody changes."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from accounts.events import AccountEvent
from audit.log import record
from audit.models import Event
from cases.events import CaseEvent
from foundation.scope import acting_as
from tests import cast

PARTITIONS = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_event'::regclass"


def test_only_the_keys_of_privacy_officer_and_contact_open_the_log(db):
    from accounts.models import User

    everybody = {name: User.objects.get(username=name) for name in cast.PEOPLE}
    for user in everybody.values():
        with acting_as(user):
            record(AccountEvent.LOGGED_IN, by=user)
    may_read = {"fg": {user.partner_id for user in everybody.values()}}
    may_read["privacycontact"] = {everybody["privacycontact"].partner_id}
    for name, user in everybody.items():
        with acting_as(user):
            read = {event.actor_partner_id for event in Event.objects.all()}
        assert read == may_read.get(name, set()), name


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


def test_the_key_of_a_privacy_contact_is_the_same_in_python_and_in_sql(db, partners):
    from accounts.keys import contact_key

    for partner in partners.values():
        with connection.cursor() as cursor:
            cursor.execute("SELECT audit_contact_key(%s)", [partner.pk])
            assert cursor.fetchone() == (contact_key(partner.pk),)


def test_the_keys_of_privacy_contacts_are_nobody_elses():
    """Ranges do not meet, for as many organisations as there will ever be."""
    from accounts import keys

    last_seat = keys.partner_key(1_000_000, 3, 3)
    assert keys.PRIVACY < last_seat < keys.contact_key(1)
    assert keys.contact_key(1_000_000) < keys.REGIE_FROM


@pytest.mark.parametrize("ask", ["objects", "of_youth"])
def test_a_privacy_contact_reads_its_own_people_by_policy_not_by_filter(
    db, agent, mentor, privacycontact, ask
):
    from tests.factories.seals import ABOUT

    for user in (agent, mentor):
        with acting_as(user):
            record(CaseEvent.CASE_VIEWED, by=user, about=ABOUT)
    with acting_as(privacycontact):
        found = Event.objects.all() if ask == "objects" else Event.objects.of_youth(41)
        assert {event.actor_id for event in found.filter(kind="case.viewed")} == {agent.pk}
    with acting_as(mentor):
        assert not Event.objects.of_youth(41).exists()


def test_the_function_that_looks_past_row_security_asks_for_the_same_keys(
    db, agent, mentor, fg, privacycontact, regisseur
):
    """`of_youth` has row security behind it; asked directly, the function is the only lock."""
    from tests.factories.seals import ABOUT

    for user in (agent, mentor):
        with acting_as(user):
            record(CaseEvent.CASE_VIEWED, by=user, about=ABOUT)
    expected = {fg: {agent.pk, mentor.pk}, privacycontact: {agent.pk}, regisseur: set(), mentor: set()}
    for user, actors in expected.items():
        with acting_as(user), connection.cursor() as cursor:
            cursor.execute("SELECT actor_id FROM audit_of_youth(41)")
            assert {actor for (actor,) in cursor.fetchall()} == actors, user
