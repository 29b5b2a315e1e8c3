"""Papers that are made while one waits: whether a text names a youth whom its reader may not know."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0064_attachments"),
        ("meetings", "0070_papers"),
    ]

    operations = [
        migrations.RunSQL((SQL / "strangers.sql").read_text(), migrations.RunSQL.noop),
    ]
