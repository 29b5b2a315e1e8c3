"""A new row may point only to rows that its maker sees.

Foreign keys look past row security: without this, a row that points to a hidden record is taken and one that points
to none is refused, and so tells which numbers exist. The look at the parent is made under row security itself.
"""

from django.db import migrations

from foundation.rls import sees_parent

# (table, column, parent), all protected; a test holds this list against the models. Compartments are not in it: a
# room is made ready for a level that its maker does not read (access/sql/readers.sql).
PARENTS = [
    ("cases_case", "youth_id", "cases_youth"),
    ("cases_levelchange", "case_id", "cases_case"),
    ("cases_closing", "case_id", "cases_case"),
    ("cases_action", "case_id", "cases_case"),
    ("cases_signal", "youth_id", "cases_youth"),
    ("cases_signalnote", "signal_id", "cases_signal"),
    ("cases_toldsignal", "case_id", "cases_case"),
    ("cases_toldsignal", "signal_id", "cases_signal"),
    ("meetings_agendaitem", "case_id", "cases_case"),
    ("meetings_omission", "case_id", "cases_case"),
    ("meetings_note", "item_id", "meetings_agendaitem"),
    ("meetings_decision", "item_id", "meetings_agendaitem"),
    ("meetings_decision", "level_change_id", "cases_levelchange"),
    ("meetings_agreedaction", "item_id", "meetings_agendaitem"),
    ("meetings_agreedaction", "action_id", "cases_action"),
    ("meetings_iteminvitation", "item_id", "meetings_agendaitem"),
]


class Migration(migrations.Migration):
    dependencies = [("ijap", "0001_limits"), ("reports", "0001_initial")]

    operations = [sees_parent(*pointer) for pointer in PARENTS]
