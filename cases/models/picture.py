"""The picture of a youth: worries and strengths per part of life, and what youth and parents say themselves."""

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel, ScopedQuerySet
from accounts.models import Partner, User
from accounts.roles import DataClass
from cases.models.cases import Case
from cases.models.signals import Nature


class LifeAreaQuerySet(models.QuerySet["LifeArea"]):
    def offered(self) -> Self:
        return self.filter(closed_at=None)


class LifeArea(models.Model):
    """A part of life about which partners say what worries them and what goes well. The beheerder keeps them."""

    code = models.SlugField("code", max_length=20, unique=True)
    name = models.CharField("naam", max_length=60)
    hint = models.CharField("waar gaat het over", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("volgorde")
    closed_at = models.DateTimeField("gestopt op", null=True, blank=True)

    objects = LifeAreaQuerySet.as_manager()

    class Meta:
        verbose_name = "leefgebied"
        verbose_name_plural = "leefgebieden"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class RemarkKind(models.TextChoices):
    WORRY = "worry", "zorg"
    STRENGTH = "strength", "kracht"
    YOUTH = "youth", "de jongere zegt"
    PARENTS = "parents", "de ouders zeggen"


VOICES = (RemarkKind.YOUTH, RemarkKind.PARENTS)


class RemarkQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(withdrawn_at=None)


class Remark(ListedModel):
    """One worry, one strength, or what the youth or the parents say. With its source, and never a score.

    It stands in the room of the level at which it was said, or in the room of its class beside it. It is never
    changed: who was wrong takes it back with a reason, and says it anew.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="remarks")
    kind = models.CharField("soort", max_length=8, choices=RemarkKind)
    area = models.ForeignKey(
        LifeArea, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="leefgebied"
    )
    text = models.TextField("wat", max_length=1000)
    nature = models.CharField("aard van de informatie", max_length=10, choices=Nature)
    source = models.CharField("bron", max_length=200)
    seen_on = models.DateField("gezien of gehoord op")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")
    made_at = models.DateTimeField("opgeschreven op", db_default=Now())
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("teruggenomen op", null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.CharField("waarom teruggenomen", max_length=300, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta(ListedModel.Meta):
        verbose_name = "opmerking in het beeld"
        verbose_name_plural = "opmerkingen in het beeld"
        constraints = (
            models.CheckConstraint(
                name="remark_area_or_voice",
                condition=models.Q(kind__in=VOICES, area=None)
                | (~models.Q(kind__in=VOICES) & models.Q(area__isnull=False)),
                violation_error_message="Kies een leefgebied bij een zorg of een kracht.",
            ),
            models.CheckConstraint(
                name="remark_withdrawn_pair",
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | (
                    models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~models.Q(withdrawn_because="")
                ),
            ),
        )
        indexes = (*ListedModel.Meta.indexes, models.Index(fields=["case", "-id"], name="cases_remark_case"))

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]

    @property
    def is_masked(self) -> bool:
        return self.data_class != DataClass.BASIS
