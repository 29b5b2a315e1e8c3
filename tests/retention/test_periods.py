"""The table of what goes is complete, and what the database may do is what the table says."""

import pytest
from django.apps import apps
from django.db import connection

from retention.periods import PERIODS, Fate

ROOTS = {"cases.Youth", "cases.Case", "cases.Signal", "cases.Group", "access.Compartment"}
# Numbers of youths, cases and signals without a foreign key.
NUMBERS = {
    "youth_id",
    "youth_ids",
    "youth_number",
    "case_id",
    "object_number",
    "signal_number",
    "measure_ids",
    "subject_id",
}
# A number of something else, or facts in which one may stand.
FACTS = {"oversight.Flag"}
# Columns that only change who may read or what is shown: the right to lock or refresh a row that stays.
LOCKS = {"access_compartment", "cases_case", "cases_group", "cases_youth"}


def related(models):
    """Every model that names a root by number, or points to one, also by way of another."""
    by_number = {m._meta.label for m in models if NUMBERS & {f.attname for f in m._meta.concrete_fields}}
    found = ROOTS | by_number | FACTS
    while True:
        more = {
            m._meta.label
            for m in models
            for f in m._meta.concrete_fields
            if f.is_relation and f.related_model and f.related_model._meta.label in found
        }
        if more <= found:
            return found
        found |= more


def test_every_model_with_a_relation_to_a_youth_a_case_or_a_signal_is_named():
    models = [m for m in apps.get_models() if not m._meta.proxy]
    wanted = related(models)
    assert wanted - set(PERIODS) == set(), (
        "say in retention/periods.py what becomes of it, and in destroy.sql"
    )
    assert set(PERIODS) - wanted == set(), "these have no relation any more"


def test_a_model_that_is_forgotten_would_be_found():
    models = list(apps.get_models())
    assert {"meetings.Note", "cases.Reporter", "access.Grant", "retention.Approval"} <= related(models)


def rights():
    """{table: what ijap_destroyer may do with it}."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, has_table_privilege('ijap_destroyer', c.oid, 'DELETE'),"
            " has_any_column_privilege('ijap_destroyer', c.oid, 'UPDATE')"
            " FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
        )
        return {table: (deletes, changes) for table, deletes, changes in cursor.fetchall()}


def test_the_destroyer_may_delete_what_goes_and_nothing_else(db):
    goes = {apps.get_model(label)._meta.db_table for label, p in PERIODS.items() if p.fate == Fate.GOES}
    assert {table for table, (deletes, _) in rights().items() if deletes} == goes


def test_the_destroyer_may_change_what_is_emptied_and_nothing_else(db):
    emptied = {apps.get_model(label)._meta.db_table for label, p in PERIODS.items() if p.fate == Fate.EMPTIED}
    emptied |= {"cases_signal", "retention_proposal"} | LOCKS
    assert {table for table, (_, changes) in rights().items() if changes} == emptied


def test_nobody_logs_in_as_the_destroyer_and_the_application_is_not_it(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolcanlogin, pg_has_role('ijap_app', 'ijap_destroyer', 'MEMBER') FROM pg_roles WHERE rolname = 'ijap_destroyer'"
        )
        assert cursor.fetchone() == (False, False)


@pytest.mark.parametrize("period", PERIODS.values(), ids=PERIODS)
def test_every_line_says_why(period):
    assert len(period.because) > 10
