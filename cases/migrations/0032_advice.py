"""Questions to those above or beside the table, cases that go on elsewhere, and cases that follow a youth who moved."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import protect, sees_parent


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0030_groups"),
        ("accounts", "0012_change_notices"),
        ("cases", "0031_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Advice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "readers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, editable=False, size=None
                    ),
                ),
                (
                    "excluded",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, editable=False, size=None
                    ),
                ),
                ("valid_until", models.DateTimeField(editable=False, null=True)),
                (
                    "data_class",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "basis"), (1, "politiegegevens"), (2, "zorggegevens"), (3, "geheim")],
                        db_default=0,
                        default=0,
                        editable=False,
                        verbose_name="klasse",
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("board", "bestuurlijke opschaling"),
                            ("lawfulness", "advies over rechtmatigheid (RAC)"),
                        ],
                        max_length=10,
                        verbose_name="wat voor advies",
                    ),
                ),
                ("asked_of", models.CharField(max_length=120, verbose_name="aan wie")),
                ("question", models.TextField(max_length=3000, verbose_name="de vraag")),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="gevraagd op"
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=4000, verbose_name="het antwoord")),
                ("answered_on", models.DateField(null=True, verbose_name="geantwoord op")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="antwoord vastgelegd op")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="advices", to="cases.case"
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
            ],
            options={
                "verbose_name": "advies",
                "verbose_name_plural": "adviezen",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["readers"], name="cases_advice_readers"),
                    models.Index(fields=["case"], name="cases_advice_by_case"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at", None),
                                ("answered_by", None),
                                ("answered_on", None),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("answered_on__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="advice_answered_whole",
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="levelchange",
            name="levelchange_moves",
        ),
        migrations.AddField(
            model_name="closing",
            name="handed_contact",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="wie het daar overnam"
            ),
        ),
        migrations.AddField(
            model_name="closing",
            name="handed_to",
            field=models.CharField(
                blank=True,
                choices=[
                    ("front_door", "ZLZVH (voordeur van de drie veiligheidshuizen)"),
                    ("other_region", "een andere regio"),
                    ("adults", "persoonsgerichte aanpak voor volwassenen"),
                ],
                db_default="",
                default="",
                max_length=12,
                verbose_name="overgedragen aan",
            ),
        ),
        migrations.AddField(
            model_name="levelchange",
            name="municipality",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.municipality",
                verbose_name="naar gemeente",
            ),
        ),
        migrations.AddConstraint(
            model_name="closing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("handed_to", ""), models.Q(("handed_contact", ""), _negated=True), _connector="OR"
                ),
                name="closing_handed_to_somebody",
                violation_error_message="Zeg wie het daar overnam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="levelchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("old", models.F("new")), _negated=True),
                    models.Q(("municipality__isnull", False), ("new", 2), ("old", 2)),
                    _connector="OR",
                ),
                name="levelchange_moves",
            ),
        ),
        *protect("cases_advice", listed=True),
        sees_parent("cases_advice", "case_id", "cases_case"),
    ]
