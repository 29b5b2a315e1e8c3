"""Measures: what is imposed on or offered to a youth by whom, from when until when; and the catalogue they come from."""

import uuid
from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel, ScopedModel, ScopedQuerySet
from accounts.models import Municipality, Partner, User
from accounts.roles import DataClass
from cases.models.cases import Case


class MeasureNature(models.TextChoices):
    VOLUNTARY = "voluntary", "vrijwillig"
    URGED = "urged", "drang"
    ADMINISTRATIVE = "administrative", "bestuursrechtelijk"
    CRIMINAL = "criminal", "strafrechtelijk"
    CIVIL = "civil", "civielrechtelijk"
    INFORMATIVE = "informative", "informatief"


IMPOSED = [MeasureNature.ADMINISTRATIVE, MeasureNature.CRIMINAL]  # against the will, for what somebody did


class MeasureFamily(models.TextChoices):
    """Which rules look at it (cases/rules/clashes.py)."""

    HALT_PENAL = "halt_penal", "Halt-straf"
    HALT_PREVENTION = "halt_prevention", "Halt preventief"
    AREA_ORDER = "area_order", "bevel van de burgemeester (172a)"
    PARENT_ORDER = "parent_order", "bevel aan ouders (172b)"
    PROSECUTOR_ORDER = "prosecutor_order", "gedragsaanwijzing van de officier"
    SUPERVISION = "supervision", "ondertoezichtstelling of jeugdreclassering"
    PENAL_CASE = "penal_case", "strafzaak of straf"
    OTHER = "other", "overig"


class AgeAt(models.TextChoices):
    FACT = "fact", "op de dag van het feit"
    NOW = "now", "nu"


class MeasureKindQuerySet(models.QuerySet["MeasureKind"]):
    def offered(self) -> "MeasureKindQuerySet":
        """What can be chosen for a new measure."""
        return self.filter(closed_at=None)


