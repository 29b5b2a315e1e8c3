"""Who was at the table for each point, and points that open when nobody is there who may not hear them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import protect, sees_parent


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0041_contributions"),
        ("accounts", "0012_change_notices"),
        ("meetings", "0067_partners"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemPresence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_present", models.BooleanField(verbose_name="aan tafel")),
                ("is_by_hand", models.BooleanField(default=False, verbose_name="met de hand verbeterd")),
                ("people", models.CharField(blank=True, max_length=200, verbose_name="wie")),
                (
                    "noted_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="opgeschreven op"
                    ),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.compartment",
                        verbose_name="compartiment",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presences",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.partner",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "aanwezigheid bij een agendapunt",
                "verbose_name_plural": "aanwezigheid bij agendapunten",
                "constraints": [
                    models.UniqueConstraint(fields=("item", "partner"), name="itempresence_once")
                ],
            },
        ),
        *protect("meetings_itempresence"),
        sees_parent("meetings_itempresence", "item_id", "meetings_agendaitem"),
        migrations.AddField(
            model_name="agendaitem",
            name="cleared_at",
            field=models.DateTimeField(null=True, verbose_name="wie het niet mag horen van tafel op"),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="cleared_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cleared_at", None), ("cleared_by", None)),
                    models.Q(("cleared_at__isnull", False), ("cleared_by__isnull", False)),
                    _connector="OR",
                ),
                name="agendaitem_cleared_pair",
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="presence",
            field=models.CharField(
                choices=[
                    ("present", "aanwezig"),
                    ("late", "later gekomen"),
                    ("left", "eerder weg"),
                    ("excused", "afgemeld"),
                    ("absent", "afwezig"),
                ],
                max_length=10,
                verbose_name="aanwezigheid",
            ),
        ),
    ]
