"""What a level asks and allows, and the plan van aanpak."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import allow, protect, sees_parent

JPP, LJA, PGA = 1, 2, 3
HERE = "Werkwijze Integrale Jeugd Aanpak Parkstad; nog te toetsen"
HOUSE = "Landelijke criteria van de Zorg- en Veiligheidshuizen"
WHOLE = [
    (
        1,
        "Er zijn problemen op meer dan één leefgebied, die (zullen) leiden tot overlast, strafbaar gedrag of verder afglijden.",
        HOUSE,
    ),
    (1, "Samenwerking van meer ketens is nodig; gewone samenwerking binnen één keten is niet genoeg.", HOUSE),
    (1, "De problemen hangen samen met het gezin of de directe omgeving, of raken die.", HOUSE),
    (2, "Er is een ernstig plaatselijk veiligheidsprobleem dat meer dan één keten vraagt.", HOUSE),
]
LESS = [
    (1, "De doelen van dit niveau zijn gehaald, of het gaat stabiel beter.", HERE),
    (1, "De casusregisseur is het ermee eens.", HERE),
]
CRITERIA = {
    (JPP, LJA): [
        (1, "Het staat stil: wat is afgesproken werkt niet.", HERE),
        (2, "Het is ernstig: één gebeurtenis weegt zwaar.", HERE),
        (3, "Het herhaalt zich.", HERE),
        (4, "Er zijn zorgen op meer leefgebieden.", HERE),
        (5, "De jongere trekt op met een groep die overlast geeft of strafbare feiten pleegt.", HERE),
        (6, "De veiligheid van de jongere of van een ander is in het geding.", HERE),
    ],
    (LJA, PGA): WHOLE,
    (JPP, PGA): WHOLE,
    (LJA, JPP): LESS,
    (PGA, LJA): LESS,
    (PGA, JPP): LESS,
}  # fmt: skip
ALL = ["police", "halt", "youth_work", "child_protection", "justice", "municipality", "enforcement", "care", "school", "other"]  # fmt: skip
# Level, ground, months, kinds, classes, text of a letter. Which regime holds is for the lawyer of the client.
REGIMES = [
    (JPP, "Convenant JPP; AVG art. 6(1)(e), Wpg art. 20, UAVG art. 33(1)(b).", 24, ALL, [0, 1, 2],
     "Organisaties die met jongeren werken, bespreken samen hoe zij u het beste kunnen helpen."),
    (LJA, "Convenant lokale aanpak van de gemeente; AVG art. 6(1)(e), Wpg art. 20.", 60, ALL, [0, 1, 2],
     "De gemeente waar u woont, leidt een gezamenlijke aanpak en maakt met u een plan."),
    (PGA, "Wet gegevensverwerking door samenwerkingsverbanden (Zorg- en Veiligheidshuis).", 60, ALL, [0, 1, 2],
     "Het Zorg- en Veiligheidshuis leidt een persoonsgerichte aanpak en maakt met u een plan."),
]  # fmt: skip


def fill(apps, schema_editor):
    db = schema_editor.connection.alias
    criteria, regimes = apps.get_model("cases", "LevelCriterion"), apps.get_model("cases", "LevelRegime")
    criteria.objects.using(db).bulk_create(
        criteria(old=old, new=new, group=group, text=text, source=source)
        for (old, new), rows in CRITERIA.items()
        for group, text, source in rows
    )
    names = ("level", "ground", "retention_months", "partner_kinds", "data_classes", "letter_text")
    regimes.objects.using(db).bulk_create(regimes(**dict(zip(names, row, strict=True))) for row in REGIMES)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_classes"),
        ("accounts", "0012_change_notices"),
        ("cases", "0007_picture"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LevelCriterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "old",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "JPP"), (2, "LJA"), (3, "PGA")], verbose_name="van"
                    ),
                ),
                (
                    "new",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "JPP"), (2, "LJA"), (3, "PGA")], verbose_name="naar"
                    ),
                ),
                ("group", models.PositiveSmallIntegerField(verbose_name="groep")),
                ("text", models.CharField(max_length=300, verbose_name="criterium")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="bron")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="geverifieerd op")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="gestopt op")),
            ],
            options={
                "verbose_name": "criterium van een niveau",
                "verbose_name_plural": "criteria van niveaus",
                "ordering": ("old", "new", "group", "pk"),
            },
        ),
        migrations.CreateModel(
            name="LevelRegime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "JPP"), (2, "LJA"), (3, "PGA")], unique=True, verbose_name="niveau"
                    ),
                ),
                ("ground", models.CharField(max_length=300, verbose_name="grondslag")),
                (
                    "retention_months",
                    models.PositiveSmallIntegerField(verbose_name="bewaren na sluiting (maanden)"),
                ),
                (
                    "partner_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        ),
                        size=None,
                        verbose_name="wie mogen meedoen",
                    ),
                ),
                (
                    "data_classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[(0, "basis"), (1, "politiegegevens"), (2, "zorggegevens"), (3, "geheim")]
                        ),
                        size=None,
                        verbose_name="welke klassen",
                    ),
                ),
                ("letter_text", models.TextField(max_length=2000, verbose_name="wat een brief erover zegt")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="geverifieerd op")),
            ],
            options={
                "verbose_name": "rechtsregime van een niveau",
                "verbose_name_plural": "rechtsregimes van niveaus",
                "ordering": ("level",),
            },
        ),
        migrations.AddField(
            model_name="case",
            name="procesregisseur",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="procesregisseur",
            ),
        ),
        migrations.AddField(
            model_name="levelchange",
            name="criteria",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), db_default=[], default=list, size=None, verbose_name="criteria"
            ),
        ),
        migrations.AddField(
            model_name="levelchange",
            name="regime",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="rechtsregime"),
        ),
        migrations.CreateModel(
            name="PlanGoal",
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
                ("text", models.CharField(max_length=500, verbose_name="wat willen we bereiken")),
                ("due_on", models.DateField(verbose_name="wanneer is het zover")),
                (
                    "set_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="gesteld op"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "gehaald"),
                            ("partly", "deels gehaald"),
                            ("not", "niet gehaald"),
                            ("dropped", "vervallen"),
                        ],
                        max_length=8,
                        verbose_name="resultaat",
                    ),
                ),
                ("evaluation", models.CharField(blank=True, max_length=500, verbose_name="hoe ging het")),
                ("evaluated_at", models.DateTimeField(null=True, verbose_name="geëvalueerd op")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.lifearea",
                        verbose_name="leefgebied",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="cases.case"
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
                    "evaluated_by",
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
                        verbose_name="wie zorgt ervoor",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "doel",
                "verbose_name_plural": "doelen",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["readers"], name="cases_plangoal_readers"
                    ),
                    models.Index(fields=["case"], name="cases_plangoal_by_case"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("evaluated_at", None),
                                ("evaluated_by", None),
                                ("evaluation", ""),
                                ("result", ""),
                            ),
                            models.Q(
                                ("evaluated_at__isnull", False),
                                ("evaluated_by__isnull", False),
                                models.Q(("result", ""), _negated=True),
                                models.Q(("evaluation", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="plangoal_evaluated_whole",
                    )
                ],
            },
        ),
        allow("cases_levelregime"),
        allow("cases_levelcriterion"),
        *protect("cases_plangoal", listed=True),
        sees_parent("cases_plangoal", "case_id", "cases_case"),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
