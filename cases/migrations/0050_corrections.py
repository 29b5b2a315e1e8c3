"""What the source of a told signal took back or corrected, and who processes that."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import protect, sees_parent

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0030_groups"),
        ("accounts", "0012_change_notices"),
        ("cases", "0040_merges"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="signal",
            name="corrected",
            field=models.TextField(
                blank=True, db_default="", default="", max_length=20000, verbose_name="zo is het wel"
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="taken_back_at",
            field=models.DateTimeField(null=True, verbose_name="teruggenomen op"),
        ),
        migrations.AlterField(
            model_name="signalnote",
            name="kind",
            field=models.CharField(
                choices=[
                    ("question", "Vraag van de regisseur"),
                    ("answer", "Antwoord van de melder"),
                    ("feedback", "Terugkoppeling"),
                    ("withdrawn", "Teruggenomen door de bron"),
                    ("corrected", "Verbeterd door de bron"),
                ],
                max_length=10,
                verbose_name="soort",
            ),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("withdrawn", "teruggenomen"), ("corrected", "verbeterd")],
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="waarom")),
                ("text", models.TextField(blank=True, max_length=20000, verbose_name="zo is het wel")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="gemaakt op"
                    ),
                ),
                ("worded_at", models.DateTimeField(null=True, verbose_name="tekst gegeven op")),
                ("replaced_at", models.DateTimeField(null=True, verbose_name="opgevolgd op")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
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
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.partner",
                        verbose_name="bron",
                    ),
                ),
                (
                    "told",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="cases.toldsignal",
                    ),
                ),
                (
                    "worded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "verbetering",
                "verbose_name_plural": "verbeteringen",
                "ordering": ("-made_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("told",),
                        name="correction_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "corrected"), ("text", ""), _connector="OR"),
                        name="correction_withdrawn_has_no_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("worded_at", None), ("worded_by", None)),
                            models.Q(
                                ("worded_at__isnull", False),
                                ("worded_by__isnull", False),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="correction_worded_pair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CorrectionTask",
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
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="gevraagd op"
                    ),
                ),
                ("mailed_at", models.DateTimeField(null=True, verbose_name="gemaild op")),
                ("done_at", models.DateTimeField(null=True, verbose_name="verwerkt op")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction_tasks",
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
                    "correction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="cases.correction",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
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
                "verbose_name": "te verwerken verbetering",
                "verbose_name_plural": "te verwerken verbeteringen",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["readers"], name="cases_correctiontask_readers"
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["partner", "made_at"],
                        name="cases_correctiontask_pending",
                    ),
                    models.Index(
                        condition=models.Q(("mailed_at", None)),
                        fields=["made_at"],
                        name="cases_correctiontask_unmailed",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("correction", "partner"), name="correctiontask_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="correctiontask_done_pair",
                    ),
                ],
            },
        ),
        *protect("cases_correction"),
        *protect("cases_correctiontask", listed=True),
        sees_parent("cases_correction", "told_id", "cases_toldsignal"),
        sees_parent("cases_correction", "case_id", "cases_case"),
        sees_parent("cases_correctiontask", "correction_id", "cases_correction"),
        sees_parent("cases_correctiontask", "case_id", "cases_case"),
        migrations.RunSQL((SQL / "correct.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "own_actions.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "seen_together.sql").read_text(), migrations.RunSQL.noop),
    ]
