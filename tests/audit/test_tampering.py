"""Somebody with every right of the database changes the log. Each way is found, and the seal is named."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from audit import operations
from audit.links import Anchor
from audit.models import Event
from audit.seals import newest
from tests.factories.seals import (
    SECOND,
    ask,
    let_others_end,
    problems,
    remake_all,
    seal,
    tamper,
    write,
    written_and_sealed,
)

# Another value for each column of the log.
OTHER = {
    "id": "id + 1000000",
    "at": "at - interval '1 second'",
    "transaction_id": "transaction_id + 1",
    "kind": "'case.listed'",
    "outcome": "'refused'",
    "actor_id": "actor_id + 1",
    "on_behalf_of_id": "5",
    "actor_partner_id": "actor_partner_id + 1",
    "actor_role": "'melder'",
    "subject_type": "'cases.youth'",
    "subject_id": "8",
    "case_id": "8",
    "youth_ids": "'{42}'",
    "data_classes": "'{1}'",
    "ground": "''",
    "recipients": "'{1}'",
    "ip": "'127.0.0.2'",
    "session_hash": "'x'",
    "request_id": "'00000000-0000-0000-0000-000000000001'",
    "break_glass_id": "1",
    "details": """'{"shown": 2}'""",
}


def test_the_list_of_columns_is_complete():
    assert set(OTHER) == {field.column for field in Event._meta.concrete_fields}


def test_a_change_of_any_column_is_found(committed_db):
    written_and_sealed()
    row = ask(committed_db, f"SELECT {SECOND}")
    tamper(committed_db, f"CREATE TABLE kept AS SELECT * FROM audit_event WHERE id = {row}")
    for column, other in OTHER.items():
        tamper(committed_db, f"UPDATE audit_event SET {column} = {other} WHERE id = {row}")
        assert re.search(r"Zegel 2: (de inhoud|er zijn)", problems()), column
        tamper(
            committed_db,
            f"DELETE FROM audit_event WHERE id IN ({row}, {row} + 1000000)",
            "INSERT INTO audit_event OVERRIDING SYSTEM VALUE SELECT * FROM kept",
        )
        assert problems() == "", f"{column} was put back"


def test_a_deleted_row_is_found(committed_db):
    written_and_sealed()
    tamper(committed_db, f"DELETE FROM audit_event WHERE id = {SECOND}")
    assert "Zegel 2: er zijn 2 regels en er waren er 3." in problems()


def insert_like(row, **changes):
    columns = [field.column for field in Event._meta.concrete_fields if field.column != "id"]
    values = [changes.get(column, column) for column in columns]
    return f"INSERT INTO audit_event ({', '.join(columns)}) SELECT {', '.join(values)} FROM audit_event WHERE id = {row}"


def test_a_row_put_into_an_old_seal_is_found(committed_db):
    written_and_sealed()
    tamper(committed_db, insert_like(SECOND))
    assert "Zegel 2: er zijn 4 regels en er waren er 3." in problems()


def test_a_row_that_is_dated_back_is_found_when_it_is_sealed(committed_db):
    """With a moment of long ago and the transaction of now it falls into the newest seal."""
    written_and_sealed()
    write(1)
    tamper(
        committed_db,
        insert_like(SECOND, at="at - interval '1 hour'", transaction_id="pg_current_xact_id()::text::bigint"),
    )
    assert seal() == 1
    assert re.search(r"Zegel 4: een regel is van .*teruggedateerd", problems())


def test_two_rows_that_changed_places_are_found(committed_db):
    written_and_sealed()
    first = ask(committed_db, f"SELECT {SECOND}")
    tamper(
        committed_db,
        f"UPDATE audit_event SET id = CASE id WHEN {first} THEN {first + 1} ELSE {first} END, details = details"
        f" WHERE id IN ({first}, {first + 1})",
    )
    assert "Zegel 2: de inhoud" in problems()


@pytest.mark.parametrize("column", ["rows", "from_transaction", "to_transaction", "next_transaction"])
def test_a_changed_seal_is_found(committed_db, column):
    written_and_sealed()
    tamper(committed_db, f"UPDATE audit_seal SET {column} = {column} + 1 WHERE number = 2")
    assert problems().startswith("Zegel 2")


@pytest.mark.parametrize(
    ("column", "value"),
    [("digest", "sha256('x')"), ("link", "sha256('x')"), ("sealed_at", "sealed_at + interval '1 us'")],
)
def test_a_seal_with_other_words_is_found(committed_db, column, value):
    written_and_sealed()
    tamper(committed_db, f"UPDATE audit_seal SET {column} = {value} WHERE number = 2")
    assert problems().startswith("Zegel 2")


def test_a_seal_taken_out_of_the_middle_is_found(committed_db):
    written_and_sealed()
    tamper(committed_db, "DELETE FROM audit_seal WHERE number = 2")
    assert "Zegel 3: er ontbreken zegels" in problems()


def test_the_last_seal_taken_away_is_found_by_the_log_itself_and_by_an_anchor(committed_db):
    written_and_sealed()
    outside = newest()
    operations.anchor(by=None)
    tamper(committed_db, "DELETE FROM audit_seal WHERE number = 3")
    assert re.search(r"Zegel 3: ontbreekt. Regel \d+ van het logboek noemt het", problems())
    tamper(committed_db, "DELETE FROM audit_event WHERE kind = 'log.anchored'")
    assert problems() == "", "nothing inside contradicts it any more"
    assert "Zegel 3: ontbreekt. ankers noemt het" in problems(anchors=[Anchor(3, outside.link, "ankers")])


def test_a_chain_that_was_made_anew_is_found_by_an_anchor_and_by_nothing_else(committed_db):
    written_and_sealed()
    outside = newest()
    remake_all(committed_db)
    assert problems() == ""
    for digest in (outside.link, outside.link[:16]):
        assert re.search("Zegel 3: ontbreekt", problems(anchors=[Anchor(3, digest, "ankers")]))
    write(1), seal(), write(1), seal()
    assert "Zegel 3: is opnieuw gemaakt" in problems(anchors=[Anchor(3, outside.link[:16], "ankers")])


def test_an_anchor_inside_the_log_finds_a_remade_chain_too(committed_db):
    written_and_sealed()
    operations.anchor(by=None)
    remake_all(committed_db)
    write(1), seal(), write(1), seal()
    assert "is opnieuw gemaakt" in problems()


def partition(database):
    return ask(database, "SELECT tableoid::regclass::text FROM audit_event LIMIT 1")


def test_an_emptied_month_is_found(committed_db):
    written_and_sealed()
    tamper(committed_db, f"TRUNCATE {partition(committed_db)}")
    assert "Zegel 1: er zijn 0 regels en er waren er 4." in problems()


def test_a_month_that_was_dropped_is_found(committed_db):
    written_and_sealed()
    tamper(committed_db, f"DROP TABLE {partition(committed_db)}")
    assert "Zegel 1: er zijn 0 regels en er waren er 4." in problems()


@pytest.mark.parametrize("trigger", ["never_changed", "never_emptied"])
@pytest.mark.parametrize("table", ["audit_event", "audit_seal"])
def test_a_trigger_that_is_off_is_found(committed_db, table, trigger):
    written_and_sealed()
    tamper(committed_db, f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    assert f"Tabel {table}: de trigger {trigger} ontbreekt of staat uit." in problems()


def test_a_trigger_of_one_month_that_is_off_is_found(committed_db):
    written_and_sealed()
    month = partition(committed_db)
    tamper(committed_db, f"DROP TRIGGER never_emptied ON {month}")
    assert f"Tabel {month}: de trigger never_emptied" in problems()


def test_a_trigger_function_that_no_longer_refuses_is_found(committed_db):
    tamper(
        committed_db,
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    )
    assert "never_changed" in problems()


def test_row_security_that_is_off_and_rights_too_many_are_found(committed_db):
    tamper(
        committed_db,
        "ALTER TABLE audit_event NO FORCE ROW LEVEL SECURITY",
        "GRANT DELETE ON audit_event TO ijap_app",
    )
    found = problems()
    assert "rijbeveiliging staat uit" in found
    assert "recht te veel: audit_event DELETE" in found


def test_a_clock_that_was_set_back_is_found(committed_db):
    """Seals say when they were made; rows that began later cannot be older, and a seal not older than another."""
    written_and_sealed()
    write(1)
    tamper(
        committed_db,
        "UPDATE audit_event SET at = at - interval '1 hour' WHERE transaction_id >="
        " (SELECT max(to_transaction) FROM audit_seal)",
    )
    seal()
    assert "de klok is teruggezet" in problems()


def test_a_row_that_is_younger_than_its_seal_is_found(committed_db):
    write(1)
    tamper(committed_db, "UPDATE audit_event SET at = at + interval '1 minute'")
    seal()
    assert "na het zegel zelf" in problems()


def test_rows_that_stay_unsealed_are_found(committed_db):
    written_and_sealed()
    write(1)
    assert problems() == "", "a moment ago is not late"
    tamper(
        committed_db,
        "UPDATE audit_event SET at = at - interval '11 minutes' WHERE transaction_id >="
        " (SELECT max(to_transaction) FROM audit_seal)",
    )
    let_others_end()  # what stands above a transaction that still runs is not late
    assert "Na zegel 3 is niet meer verzegeld: 1 regels" in problems()


def test_a_function_of_the_database_that_lies_is_not_believed(committed_db):
    written_and_sealed()
    tamper(
        committed_db,
        "CREATE OR REPLACE FUNCTION audit_digest(e audit_event) RETURNS bytea LANGUAGE sql STABLE AS"
        " $$ SELECT sha256('x') $$",
        f"UPDATE audit_event SET actor_id = 1 WHERE id = {SECOND}",
    )
    assert "Zegel 2: de inhoud" in problems()


def test_the_command_says_no_with_exit_code_one(committed_db):
    written_and_sealed()
    tamper(committed_db, f"DELETE FROM audit_event WHERE id = {SECOND}")
    with pytest.raises(CommandError, match="NIET ONGESCHONDEN") as failure:
        call_command("verify_audit")
    assert failure.value.returncode == 1


# --- months that are old enough ---------------------------------------------------------------------
def old_rows(database, month, first):
    """Rows of long ago, in a month of their own, written by early transactions."""
    name = f"audit_event_{month.replace('-', '_')}"
    year, number = map(int, month.split("-"))
    after = f"{year + number // 12}-{number % 12 + 1:02}"
    tamper(
        database,
        f"CREATE TABLE {name} PARTITION OF audit_event FOR VALUES FROM ('{month}-01') TO ('{after}-01')",
        f"ALTER TABLE {name} OWNER TO ijap_owner",
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {name} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        "INSERT INTO audit_event (at, transaction_id, kind, outcome, actor_role, subject_type, youth_ids, data_classes,"
        " ground, recipients, session_hash, details)"
        f" SELECT '{month}-10'::timestamptz + n * interval '1 day', {first} + n, 'log.read', 'done', '', '', '{{}}',"
        " '{}', '', '{}', '', '{}' FROM generate_series(0, 9) n",
    )


def test_an_old_month_leaves_behind_a_seal_and_an_intact_chain(committed_db):
    """Also where one seal held rows of two months: what is left of it is checked as before."""
    old_rows(committed_db, "2015-01", 10)
    old_rows(committed_db, "2015-02", 20)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET ROLE ijap_seal")
        cursor.execute("SELECT audit_seal_now(4)")
        cursor.execute("RESET ROLE")
    written_and_sealed(seals=1)
    assert problems() == ""
    call_command("close_audit_month", "2015-01")
    assert ask(committed_db, "SELECT count(*) FROM audit_event WHERE at < '2015-02-01'") == 0
    assert problems() == ""
    write(1), seal()
    assert problems() == ""
    remaining = ask(committed_db, "SELECT min(id) FROM audit_event WHERE at < '2015-03-01'")
    tamper(committed_db, f"UPDATE audit_event SET actor_id = 1 WHERE id = {remaining}")
    assert "Zegel 3: de inhoud" in problems()


def test_both_months_of_a_seal_can_go_one_after_the_other(committed_db):
    old_rows(committed_db, "2015-01", 10)
    old_rows(committed_db, "2015-02", 20)
    seal()
    call_command("close_audit_month", "2015-01")
    call_command("close_audit_month", "2015-02")
    assert problems() == ""


@pytest.mark.parametrize(
    ("month", "why"),
    [
        ("2026-11", "kept for 5 years"),
        ("2022-02", "kept for 5 years"),
        ("2014-01", "there is no"),
        ("onzin", "geen maand"),
    ],
)
def test_a_month_that_is_too_young_stays(committed_db, month, why):
    with pytest.raises(CommandError, match=why):
        call_command("close_audit_month", month)


def test_an_old_month_that_is_not_sealed_stays(committed_db):
    old_rows(committed_db, "2015-01", 10)
    with pytest.raises(CommandError, match="10 rows of 2015-01 are not sealed"):
        call_command("close_audit_month", "2015-01")


def test_the_term_is_never_less_than_five_years(committed_db):
    with pytest.raises(Exception, match="term_five_years"):
        tamper(committed_db, "UPDATE audit_term SET keep_years = 4")


def test_a_month_that_was_closed_too_early_is_found(committed_db):
    """A superuser can write a seal; that a month was too young stands in the seal itself."""
    old_rows(committed_db, "2015-01", 10)
    seal()
    tamper(
        committed_db,
        "ALTER TABLE audit_term DROP CONSTRAINT term_five_years",
        "UPDATE audit_term SET keep_years = 0",
        "CREATE TABLE audit_event_2026_01 PARTITION OF audit_event FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
        "SELECT audit_close_month('2026-01-01')",
    )
    assert "maand 2026-01 is verwijderd voordat zij 5 jaar oud was" in problems()
