"""Counting how much one person opens: it asks the log and the meetings, so it stands above both."""

from pathlib import Path

from django.db import migrations

LIMITS = Path(__file__).parent.parent / "sql" / "limits.sql"


class Migration(migrations.Migration):
    initial = True

    dependencies = [("audit", "0001_initial"), ("cases", "0002_search"), ("meetings", "0001_initial")]

    operations = [migrations.RunSQL(LIMITS.read_text(), migrations.RunSQL.noop)]