class MeasureKind(models.Model):
    """One entry of the catalogue. Ages and terms stand here and nowhere else; a beheerder keeps them true."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("code", max_length=24, unique=True)
    name = models.CharField("naam", max_length=120)
    imposer = models.CharField("wie legt op of besluit", max_length=200)
    nature = models.CharField("aard", max_length=16, choices=MeasureNature)
    family = models.CharField(
        "regels", max_length=20, choices=MeasureFamily, default=MeasureFamily.OTHER, blank=True
    )
    ground = models.CharField("grondslag", max_length=120, blank=True)
    min_age = models.PositiveSmallIntegerField("vanaf leeftijd", null=True, blank=True)
    max_age = models.PositiveSmallIntegerField("tot en met leeftijd", null=True, blank=True)
    age_moment = models.CharField("leeftijd geldt", max_length=4, choices=AgeAt, default=AgeAt.NOW)
    younger_advice = models.CharField("als de jongere jonger is", max_length=200, blank=True)
    max_days = models.PositiveSmallIntegerField("duurt hoogstens (dagen)", null=True, blank=True)
    max_renewals = models.PositiveSmallIntegerField("hoogstens zo vaak verlengen", null=True, blank=True)
    max_total_days = models.PositiveSmallIntegerField("samen hoogstens (dagen)", null=True, blank=True)
    conditions = models.CharField("voorwaarden", max_length=500, blank=True)
    # Numbers of other entries: an entry is closed and never removed, so they stay true.
    excludes = ArrayField(
        models.BigIntegerField(), verbose_name="gaat niet samen met", default=list, db_default=[], blank=True
    )
    requires = ArrayField(
        models.BigIntegerField(), verbose_name="kan alleen naast", default=list, db_default=[], blank=True
    )
    data_class = models.PositiveSmallIntegerField("klasse", choices=DataClass, default=DataClass.BASIS)
    source = models.CharField("bron", max_length=300, blank=True)
    verified_on = models.DateField("geverifieerd op", null=True, blank=True)
    closed_at = models.DateTimeField("niet meer in gebruik sinds", null=True, blank=True)

    objects = MeasureKindQuerySet.as_manager()

    class Meta:
        verbose_name = "soort maatregel"
        verbose_name_plural = "soorten maatregelen"
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                name="measurekind_ages_in_order",
                condition=models.Q(min_age=None)
                | models.Q(max_age=None)
                | models.Q(max_age__gte=models.F("min_age")),
                violation_error_message="De hoogste leeftijd ligt onder de laagste.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def ages(self) -> str:
        """For whom it is: "12 t/m 17 jaar", or nothing where there is no limit."""
        if self.min_age is not None and self.max_age is not None:
            return f"{self.min_age} t/m {self.max_age} jaar"
        if self.min_age is not None:
            return f"vanaf {self.min_age} jaar"
        return f"t/m {self.max_age} jaar" if self.max_age is not None else ""


class RuleTerm(models.Model):
    """A number of days that a rule works with."""

    code = models.CharField("code", max_length=24, unique=True)
    name = models.CharField("waarvoor", max_length=120)
    days = models.PositiveSmallIntegerField("dagen")

    class Meta:
        verbose_name = "termijn van een regel"
        verbose_name_plural = "termijnen van regels"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class AgeLimit(models.Model):
    """An age at which something changes in law."""

    age = models.PositiveSmallIntegerField("leeftijd", unique=True)
    consequence = models.CharField("wat verandert er", max_length=200)

    class Meta:
        verbose_name = "leeftijdsgrens"
        verbose_name_plural = "leeftijdsgrenzen"
        ordering = ("age",)

    def __str__(self) -> str:
        return f"{self.age} jaar"


class MeasureState(models.TextChoices):
    PROPOSED = "proposed", "voorgesteld"
    REQUESTED = "requested", "aangevraagd"
    RUNNING = "running", "loopt"
    ENDED_WELL = "ended_well", "goed afgerond"
    ENDED_BADLY = "ended_badly", "niet goed afgerond"
    BROKEN_OFF = "broken_off", "afgebroken"
    REFUSED = "refused", "afgewezen"


PLANNED = [MeasureState.PROPOSED, MeasureState.REQUESTED]
ENDED = [MeasureState.ENDED_WELL, MeasureState.ENDED_BADLY, MeasureState.BROKEN_OFF, MeasureState.REFUSED]


class MeasureQuerySet(ScopedQuerySet):
    def current(self) -> Self:
        """Running, or on its way."""
        return self.filter(state__in=[*PLANNED, MeasureState.RUNNING])


class Measure(ListedModel):
    """A measure of one partner for one youth.

    It stands in the compartment of the youth, so that every table where the youth is discussed sees it: nobody
    works past another. What is of a stricter class stands in the room of that class at the level where it was noted.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="measures")
    kind = models.ForeignKey(MeasureKind, models.PROTECT, related_name="+", verbose_name="soort maatregel")
    owner_partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="+", verbose_name="uitvoerende organisatie"
    )
    imposed_by = models.CharField("opgelegd door", max_length=120, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gemeente die oplegt",
    )
    ground = models.CharField("grondslag", max_length=120, blank=True)
    place = models.CharField("plaats of gebied", max_length=200, blank=True)
    days = models.CharField("dagen en tijden", max_length=120, blank=True)
    starts_on = models.DateField("van", null=True, blank=True)
    ends_on = models.DateField("tot en met", null=True, blank=True)
    fact_on = models.DateField("dag van het feit", null=True, blank=True)
    is_confessed = models.BooleanField("bekend", null=True, blank=True)
    renewals = models.PositiveSmallIntegerField("keer verlengd", default=0, db_default=0)
    state = models.CharField("stand", max_length=12, choices=MeasureState)
    source = models.CharField("bron", max_length=200)
    result = models.CharField("resultaat", max_length=500, blank=True)
    noted_at = models.DateTimeField("vastgelegd op", db_default=Now())
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField("laatst bevestigd op", db_default=Now())
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("geëindigd op", null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField("versie", default=1, db_default=1)

    objects = MeasureQuerySet.as_manager()

    class Meta(ListedModel.Meta):
        verbose_name = "maatregel"
        verbose_name_plural = "maatregelen"
        constraints = (
            models.CheckConstraint(
                name="measure_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_ended_when_over",
                condition=models.Q(state__in=ENDED, ended_at__isnull=False)
                | (~models.Q(state__in=ENDED) & models.Q(ended_at=None)),
            ),
            models.CheckConstraint(
                name="measure_runs_from_a_day",
                condition=~models.Q(state=MeasureState.RUNNING)
                | (models.Q(starts_on__isnull=False) & ~models.Q(imposed_by="", ground="")),
                violation_error_message="Een lopende maatregel heeft een begindatum en een grondslag.",
            ),
            models.CheckConstraint(
                name="measure_ends_after_start",
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        )
        indexes = (
            *ListedModel.Meta.indexes,
            models.Index(fields=["case", "state"], name="cases_measure_case"),
            models.Index(
                fields=["ends_on"],
                condition=models.Q(state=MeasureState.RUNNING),
                name="cases_measure_ending",
            ),
            models.Index(
                fields=["confirmed_at"],
                condition=models.Q(state__in=["proposed", "requested", "running"]),
                name="cases_measure_changed",
            ),
        )

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]

    @property
    def is_masked(self) -> bool:
        """What is kept strictly shows itself on its own page only; that it was opened is logged."""
        return self.data_class != DataClass.BASIS

    @property
    def label(self) -> str:
        """What it is called among others: what is kept strictly, by its class."""
        return f"Maatregel ({DataClass(self.data_class).label})" if self.is_masked else str(self.kind)

    def is_over_on(self, day: date) -> bool:
        """Its last day has passed, and nobody said how it went."""
        return self.state == MeasureState.RUNNING and self.ends_on is not None and self.ends_on < day


class ClashAnswer(ScopedModel):
    """Regie looked at a warning of a rule and says why it may stay as it is. The warning then rests."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    rule = models.CharField("regel", max_length=3)
    measure_ids = ArrayField(models.BigIntegerField(), verbose_name="maatregelen", default=list)
    reason = models.CharField("waarom", max_length=300)
    answered_at = models.DateTimeField("beantwoord op", db_default=Now())
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "antwoord op een waarschuwing"
        verbose_name_plural = "antwoorden op waarschuwingen"
        constraints = (
            models.UniqueConstraint(name="clashanswer_once", fields=["case", "rule", "measure_ids"]),
        )

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]
