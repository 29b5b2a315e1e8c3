"""Files at a case or at a signal."""

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
        ("access", "0041_contributions"),
        ("accounts", "0012_change_notices"),
        ("cases", "0063_newest_sightings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
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
                ("title", models.CharField(max_length=120, verbose_name="wat is het")),
                ("source", models.CharField(max_length=200, verbose_name="waar komt het vandaan")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wordt nagekeken"),
                            ("ready", "nagekeken"),
                            ("refused", "niet aangenomen"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="staat",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("jpg", "foto (JPG)"), ("png", "afbeelding (PNG)")],
                        max_length=3,
                        verbose_name="soort",
                    ),
                ),
                ("received", models.BinaryField(default=bytes, verbose_name="zoals ontvangen")),
                ("content", models.BinaryField(default=bytes, verbose_name="inhoud")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="vingerafdruk")),
                ("size", models.PositiveIntegerField(default=0, verbose_name="grootte in bytes")),
                (
                    "refused_because",
                    models.CharField(blank=True, max_length=200, verbose_name="waarom niet aangenomen"),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="toegevoegd op"
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="teruggenomen op")),
                (
                    "withdrawn_because",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom teruggenomen"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="cases.case",
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
                    "made_by",
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
                (
                    "signal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="cases.signal",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bijlage",
                "verbose_name_plural": "bijlagen",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["readers"], name="cases_attachment_readers"
                    ),
                    models.Index(fields=["case", "-id"], name="cases_attachment_case"),
                    models.Index(fields=["signal"], name="cases_attachment_signal"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case", None), ("signal__isnull", False)),
                            models.Q(("case__isnull", False), ("signal", None)),
                            _connector="OR",
                        ),
                        name="attachment_case_or_signal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refused_because", ""), ("sha256", ""), ("state", "waiting")),
                            models.Q(
                                ("refused_because", ""),
                                ("state", "ready"),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            models.Q(
                                ("sha256", ""),
                                ("state", "refused"),
                                models.Q(("refused_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="attachment_is_what_it_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawn_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="attachment_withdrawn_pair",
                    ),
                ],
            },
        ),
        *protect("cases_attachment", listed=True),
        sees_parent("cases_attachment", "case_id", "cases_case"),
        sees_parent("cases_attachment", "signal_id", "cases_signal"),
    ]
