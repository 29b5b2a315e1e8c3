"""Youths who are one, and signals that stood with the wrong youth."""

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
# What was taken away from the wrong youth is read by nobody; that two youths are one, by who may know of both.
HIDES = """
CREATE POLICY still_told ON cases_toldsignal AS RESTRICTIVE FOR SELECT TO ijap_app USING (unlinked_at IS NULL);
CREATE POLICY shows_kept ON cases_youthmerge AS RESTRICTIVE FOR SELECT TO ijap_app
  USING (EXISTS (SELECT FROM cases_youth y WHERE y.id = kept_id));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0040_wrong_youth"),
        ("audit", "0003_reading"),
        ("accounts", "0012_change_notices"),
        ("cases", "0032_advice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="closing",
            name="is_merge",
            field=models.BooleanField(db_default=False, default=False, verbose_name="samengevoegd"),
        ),
        migrations.AddField(
            model_name="toldsignal",
            name="unlinked_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="losgemaakt op"),
        ),
        migrations.CreateModel(
            name="WrongYouth",
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
                ("youth_number", models.BigIntegerField(verbose_name="nummer van de jongere")),
                ("signal_number", models.BigIntegerField(verbose_name="nummer van het signaal")),
                (
                    "reason",
                    models.CharField(max_length=500, verbose_name="waarom is dit de verkeerde jongere"),
                ),
                (
                    "classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[(0, "basis"), (1, "politiegegevens"), (2, "zorggegevens"), (3, "geheim")]
                        ),
                        default=list,
                        size=None,
                        verbose_name="klassen van gegevens",
                    ),
                ),
                ("note", models.TextField(max_length=6000, verbose_name="notitie voor de privacy officer")),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="versie"
                    ),
                ),
                ("told_at", models.DateTimeField(verbose_name="ingebracht op")),
                (
                    "unlinked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="losgemaakt op"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wrong_signals",
                        to="cases.case",
                        verbose_name="dossier",
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
                    "unlinked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "losgemaakt signaal",
                "verbose_name_plural": "losgemaakte signalen",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["readers"], name="cases_wrongyouth_readers"
                    ),
                    models.Index(fields=["-unlinked_at", "-id"], name="cases_wrongyouth_newest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="WrongYouthReader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("roles", models.CharField(blank=True, max_length=60, verbose_name="rol")),
                ("times", models.PositiveIntegerField(verbose_name="keer")),
                ("first_at", models.DateTimeField(verbose_name="voor het eerst")),
                ("last_at", models.DateTimeField(verbose_name="voor het laatst")),
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
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.partner",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wie",
                    ),
                ),
                (
                    "wrong",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seen_by",
                        to="cases.wrongyouth",
                    ),
                ),
            ],
            options={
                "verbose_name": "lezer van een losgemaakt signaal",
                "verbose_name_plural": "lezers van een losgemaakt signaal",
                "ordering": ("first_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="YouthMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reason", models.CharField(max_length=500, verbose_name="reden")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="samengevoegd op"
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True, verbose_name="ongedaan gemaakt op")),
                (
                    "undone_because",
                    models.CharField(blank=True, max_length=500, verbose_name="waarom ongedaan gemaakt"),
                ),
                (
                    "absorbed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.youth",
                        verbose_name="gaat erin op",
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
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.youth",
                        verbose_name="blijft",
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
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "samenvoeging",
                "verbose_name_plural": "samenvoegingen",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("absorbed",),
                        name="youthmerge_absorbed_once",
                        violation_error_message="Deze jongere is al samengevoegd.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("absorbed")), _negated=True),
                        name="youthmerge_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="youthmerge_undone_pair",
                    ),
                ],
            },
        ),
        *protect("cases_youthmerge"),
        *protect("cases_wrongyouth", listed=True),
        *protect("cases_wrongyouthreader"),
        sees_parent("cases_youthmerge", "kept_id", "cases_youth"),
        sees_parent("cases_youthmerge", "absorbed_id", "cases_youth"),
        sees_parent("cases_wrongyouth", "case_id", "cases_case"),
        sees_parent("cases_wrongyouthreader", "wrong_id", "cases_wrongyouth"),
        migrations.RunSQL(HIDES, migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "merges.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "wrong_youth.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "seen_together.sql").read_text(), migrations.RunSQL.noop),
    ]
