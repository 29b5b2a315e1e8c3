"""Who takes part: municipalities and partners (organisations)."""

import uuid

from django.db import models

from accounts.roles import DataClass


class Municipality(models.Model):
    """A municipality of Parkstad."""

    code = models.CharField("CBS-code", max_length=6, unique=True)
    name = models.CharField("naam", max_length=60, unique=True)

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class PartnerKind(models.TextChoices):
    REGIE = "regie", "Zorg- en Veiligheidshuis"
    POLICE = "police", "Politie"
    HALT = "halt", "Halt"
    YOUTH_WORK = "youth_work", "Jongerenwerk"
    CHILD_PROTECTION = "child_protection", "Jeugdbescherming"
    JUSTICE = "justice", "Justitie"
    MUNICIPALITY = "municipality", "Gemeente"
    ENFORCEMENT = "enforcement", "Toezicht en handhaving"
    CARE = "care", "Zorg"
    SCHOOL = "school", "Onderwijs"
    OTHER = "other", "Overig"


class PartnerQuerySet(models.QuerySet["Partner"]):
    def open(self) -> "PartnerQuerySet":
        """Partners that take part now."""
        return self.filter(closed_at=None)

    def at_the_table(self) -> "PartnerQuerySet":
        """Partners that can take part in a case: all but the house that leads and its robots."""
        return self.open().exclude(kind=PartnerKind.REGIE)


class Partner(models.Model):
    """An organisation that signed the convenant, or may only send in signals."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("naam", max_length=120, unique=True)
    short_name = models.CharField("korte naam", max_length=40, unique=True)
    kind = models.CharField("soort", max_length=20, choices=PartnerKind)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name="gemeente"
    )
    # What it sends in is kept this strictly from the start; police data fall under the Wpg.
    brings = models.PositiveSmallIntegerField(
        "soort gegevens die deze organisatie inbrengt",
        choices=DataClass,
        default=DataClass.BASIS,
        db_default=DataClass.BASIS,
    )
    closed_at = models.DateTimeField("gestopt op", null=True, blank=True)
    # Who says, when somebody joins and then every quarter, that these are the partner's people.
    contact = models.ForeignKey(
        "User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_of",
        verbose_name="contactpersoon",
    )
    # When the contact was last asked by mail; not a pair with anybody: the clock asks.
    contact_asked_on = models.DateField("gevraagd op", null=True, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.short_name
