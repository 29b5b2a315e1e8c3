"""Words are found newest first, in windows: what a common word costs does not grow with the number of cases."""

from pathlib import Path

from django.db import migrations

FIND_TEXT = Path(__file__).parent.parent / "sql" / "find_text.sql"


class Migration(migrations.Migration):
    dependencies = [("cases", "0060_finding")]

    operations = [migrations.RunSQL(FIND_TEXT.read_text(), migrations.RunSQL.noop)]
