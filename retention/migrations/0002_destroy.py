"""What is due and how it is destroyed, by the text of today: it names every table, so it comes after the last one made."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_initial"), ("cases", "0060_finding")]

    operations = [
        migrations.RunSQL((SQL / "due.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "destroy.sql").read_text(), migrations.RunSQL.noop),
    ]
