"""Words in notes and decisions, newest first (cases 0061_find_newest)."""

from pathlib import Path

from django.db import migrations

FIND_TEXT = Path(__file__).parent.parent / "sql" / "find_text.sql"


class Migration(migrations.Migration):
    dependencies = [("cases", "0061_find_newest"), ("meetings", "0061_group_points")]

    operations = [migrations.RunSQL(FIND_TEXT.read_text(), migrations.RunSQL.noop)]
