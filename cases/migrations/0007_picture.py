"""The picture of a youth, what is around it, and the ledger of who was informed."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import allow, protect, sees_parent

# The twelve parts of life; proposed, and kept by the beheerder since. docs: domain of the youth version.
AREAS = [
    ("thuis", "Thuis en gezin", "Hoe gaat het thuis, wie is er voor de jongere?"),
    ("wonen", "Wonen en verblijf", "Waar slaapt de jongere, is dat veilig en vast?"),
    ("school", "School en opleiding", "Aanwezig zijn, leren, binding met school."),
    ("werk", "Werk en dagbesteding", "Stage, bijbaan, wat de jongere overdag doet."),
    ("geld", "Geld en schulden", "Rondkomen, schulden, geld zonder verklaring."),
    ("vrije-tijd", "Vrije tijd en sport", "Clubs, sport, plekken waar het goed gaat."),
    ("vrienden", "Vrienden en groep", "Wie trekken met elkaar op, wie heeft invloed?"),
    ("online", "Online", "Sociale media, games, online ronselen of ruzie."),
    ("lichaam", "Lichamelijke gezondheid", "Slapen, eten, ziekte, letsel."),
    ("psychisch", "Psychische gezondheid", "Hoofd, gevoel, begrip; ook een licht verstandelijke beperking."),
    ("middelen", "Middelen, gokken en gamen", "Wat, hoe vaak, wat doet het?"),
    ("justitie", "Politie en justitie, houding", "Contacten met politie, houding tegenover regels."),
]  # fmt: skip
# A month, AVG art. 14(3)(a); how long before that a regisseur hears of it.
TERMS = [
    ("informeren", "Jongere en ouders weten dat een dossier open is binnen", 30),
    ("informeren-bijna", "Niet geïnformeerd komt op de agenda in de laatste", 14),
]


def fill(apps, schema_editor):
    db = schema_editor.connection.alias
    areas, terms = apps.get_model("cases", "LifeArea"), apps.get_model("cases", "RuleTerm")
    areas.objects.using(db).bulk_create(
        areas(code=code, name=name, hint=hint, position=place)
        for place, (code, name, hint) in enumerate(AREAS, 1)
    )
    terms.objects.using(db).bulk_create(terms(code=code, name=name, days=days) for code, name, days in TERMS)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_classes"),
        ("accounts", "0012_change_notices"),
        ("cases", "0006_measures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LifeArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=60, verbose_name="naam")),
                ("hint", models.CharField(blank=True, max_length=200, verbose_name="waar gaat het over")),
                ("position", models.PositiveSmallIntegerField(verbose_name="volgorde")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="gestopt op")),
            ],
            options={
                "verbose_name": "leefgebied",
                "verbose_name_plural": "leefgebieden",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.AddField(
            model_name="case",
            name="discussed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="laatst besproken op"),
        ),
        migrations.AddField(
            model_name="youth",
            name="estimated_age",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="geschatte leeftijd"),
        ),
        migrations.AddField(
            model_name="youth",
            name="estimated_on",
            field=models.DateField(blank=True, null=True, verbose_name="geschat op"),
        ),
        migrations.AddField(
            model_name="case",
            name="inform_by_on",
            field=models.DateField(blank=True, null=True, verbose_name="informeren voor"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at", None), ("inform_by_on__isnull", False)),
                fields=["level", "inform_by_on"],
                name="cases_case_inform",
            ),
        ),
        migrations.AddField(
            model_name="youth",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="versie"),
        ),
        migrations.CreateModel(
            name="Informing",
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
                    "audience",
                    models.CharField(
                        choices=[("youth", "jongere"), ("parents", "ouders")],
                        max_length=8,
                        verbose_name="wie",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("told", "geïnformeerd"),
                            ("postponed", "uitgesteld"),
                            ("excepted", "hoeft niet"),
                        ],
                        max_length=10,
                        verbose_name="hoe staat het ervoor",
                    ),
                ),
                ("told_on", models.DateField(blank=True, null=True, verbose_name="verteld op")),
                ("told_by", models.CharField(blank=True, max_length=120, verbose_name="verteld door")),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("talk", "in een gesprek"),
                            ("phone", "aan de telefoon"),
                            ("letter", "per brief"),
                        ],
                        max_length=8,
                        verbose_name="hoe",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("c", "openbare veiligheid (UAVG 41, c)"),
                            ("d", "opsporing of voorkoming van strafbare feiten (UAVG 41, d)"),
                            ("e", "een ander belangrijk algemeen belang (UAVG 41, e)"),
                            ("i", "bescherming van de jongere of van een ander (UAVG 41, i)"),
                        ],
                        max_length=1,
                        verbose_name="grond van uitstel",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="waarom")),
                ("recheck_on", models.DateField(blank=True, null=True, verbose_name="opnieuw bekijken op")),
                (
                    "noted_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="vastgelegd op"
                    ),
                ),
                ("agreed_at", models.DateTimeField(null=True, verbose_name="akkoord op")),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="informings",
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
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "regel over informeren",
                "verbose_name_plural": "regels over informeren",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["readers"], name="cases_informing_readers"
                    ),
                    models.Index(fields=["case", "-id"], name="cases_informing_case"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "told"), _negated=True),
                            models.Q(
                                ("told_on__isnull", False),
                                models.Q(("told_by", ""), _negated=True),
                                models.Q(("channel", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="informing_told_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "postponed"), _negated=True),
                            models.Q(
                                ("recheck_on__isnull", False),
                                models.Q(("ground", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="informing_postponed_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "excepted"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="informing_excepted_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at", None), ("agreed_by", None)),
                            models.Q(
                                ("agreed_at__isnull", False),
                                models.Q(("agreed_by", models.F("noted_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="informing_two_people",
                        violation_error_message="Een ander van de regie gaat hiermee akkoord.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
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
                ("source", models.CharField(max_length=200, verbose_name="bron")),
                ("since_on", models.DateField(blank=True, null=True, verbose_name="sinds")),
                (
                    "noted_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="vastgelegd op"
                    ),
                ),
                ("ended_on", models.DateField(null=True, verbose_name="niet meer sinds")),
                (
                    "ended_because",
                    models.CharField(blank=True, max_length=200, verbose_name="waarom niet meer"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("home", "woont"),
                            ("school", "gaat naar school of werk"),
                            ("hangout", "is vaak"),
                        ],
                        max_length=8,
                        verbose_name="wat doet de jongere daar",
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="waar")),
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
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                (
                    "youth",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="cases.youth",
                        verbose_name="jongere",
                    ),
                ),
            ],
            options={
                "verbose_name": "plek",
                "verbose_name_plural": "plekken",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["readers"], name="cases_place_readers"),
                    models.Index(fields=["youth"], name="cases_place_youth_now"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_by", None), ("ended_on", None)),
                            models.Q(("ended_by__isnull", False), ("ended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="place_ended_pair",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None), ("kind", "home")),
                        fields=("youth",),
                        name="place_one_home",
                        violation_error_message="Er staat al een adres. Zeg eerst dat de jongere daar niet meer woont.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relative",
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
                ("source", models.CharField(max_length=200, verbose_name="bron")),
                ("since_on", models.DateField(blank=True, null=True, verbose_name="sinds")),
                (
                    "noted_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="vastgelegd op"
                    ),
                ),
                ("ended_on", models.DateField(null=True, verbose_name="niet meer sinds")),
                (
                    "ended_because",
                    models.CharField(blank=True, max_length=200, verbose_name="waarom niet meer"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mother", "moeder"),
                            ("father", "vader"),
                            ("parent", "andere ouder of stiefouder"),
                            ("foster", "pleegouder"),
                            ("guardian", "voogd"),
                            ("brother", "broer"),
                            ("sister", "zus"),
                            ("grandparent", "opa of oma"),
                            ("adult", "andere belangrijke volwassene"),
                        ],
                        max_length=12,
                        verbose_name="wie is dit",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=60, verbose_name="voornaam")),
                ("prefix", models.CharField(blank=True, max_length=20, verbose_name="tussenvoegsel")),
                ("last_name", models.CharField(max_length=80, verbose_name="achternaam")),
                ("birth_on", models.DateField(blank=True, null=True, verbose_name="geboortedatum")),
                (
                    "custody",
                    models.CharField(
                        choices=[
                            ("yes", "heeft gezag"),
                            ("no", "heeft geen gezag"),
                            ("unknown", "gezag onbekend"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="gezag",
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=200, verbose_name="wat betekent deze persoon"),
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
                        related_name="relatives",
                        to="cases.youth",
                        verbose_name="jongere",
                    ),
                ),
            ],
            options={
                "verbose_name": "naaste",
                "verbose_name_plural": "naasten",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["readers"], name="cases_relative_readers"
                    ),
                    models.Index(fields=["youth"], name="cases_relative_youth_now"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_by", None), ("ended_on", None)),
                            models.Q(("ended_by__isnull", False), ("ended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="relative_ended_pair",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
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
                            ("worry", "zorg"),
                            ("strength", "kracht"),
                            ("youth", "de jongere zegt"),
                            ("parents", "de ouders zeggen"),
                        ],
                        max_length=8,
                        verbose_name="soort",
                    ),
                ),
                ("text", models.TextField(max_length=1000, verbose_name="wat")),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("fact", "Feit"),
                            ("observed", "Eigen waarneming"),
                            ("hearsay", "Van horen zeggen"),
                            ("opinion", "Professioneel oordeel"),
                            ("suspicion", "Vermoeden"),
                        ],
                        max_length=10,
                        verbose_name="aard van de informatie",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="bron")),
                ("seen_on", models.DateField(verbose_name="gezien of gehoord op")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="opgeschreven op"
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="teruggenomen op")),
                (
                    "withdrawn_because",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom teruggenomen"),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.lifearea",
                        verbose_name="leefgebied",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="cases.case"
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
                "verbose_name": "opmerking in het beeld",
                "verbose_name_plural": "opmerkingen in het beeld",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["readers"], name="cases_remark_readers"),
                    models.Index(fields=["case", "-id"], name="cases_remark_case"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area", None), ("kind__in", ("youth", "parents"))),
                            models.Q(
                                models.Q(("kind__in", ("youth", "parents")), _negated=True),
                                ("area__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="remark_area_or_voice",
                        violation_error_message="Kies een leefgebied bij een zorg of een kracht.",
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
                        name="remark_withdrawn_pair",
                    ),
                ],
            },
        ),
        allow("cases_lifearea"),
        *protect("cases_remark", listed=True),
        *protect("cases_place", listed=True),
        *protect("cases_relative", listed=True),
        *protect("cases_informing", listed=True),
        sees_parent("cases_remark", "case_id", "cases_case"),
        sees_parent("cases_place", "youth_id", "cases_youth"),
        sees_parent("cases_relative", "youth_id", "cases_youth"),
        sees_parent("cases_informing", "case_id", "cases_case"),
        migrations.RunPython(fill, migrations.RunPython.noop),
        # The clock of what is open already began when it was opened.
        migrations.RunSQL(
            "UPDATE cases_case SET inform_by_on = (opened_at AT TIME ZONE 'Europe/Amsterdam')::date + 30"
            " WHERE closed_at IS NULL",
            migrations.RunSQL.noop,
        ),
    ]
