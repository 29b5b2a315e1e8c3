"""The new rows too point only to rows that their maker sees (0002_parents)."""

from django.db import migrations

from foundation.rls import sees_parent

PARENTS = [
    ("cases_secretaddress", "youth_id", "cases_youth"),
    ("cases_reporter", "signal_id", "cases_signal"),
    ("cases_accessrequest", "case_id", "cases_case"),
]


class Migration(migrations.Migration):
    dependencies = [("ijap", "0002_parents"), ("cases", "0004_access_requests")]

    operations = [sees_parent(*pointer) for pointer in PARENTS]
