"""Groups, who may take part in them, what the finder works with; and where a signal was seen."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import allow, protect, sees_parent

SQL = Path(__file__).parent.parent / "sql"
# Who signs the model convenant: police, prosecutor, municipality, youth work, boa's. School, care and youth health care
# do not. (kind, takes part)
KINDS = [
    ("police", True), ("justice", True), ("municipality", True), ("youth_work", True), ("enforcement", True),
    ("halt", False), ("child_protection", False), ("care", False), ("school", False), ("other", False),
]  # fmt: skip
THRESHOLDS = [
    ("1-terug", "Zoveel dagen kijkt de groepszoeker terug", 90),
    ("2-binnen", "Op dezelfde plek telt als samen, binnen zoveel dagen", 3),
    ("3-keer", "Zo vaak samen, dan is er een verband", 2),
    ("4-jongeren", "Met zoveel jongeren is het een mogelijke groep", 3),
]
# A name is shown to who reads the group and also the youth.
SEES_YOUTH = """
CREATE POLICY shows_youth ON cases_groupmember AS RESTRICTIVE FOR SELECT TO ijap_app
  USING (EXISTS (SELECT FROM cases_youth y WHERE y.id = youth_id));
"""


def fill(apps, schema_editor):
    db = schema_editor.connection.alias
    kinds = apps.get_model("cases", "ConvenantKind").objects.using(db)
    kinds.bulk_create(kinds.model(kind=kind, is_party=is_party) for kind, is_party in KINDS)
    thresholds = apps.get_model("cases", "FinderThreshold").objects.using(db)
    thresholds.bulk_create(
        thresholds.model(code=code, name=name, number=number) for code, name, number in THRESHOLDS
    )


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0030_groups"),
        ("accounts", "0012_change_notices"),
        ("cases", "0008_regimes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConvenantKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("regie", "Zorg- en Veiligheidshuis"),
                            ("police", "Politie"),
                            ("halt", "Halt"),
                            ("youth_work", "Jongerenwerk"),
                            ("child_protection", "Jeugdbescherming"),
                            ("justice", "Justitie"),
                            ("municipality", "Gemeente"),
                            ("enforcement", "Toezicht en handhaving"),
                            ("care", "Zorg"),
                            ("school", "Onderwijs"),
                            ("other", "Overig"),
                        ],
                        max_length=20,
                        unique=True,
                        verbose_name="soort organisatie",
                    ),
                ),
                ("is_party", models.BooleanField(verbose_name="doet mee volgens het convenant")),
            ],
            options={
                "verbose_name": "partij van het convenant",
                "verbose_name_plural": "partijen van het convenant",
                "ordering": ("kind",),
            },
        ),
        migrations.CreateModel(
            name="FinderThreshold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=24, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="waarvoor")),
                ("number", models.PositiveSmallIntegerField(verbose_name="getal")),
            ],
            options={
                "verbose_name": "drempel van de groepszoeker",
                "verbose_name_plural": "drempels van de groepszoeker",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="Group",
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
                ("name", models.CharField(max_length=80, verbose_name="naam")),
                (
                    "stage",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (10, "1. Signalen delen"),
                            (20, "2A. Is het een probleem?"),
                            (25, "2B. Namen en groepsscan"),
                            (30, "3. Beeld en conceptplan"),
                            (40, "4. Advies en prioriteit"),
                            (50, "5. Plan van aanpak"),
                            (60, "6. Uitvoeren en volgen"),
                            (70, "7. Afbouwen en evalueren"),
                            (90, "Gesloten"),
                        ],
                        default=10,
                        verbose_name="stap",
                    ),
                ),
                (
                    "stage_since",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="in deze stap sinds",
                    ),
                ),
                ("behaviour", models.TextField(blank=True, max_length=2000, verbose_name="gedrag")),
                (
                    "scan_on",
                    models.DateField(blank=True, null=True, verbose_name="groepsscan van de politie op"),
                ),
                ("convenant", models.CharField(blank=True, max_length=200, verbose_name="convenant")),
                (
                    "convenant_until",
                    models.DateField(blank=True, null=True, verbose_name="convenant geldig tot en met"),
                ),
                ("picture", models.TextField(blank=True, max_length=4000, verbose_name="duiding")),
                ("evaluation", models.TextField(blank=True, max_length=4000, verbose_name="evaluatie")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, verbose_name="versie")),
                (
                    "started_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="begonnen op"
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True, verbose_name="gesloten op")),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.municipality",
                        verbose_name="gemeente die leidt",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "groep",
                "verbose_name_plural": "groepen",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["readers"], name="cases_group_readers"),
                    models.Index(fields=["-started_at", "-id"], name="cases_group_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="group_closed_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("stage", 90)),
                            models.Q(models.Q(("stage", 90), _negated=True), ("closed_at", None)),
                            _connector="OR",
                        ),
                        name="group_closed_when_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__lt", 25),
                            ("stage", 90),
                            models.Q(
                                ("convenant_until__isnull", False),
                                ("scan_on__isnull", False),
                                models.Q(("convenant", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="group_names_need_ground",
                        violation_error_message="Vanaf stap 2B zijn een groepsscan en een geldig convenant nodig.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupGoal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.CharField(max_length=300, verbose_name="wat")),
                ("due_on", models.DateField(verbose_name="wanneer")),
                ("result", models.CharField(blank=True, max_length=500, verbose_name="resultaat")),
                (
                    "agreed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="afgesproken op"
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="afgerond op")),
                (
                    "agreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="cases.group"
                    ),
                ),
                (
                    "owner_partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.partner",
                        verbose_name="wie",
                    ),
                ),
            ],
            options={
                "verbose_name": "doel van een groepsplan",
                "verbose_name_plural": "doelen van een groepsplan",
                "ordering": ("due_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="groupgoal_ended_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("result", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("result", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="groupgoal_ends_with_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("source", models.CharField(max_length=200, verbose_name="bron")),
                ("position", models.CharField(blank=True, max_length=80, verbose_name="rol in de groep")),
                ("review_on", models.DateField(verbose_name="opnieuw bekijken op")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                (
                    "noted_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="vastgelegd op"
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="beëindigd op")),
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
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="cases.group"
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
                    "youth",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="cases.youth",
                        verbose_name="jongere",
                    ),
                ),
            ],
            options={
                "verbose_name": "lid van een groep",
                "verbose_name_plural": "leden van een groep",
                "indexes": [models.Index(fields=["youth"], name="cases_groupmember_youth")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("group", "youth"),
                        name="groupmember_once",
                        violation_error_message="Deze jongere staat al bij deze groep.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="groupmember_ended_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="groupmember_sourced"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="plek")),
                ("since_on", models.DateField(verbose_name="sinds")),
                (
                    "noted_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="vastgelegd op"
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="niet meer sinds")),
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
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="cases.group"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.municipality",
                        verbose_name="gemeente",
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
            ],
            options={
                "verbose_name": "plek van een groep",
                "verbose_name_plural": "plekken van een groep",
                "ordering": ("name", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="groupplace_ended_pair",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "old",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (10, "1. Signalen delen"),
                            (20, "2A. Is het een probleem?"),
                            (25, "2B. Namen en groepsscan"),
                            (30, "3. Beeld en conceptplan"),
                            (40, "4. Advies en prioriteit"),
                            (50, "5. Plan van aanpak"),
                            (60, "6. Uitvoeren en volgen"),
                            (70, "7. Afbouwen en evalueren"),
                            (90, "Gesloten"),
                        ],
                        verbose_name="van",
                    ),
                ),
                (
                    "new",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (10, "1. Signalen delen"),
                            (20, "2A. Is het een probleem?"),
                            (25, "2B. Namen en groepsscan"),
                            (30, "3. Beeld en conceptplan"),
                            (40, "4. Advies en prioriteit"),
                            (50, "5. Plan van aanpak"),
                            (60, "6. Uitvoeren en volgen"),
                            (70, "7. Afbouwen en evalueren"),
                            (90, "Gesloten"),
                        ],
                        verbose_name="naar",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="waarom")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="op"
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
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="cases.group"
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
            ],
            options={
                "verbose_name": "stap van een groep",
                "verbose_name_plural": "stappen van een groep",
                "ordering": ("-made_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("old", models.F("new")), _negated=True), name="groupstep_moves"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="signal",
            name="location",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=120, verbose_name="plaats"
            ),
        ),
        migrations.AddField(
            model_name="toldsignal",
            name="location",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=120, verbose_name="plaats"
            ),
        ),
        migrations.AddIndex(
            model_name="toldsignal",
            index=models.Index(fields=["observed_on"], name="cases_toldsignal_observed"),
        ),
        migrations.AddIndex(
            model_name="youth",
            index=models.Index(fields=["last_name"], name="cases_youth_last_name"),
        ),
        allow("cases_convenantkind"),
        allow("cases_finderthreshold"),
        *protect("cases_group", listed=True),
        *protect("cases_groupstep"),
        *protect("cases_groupplace"),
        *protect("cases_groupmember"),
        *protect("cases_groupgoal"),
        sees_parent("cases_groupstep", "group_id", "cases_group"),
        sees_parent("cases_groupplace", "group_id", "cases_group"),
        sees_parent("cases_groupmember", "group_id", "cases_group"),
        sees_parent("cases_groupgoal", "group_id", "cases_group"),
        sees_parent("cases_groupmember", "youth_id", "cases_youth"),
        migrations.RunSQL(SEES_YOUTH, migrations.RunSQL.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL((SQL / "tell_elsewhere.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "groups.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "seen_together.sql").read_text(), migrations.RunSQL.noop),
    ]
