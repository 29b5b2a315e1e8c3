"""The register of decisions by which police data may be provided."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from accounts.models import Partner


class PoliceData(models.TextChoices):
    """About whom police data may be provided; the words are those of a youth's role in a signal."""

    SUSPECT = "suspect", "verdachten"
    VICTIM = "victim", "slachtoffers"
    WITNESS = "witness", "getuigen"
    INVOLVED = "involved", "betrokkenen"


class PoliceDecisionQuerySet(models.QuerySet["PoliceDecision"]):
    def valid_on(self, day: date) -> "PoliceDecisionQuerySet":
        return self.filter(valid_from__lte=day, valid_until__gte=day, ended_at=None)

    def naming(self, partner: Partner) -> "PoliceDecisionQuerySet":
        """Those in which this organisation is a recipient."""
        return self.filter(recipients=partner)

    def about(self) -> set[str]:
        """About whom police data may be provided under these."""
        return {word for covers in self.values_list("covers", flat=True) for word in covers}


class PoliceDecision(models.Model):
    """A decision to provide police data to a partnership: which data, on what conditions, to whom (Wpg art. 20).

    Without a valid one the police cannot send in a signal, and nobody but the police reads what it sent.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField("kenmerk", max_length=80, unique=True)
    interest = models.CharField("zwaarwegend algemeen belang", max_length=300)
    conditions = models.TextField("voorwaarden", max_length=2000, blank=True)
    covers = ArrayField(
        models.CharField(max_length=10, choices=PoliceData), verbose_name="gegevens over", default=list
    )
    recipients = models.ManyToManyField(Partner, through="PoliceRecipient", verbose_name="ontvangers")
    valid_from = models.DateField("geldig vanaf")
    valid_until = models.DateField("geldig tot en met")
    added_at = models.DateTimeField("vastgelegd op", db_default=Now())
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PoliceDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "besluit politiegegevens"
        verbose_name_plural = "besluiten politiegegevens"
        ordering = ("-valid_until", "-pk")
        constraints = (
            models.CheckConstraint(
                name="policedecision_has_a_term",
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                name="policedecision_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def covered(self) -> list[str]:
        """About whom, in words."""
        return [PoliceData(word).label for word in self.covers]


class PoliceRecipient(models.Model):
    """An organisation that may receive police data under a decision."""

    decision = models.ForeignKey(PoliceDecision, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")

    class Meta:
        verbose_name = "ontvanger van politiegegevens"
        verbose_name_plural = "ontvangers van politiegegevens"
        constraints = (models.UniqueConstraint(name="policerecipient_once", fields=["decision", "partner"]),)
