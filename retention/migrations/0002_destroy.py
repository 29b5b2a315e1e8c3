"""How it is destroyed, by the text of today: it names every table, so it comes after the last one that was made."""

from pathlib import Path

from django.db import migrations

DESTROY = Path(__file__).parent.parent / "sql" / "destroy.sql"


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_initial"), ("cases", "0050_corrections")]

    operations = [migrations.RunSQL(DESTROY.read_text(), migrations.RunSQL.noop)]
