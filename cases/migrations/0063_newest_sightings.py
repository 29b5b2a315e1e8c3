"""The finder of groups looks at the newest sightings only, at most so many; a beheerder keeps the number."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


def add_threshold(apps, schema_editor):
    kept = apps.get_model("cases", "FinderThreshold").objects.using(schema_editor.connection.alias)
    kept.create(
        code="5-hoogstens", name="Zoveel keer gezien telt hoogstens mee, de nieuwste eerst", number=1500
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0062_citizen_numbers")]

    operations = [
        migrations.RunPython(add_threshold, migrations.RunPython.noop),
        migrations.RunSQL((SQL / "seen_together.sql").read_text(), migrations.RunSQL.noop),
    ]
