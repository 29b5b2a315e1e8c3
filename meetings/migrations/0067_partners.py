"""Partneroverleg: meetings without youths, about topics; the database keeps it so."""

import uuid
from pathlib import Path

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import allow

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0066_before"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="series",
            name="kind",
            field=models.CharField(
                choices=[("rhythm", "reeks"), ("urgent", "spoedoverleg"), ("partners", "partneroverleg")],
                default="rhythm",
                max_length=8,
                verbose_name="soort",
            ),
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveSmallIntegerField(verbose_name="plaats")),
                ("title", models.CharField(max_length=120, verbose_name="onderwerp")),
                ("question", models.CharField(blank=True, max_length=300, verbose_name="vraag aan de tafel")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="minuten",
                    ),
                ),
                (
                    "outcome",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="wat is besproken en afgesproken"
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, verbose_name="versie")),
                (
                    "added_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="op de agenda gezet op",
                    ),
                ),
                ("written_at", models.DateTimeField(null=True, verbose_name="geschreven op")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="van de agenda gehaald op")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topics",
                        to="meetings.meeting",
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
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "onderwerp",
                "verbose_name_plural": "onderwerpen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("written_at", None), ("written_by", None)),
                            models.Q(("written_at__isnull", False), ("written_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="topic_written_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="topic_withdrawn_pair",
                    ),
                ],
            },
        ),
        allow("meetings_topic"),
        migrations.RunSQL((SQL / "partners.sql").read_text(), migrations.RunSQL.noop),
    ]
