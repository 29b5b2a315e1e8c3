"""What the catalogue says of two measures, who wants to speak before anybody is told, and warnings on the agenda."""

from pathlib import Path

import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models

FLAGGED = Path(__file__).parent.parent / "sql" / "measures_flagged.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0030_groups"),
        ("accounts", "0012_change_notices"),
        ("cases", "0030_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="measurekind",
            name="excludes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="gaat niet samen met",
            ),
        ),
        migrations.AddField(
            model_name="measurekind",
            name="requires",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="kan alleen naast",
            ),
        ),
        migrations.AlterField(
            model_name="informing",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("told", "geïnformeerd"),
                    ("postponed", "uitgesteld"),
                    ("excepted", "hoeft niet"),
                    ("held", "eerst overleg met politie of OM"),
                ],
                max_length=10,
                verbose_name="hoe staat het ervoor",
            ),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(
                condition=models.Q(("state__in", ["proposed", "requested", "running"])),
                fields=["confirmed_at"],
                name="cases_measure_changed",
            ),
        ),
        migrations.AddConstraint(
            model_name="informing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "held"), _negated=True),
                    ("recheck_on__isnull", False),
                    _connector="OR",
                ),
                name="informing_held_has_end",
            ),
        ),
        migrations.RunSQL(FLAGGED.read_text(), migrations.RunSQL.noop),
    ]
