"""What a level asks and allows: criteria to get there, and the legal regime of a period at it. Data, not code."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import PartnerKind
from accounts.roles import DataClass, Level


class LevelRegime(models.Model):
    """The legal regime of a level: on what ground, how long it is kept, who may take part, and what a letter says."""

    level = models.PositiveSmallIntegerField("niveau", choices=Level, unique=True)
    ground = models.CharField("grondslag", max_length=300)
    # Kept equal to the term of the retention floor, which leads: operations/terms.py there writes it.
    retention_months = models.PositiveSmallIntegerField("bewaren na sluiting (maanden)")
    partner_kinds = ArrayField(
        models.CharField(max_length=20, choices=PartnerKind.choices), verbose_name="wie mogen meedoen"
    )
    data_classes = ArrayField(
        models.PositiveSmallIntegerField(choices=DataClass.choices), verbose_name="welke klassen"
    )
    letter_text = models.TextField("wat een brief erover zegt", max_length=2000)
    verified_on = models.DateField("geverifieerd op", null=True, blank=True)

    class Meta:
        verbose_name = "rechtsregime van een niveau"
        verbose_name_plural = "rechtsregimes van niveaus"
        ordering = ("level",)

    def __str__(self) -> str:
        return str(self.get_level_display())

    def words(self) -> str:
        """As it is kept with a level change: what held when the period began."""
        kinds = ", ".join(PartnerKind(kind).label for kind in self.partner_kinds)
        classes = ", ".join(DataClass(one).label for one in self.data_classes)
        return f"{self.ground} Bewaren: {self.retention_months} maanden na sluiting. Meedoen: {kinds}. Klassen: {classes}."


class LevelCriterionQuerySet(models.QuerySet["LevelCriterion"]):
    def between(self, old: Level | int, new: Level | int) -> Self:
        return self.filter(old=old, new=new, closed_at=None)


class LevelCriterion(models.Model):
    """One thing that must be so before a case may move from one level to another.

    Criteria with the same `group` belong together: a case moves when all of at least one group are ticked.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    old = models.PositiveSmallIntegerField("van", choices=Level)
    new = models.PositiveSmallIntegerField("naar", choices=Level)
    group = models.PositiveSmallIntegerField("groep")
    text = models.CharField("criterium", max_length=300)
    source = models.CharField("bron", max_length=200, blank=True)
    verified_on = models.DateField("geverifieerd op", null=True, blank=True)
    closed_at = models.DateTimeField("gestopt op", null=True, blank=True)

    objects = LevelCriterionQuerySet.as_manager()

    class Meta:
        verbose_name = "criterium van een niveau"
        verbose_name_plural = "criteria van niveaus"
        ordering = ("old", "new", "group", "pk")

    def __str__(self) -> str:
        return self.text
