"""Measures, the catalogue they come from, and what the rules work with."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import allow, protect, sees_parent

OUTSIDE = Path(__file__).parent.parent / "sql" / "measures_outside.sql"
# code, name, who imposes, nature, family, ground, ages (from, to, counted at), if younger, terms (days, renewals, in
# all), conditions, class, source. What nobody checked yet has no day in `verified_on`; the beheerder fills it in.
FACT, NOW = "fact", "now"
# fmt: off
KINDS = [
    ('HALT-STRAF', 'Halt-straf', 'politie, aangewezen boa of officier van justitie; Halt voert uit', 'criminal', 'halt_penal', 'Sr art. 77e', 12, 17, FACT, 'Overweeg Halt preventief.', None, None, None, 'licht feit uit het besluit Halt-feiten, bekentenis, instemming van de jongere en tot 16 jaar van de ouders; 2 tot 20 uur', 0, 'Wetboek van Strafrecht, art. 77e'),
    ('HALT-PREV', 'Halt preventief', 'afspraak in het overleg; ouders stemmen in', 'voluntary', 'halt_prevention', 'vrijwillig aanbod', None, None, NOW, '', None, None, None, '', 0, 'Raadsinformatiebrief IJA Parkstad'),
    ('HALT-BOA', 'Boa verwijst naar Halt', 'aangewezen boa', 'criminal', 'halt_penal', 'APV of Alcoholwet, Sr art. 77e', 12, 17, FACT, 'Overweeg Halt preventief.', None, None, None, 'feiten die in de driehoek zijn afgesproken', 0, ''),
    ('HALT-VERZUIM', 'Halt bij schoolverzuim', 'leerplichtambtenaar', 'criminal', 'halt_penal', 'Leerplichtwet en Sr art. 77e', 12, 17, FACT, 'Overweeg Halt preventief.', None, None, None, 'hoogstens 20 uur', 0, ''),
    ('GEBIEDSVERBOD', 'Gebiedsverbod', 'burgemeester, in persoon', 'administrative', 'area_order', 'Gemeentewet art. 172a', 12, None, NOW, 'Overweeg een bevel aan de ouders (Gemeentewet 172b).', 92, 3, 366, 'orde herhaaldelijk verstoord en ernstige vrees voor meer; een dossier is nodig', 0, 'Gemeentewet art. 172a'),
    ('GROEPSVERBOD', 'Groepsverbod', 'burgemeester, in persoon', 'administrative', 'area_order', 'Gemeentewet art. 172a', 12, None, NOW, 'Overweeg een bevel aan de ouders (Gemeentewet 172b).', 92, 3, 366, 'orde herhaaldelijk verstoord en ernstige vrees voor meer; een dossier is nodig', 0, 'Gemeentewet art. 172a'),
    ('MELDPLICHT', 'Meldplicht', 'burgemeester, in persoon', 'administrative', 'area_order', 'Gemeentewet art. 172a', 12, None, NOW, 'Overweeg een bevel aan de ouders (Gemeentewet 172b).', 92, 3, 366, 'orde herhaaldelijk verstoord en ernstige vrees voor meer; een dossier is nodig', 0, 'Gemeentewet art. 172a'),
    ('OUDERBEVEL', 'Bevel aan ouders van een kind onder de 12', 'burgemeester, gericht aan wie gezag heeft', 'administrative', 'parent_order', 'Gemeentewet art. 172b', None, 11, NOW, '', 92, 0, None, 'herhaaldelijk, in een groep; flankerende hulp', 0, 'Gemeentewet art. 172b'),
    ('DWANGSOM', 'Last onder dwangsom', 'burgemeester of college', 'administrative', 'other', 'Awb art. 5:32 en APV', 12, None, NOW, 'Kies een gesprek met de ouders.', None, None, None, '', 0, ''),
    ('GEDRAGSAANW', 'Gedragsaanwijzing', 'officier van justitie', 'criminal', 'prosecutor_order', 'Sv art. 509hh', 12, None, FACT, '', 90, 3, None, 'verdachte van een strafbaar feit', 0, ''),
    ('WAARSCHUWING', 'Waarschuwingsbrief of waarschuwingsgesprek', 'burgemeester of politie', 'informative', 'other', 'zonder rechtsgevolg', None, None, NOW, '', None, None, None, '', 0, ''),
    ('STOPGESPREK', 'Stopgesprek door wijkagent of jeugdagent', 'politie', 'informative', 'other', 'Politiewet art. 3', None, None, NOW, '', None, None, None, '', 0, ''),
    ('OTS', 'Ondertoezichtstelling', 'kinderrechter; de gecertificeerde instelling voert uit', 'civil', 'supervision', 'BW art. 1:255', None, 17, NOW, '', 366, None, None, 'per jaar te verlengen', 0, ''),
    ('UHP', 'Machtiging uithuisplaatsing', 'kinderrechter', 'civil', 'supervision', 'BW art. 1:265b', None, 17, NOW, '', 366, None, None, '', 0, ''),
    ('VOOGDIJ', 'Voogdij na beëindiging van gezag', 'rechtbank', 'civil', 'supervision', 'BW art. 1:266', None, 17, NOW, '', None, None, None, '', 0, ''),
    ('GESLOTEN', 'Machtiging gesloten jeugdhulp', 'kinderrechter', 'civil', 'other', 'Jeugdwet art. 6.1.2', None, 18, NOW, '', 366, None, None, 'met spoed hoogstens vier weken', 2, 'Jeugdwet art. 6.1.8 en 6.1.12'),
    ('DRANG', 'Preventieve jeugdbescherming', 'gecertificeerde instelling of gemeente', 'urged', 'other', 'Jeugdwet', None, 17, NOW, '', None, None, None, '', 0, ''),
    ('BESCHERMTAFEL', 'Gesprek aan de beschermingstafel', 'gemeente, Raad voor de Kinderbescherming en ouders', 'urged', 'other', 'afspraak in de regio', None, 17, NOW, '', None, None, None, '', 0, ''),
    ('RVDK-STRAF', 'Strafonderzoek door de Raad', 'Raad voor de Kinderbescherming', 'criminal', 'penal_case', 'na selectie door de politie', 12, 17, FACT, '', None, None, None, '', 0, ''),
    ('OM-ZAAK', 'Strafzaak bij het OM', 'officier van justitie', 'criminal', 'penal_case', 'Wetboek van Strafvordering', 12, None, FACT, '', None, None, None, '', 0, ''),
    ('OM-BESCHIKKING', 'Strafbeschikking of taakstraf van het OM', 'officier van justitie', 'criminal', 'penal_case', 'Sr art. 77f', 12, 17, FACT, '', None, None, None, 'hoogstens 60 uur', 0, ''),
    ('TAAKSTRAF', 'Taakstraf', 'kinderrechter', 'criminal', 'penal_case', 'Sr art. 77h en 77m', 12, 22, FACT, '', None, None, None, 'hoogstens 200 uur', 0, ''),
    ('JEUGDDETENTIE', 'Jeugddetentie', 'kinderrechter', 'criminal', 'penal_case', 'Sr art. 77i', 12, 22, FACT, '', 732, None, None, 'tot 16 jaar hoogstens 12 maanden', 0, ''),
    ('GBM', 'Gedragsbeïnvloedende maatregel', 'kinderrechter', 'criminal', 'penal_case', 'Sr art. 77w', 12, 22, FACT, '', 366, None, None, '', 0, ''),
    ('PIJ', 'PIJ-maatregel', 'rechter', 'criminal', 'penal_case', 'Sr art. 77s', 12, 22, FACT, '', None, None, None, '', 0, ''),
    ('VBM', 'Vrijheidsbeperkende maatregel', 'rechter', 'criminal', 'prosecutor_order', 'Sr art. 38v en 77we', 12, None, FACT, '', 1827, None, None, '', 0, ''),
    ('JR', 'Jeugdreclassering', 'rechter of officier; de gecertificeerde instelling voert uit', 'criminal', 'supervision', 'Sr art. 77aa', 12, 22, FACT, '', None, None, None, '', 0, ''),
    ('TOEZICHT', 'Toezicht en begeleiding', 'Raad voor de Kinderbescherming; de gecertificeerde instelling voert uit', 'voluntary', 'other', 'Sr art. 77hh', 12, 17, NOW, '', 183, None, None, '', 0, ''),
    ('RECLASSERING', 'Toezicht door de reclassering', 'rechter of officier', 'criminal', 'supervision', 'Wetboek van Strafrecht', 16, None, FACT, '', None, None, None, '', 0, ''),
    ('JONGERENWERK', 'Contact met jongerenwerk', 'jongerenwerk', 'voluntary', 'other', 'Wmo', 8, 23, NOW, 'Kies hulp voor jongere kinderen.', None, None, None, '', 0, ''),
    ('JONGERENCOACH', 'Jongerencoach', 'jongerenwerk, toewijzing in overleg', 'voluntary', 'other', 'afspraak in het overleg', 12, 27, NOW, '', None, None, None, '', 0, ''),
    ('WEERBAAR', 'Weerbaarheidstraining', 'Halt of jongerenwerk', 'voluntary', 'other', 'vrijwillig aanbod', 8, None, NOW, '', None, None, None, '', 0, ''),
    ('JEUGDHULP', 'Jeugdhulp', 'college, via de lokale toegang', 'voluntary', 'other', 'Jeugdwet art. 2.3', None, 22, NOW, '', None, None, None, '', 2, ''),
    ('GGZ', 'Jeugd-ggz of verslavingszorg', 'huisarts of jeugdarts verwijst', 'voluntary', 'other', 'Zorgverzekeringswet of Jeugdwet', None, None, NOW, '', None, None, None, '', 2, ''),
    ('VT', 'Melding of advies bij Veilig Thuis', 'elke professional', 'informative', 'other', 'Wmo art. 4.1.1', None, None, NOW, '', None, None, None, '', 2, ''),
    ('LEERPLICHT', 'Verzuimtraject', 'leerplichtambtenaar of RMC', 'urged', 'other', 'Leerplichtwet', 5, 22, NOW, '', None, None, None, '', 0, ''),
    ('SCHORSING', 'Schorsing of verwijdering van school', 'school', 'informative', 'other', 'onderwijswet', None, None, NOW, '', None, None, None, 'schorsen hoogstens een week', 0, ''),
    ('IPTA', 'Persoonsgerichte toeleiding naar werk', 'gemeente', 'voluntary', 'other', 'beleid van de gemeente', 16, 27, NOW, '', None, None, None, '', 0, ''),
    ('SLACHTOFFER', 'Slachtofferhulp', 'Slachtofferhulp Nederland', 'voluntary', 'other', 'Wetboek van Strafvordering', None, None, NOW, '', None, None, None, '', 0, ''),
]
# fmt: on
TERMS = [
    ("huisbezoek", "Huisbezoeken van verschillende organisaties vallen samen binnen", 14),
    ("leeftijdsgrens", "Een leeftijdsgrens nadert binnen", 90),
    ("einde", "Een maatregel die eindigt, komt op de agenda in de laatste", 42),
    ("bevestigen", "Een maatregel is lang niet bevestigd na", 60),
]
AGES = [
    (
        12,
        "Vanaf 12 jaar strafrechtelijk aanspreekbaar: Halt-straf en jeugdstrafrecht kunnen, het bevel aan ouders niet meer.",
    ),
    (16, "Vanaf 16 jaar geeft de jongere zelf toestemming; toezicht door de volwassenreclassering kan."),
    (
        18,
        "Vanaf 18 jaar: geen Halt-straf, geen ondertoezichtstelling, meestal volwassenstrafrecht. Regel de overgang.",
    ),
    (23, "Vanaf 23 jaar: geen jeugdstrafrecht en geen verlengde jeugdhulp meer."),
]
NAMES = (
    "code", "name", "imposer", "nature", "family", "ground", "min_age", "max_age", "age_moment", "younger_advice",
    "max_days", "max_renewals", "max_total_days", "conditions", "data_class", "source",
)  # fmt: skip


def fill(apps, schema_editor):
    db = schema_editor.connection.alias
    for model, names, rows in (
        ("MeasureKind", NAMES, KINDS),
        ("RuleTerm", ("code", "name", "days"), TERMS),
        ("AgeLimit", ("age", "consequence"), AGES),
    ):
        objects = apps.get_model("cases", model).objects.using(db)
        objects.bulk_create(objects.model(**dict(zip(names, row, strict=True))) for row in rows)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_classes"),
        ("accounts", "0012_change_notices"),
        ("cases", "0005_sound_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgeLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("age", models.PositiveSmallIntegerField(unique=True, verbose_name="leeftijd")),
                ("consequence", models.CharField(max_length=200, verbose_name="wat verandert er")),
            ],
            options={
                "verbose_name": "leeftijdsgrens",
                "verbose_name_plural": "leeftijdsgrenzen",
                "ordering": ("age",),
            },
        ),
        migrations.CreateModel(
            name="RuleTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=24, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="waarvoor")),
                ("days", models.PositiveSmallIntegerField(verbose_name="dagen")),
            ],
            options={
                "verbose_name": "termijn van een regel",
                "verbose_name_plural": "termijnen van regels",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="MeasureKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.CharField(max_length=24, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("imposer", models.CharField(max_length=200, verbose_name="wie legt op of besluit")),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("voluntary", "vrijwillig"),
                            ("urged", "drang"),
                            ("administrative", "bestuursrechtelijk"),
                            ("criminal", "strafrechtelijk"),
                            ("civil", "civielrechtelijk"),
                            ("informative", "informatief"),
                        ],
                        max_length=16,
                        verbose_name="aard",
                    ),
                ),
                (
                    "family",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("halt_penal", "Halt-straf"),
                            ("halt_prevention", "Halt preventief"),
                            ("area_order", "bevel van de burgemeester (172a)"),
                            ("parent_order", "bevel aan ouders (172b)"),
                            ("prosecutor_order", "gedragsaanwijzing van de officier"),
                            ("supervision", "ondertoezichtstelling of jeugdreclassering"),
                            ("penal_case", "strafzaak of straf"),
                            ("other", "overig"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="regels",
                    ),
                ),
                ("ground", models.CharField(blank=True, max_length=120, verbose_name="grondslag")),
                (
                    "min_age",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="vanaf leeftijd"),
                ),
                (
                    "max_age",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="tot en met leeftijd"
                    ),
                ),
                (
                    "age_moment",
                    models.CharField(
                        choices=[("fact", "op de dag van het feit"), ("now", "nu")],
                        default="now",
                        max_length=4,
                        verbose_name="leeftijd geldt",
                    ),
                ),
                (
                    "younger_advice",
                    models.CharField(blank=True, max_length=200, verbose_name="als de jongere jonger is"),
                ),
                (
                    "max_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="duurt hoogstens (dagen)"
                    ),
                ),
                (
                    "max_renewals",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="hoogstens zo vaak verlengen"
                    ),
                ),
                (
                    "max_total_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="samen hoogstens (dagen)"
                    ),
                ),
                ("conditions", models.CharField(blank=True, max_length=500, verbose_name="voorwaarden")),
                (
                    "data_class",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "basis"), (1, "politiegegevens"), (2, "zorggegevens"), (3, "geheim")],
                        default=0,
                        verbose_name="klasse",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="bron")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="geverifieerd op")),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="niet meer in gebruik sinds"),
                ),
            ],
            options={
                "verbose_name": "soort maatregel",
                "verbose_name_plural": "soorten maatregelen",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("min_age", None),
                            ("max_age", None),
                            ("max_age__gte", models.F("min_age")),
                            _connector="OR",
                        ),
                        name="measurekind_ages_in_order",
                        violation_error_message="De hoogste leeftijd ligt onder de laagste.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClashAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=3, verbose_name="regel")),
                (
                    "measure_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        size=None,
                        verbose_name="maatregelen",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="waarom")),
                (
                    "answered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="beantwoord op"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
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
                "verbose_name": "antwoord op een waarschuwing",
                "verbose_name_plural": "antwoorden op waarschuwingen",
                "constraints": [
                    models.UniqueConstraint(fields=("case", "rule", "measure_ids"), name="clashanswer_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
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
                ("imposed_by", models.CharField(blank=True, max_length=120, verbose_name="opgelegd door")),
                ("ground", models.CharField(blank=True, max_length=120, verbose_name="grondslag")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="plaats of gebied")),
                ("days", models.CharField(blank=True, max_length=120, verbose_name="dagen en tijden")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="van")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                ("fact_on", models.DateField(blank=True, null=True, verbose_name="dag van het feit")),
                ("is_confessed", models.BooleanField(blank=True, null=True, verbose_name="bekend")),
                (
                    "renewals",
                    models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="keer verlengd"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "voorgesteld"),
                            ("requested", "aangevraagd"),
                            ("running", "loopt"),
                            ("ended_well", "goed afgerond"),
                            ("ended_badly", "niet goed afgerond"),
                            ("broken_off", "afgebroken"),
                            ("refused", "afgewezen"),
                        ],
                        max_length=12,
                        verbose_name="stand",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="bron")),
                ("result", models.CharField(blank=True, max_length=500, verbose_name="resultaat")),
                (
                    "noted_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="vastgelegd op"
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="laatst bevestigd op",
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="geëindigd op")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, verbose_name="versie")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="cases.case"
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
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        verbose_name="gemeente die oplegt",
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
                    "owner_partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.partner",
                        verbose_name="uitvoerende organisatie",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.measurekind",
                        verbose_name="soort maatregel",
                    ),
                ),
            ],
            options={
                "verbose_name": "maatregel",
                "verbose_name_plural": "maatregelen",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["readers"], name="cases_measure_readers"
                    ),
                    models.Index(fields=["case", "state"], name="cases_measure_case"),
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["ends_on"],
                        name="cases_measure_ending",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="measure_ended_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["ended_well", "ended_badly", "broken_off", "refused"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ["ended_well", "ended_badly", "broken_off", "refused"]),
                                    _negated=True,
                                ),
                                ("ended_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="measure_ended_when_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            models.Q(
                                ("starts_on__isnull", False),
                                models.Q(("ground", ""), ("imposed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="measure_runs_from_a_day",
                        violation_error_message="Een lopende maatregel heeft een begindatum en een grondslag.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="measure_ends_after_start",
                        violation_error_message="De laatste dag ligt voor de eerste.",
                    ),
                ],
            },
        ),
        allow("cases_measurekind"),
        allow("cases_ruleterm"),
        allow("cases_agelimit"),
        *protect("cases_measure", listed=True),
        *protect("cases_clashanswer"),
        sees_parent("cases_measure", "case_id", "cases_case"),
        sees_parent("cases_clashanswer", "case_id", "cases_case"),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(OUTSIDE.read_text(), migrations.RunSQL.noop),
    ]
