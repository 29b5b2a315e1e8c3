"""A privacy contact reads what its own people did; looking up a youth uses its index."""

from pathlib import Path

from django.db import migrations, models

READING = Path(__file__).parent.parent / "sql" / "reading.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_seals")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(READING.read_text(), migrations.RunSQL.noop)],
            state_operations=[
                migrations.AddIndex(
                    "event", models.Index(fields=["actor_partner_id", "id"], name="audit_event_partner")
                ),
            ],
        ),
    ]
