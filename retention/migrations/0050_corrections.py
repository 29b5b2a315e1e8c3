"""What a source corrected goes with the case in which it was told."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_initial"), ("cases", "0050_corrections")]

    operations = [migrations.RunSQL((SQL / "destroy.sql").read_text(), migrations.RunSQL.noop)]
