"""Finding words in decisions and in the notes of final minutes; beside what cases finds (cases 0060_finding)."""

from pathlib import Path

from django.db import migrations

FIND_TEXT = Path(__file__).parent.parent / "sql" / "find_text.sql"


class Migration(migrations.Migration):
    dependencies = [("cases", "0060_finding"), ("meetings", "0002_classes")]

    operations = [migrations.RunSQL(FIND_TEXT.read_text(), migrations.RunSQL.noop)]
