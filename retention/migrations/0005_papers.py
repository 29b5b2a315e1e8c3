"""How what is due is destroyed by the text of today: after the last table made."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0004_attachments"),
        ("meetings", "0070_papers"),
    ]

    operations = [
        migrations.RunSQL((SQL / "destroy.sql").read_text(), migrations.RunSQL.noop),
    ]
