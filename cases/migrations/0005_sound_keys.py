"""Names are also found by how they sound."""

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from cases.rules.names import sound_keys

FIND_YOUTHS = Path(__file__).parent.parent / "sql" / "find_youths.sql"


def fill(apps, schema_editor):
    youths = apps.get_model("cases", "Youth").objects.using(schema_editor.connection.alias)
    batch = []
    for youth in youths.only("first_name", "prefix", "last_name").iterator(chunk_size=2000):
        youth.sound_keys = sound_keys(youth.first_name, youth.prefix, youth.last_name)
        batch.append(youth)
        if len(batch) == 2000:
            youths.bulk_update(batch, ["sound_keys"])
            batch = []
    youths.bulk_update(batch, ["sound_keys"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_access_requests")]

    operations = [
        migrations.AddField(
            "youth",
            "sound_keys",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(),
                db_default=[],
                default=list,
                editable=False,
                size=None,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "youth",
            django.contrib.postgres.indexes.GinIndex(fields=["sound_keys"], name="cases_youth_sounds"),
        ),
        migrations.RunSQL(FIND_YOUTHS.read_text(), migrations.RunSQL.noop),
    ]
