"""A version of each meeting, the bell that rings when it rises, and where the table is."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0064_urgent"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False),
        ),
        migrations.AddField(
            model_name="meeting",
            name="at_slot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.slot",
                verbose_name="waar de tafel is",
            ),
        ),
        migrations.RunSQL((SQL / "changed.sql").read_text(), migrations.RunSQL.noop),
    ]
