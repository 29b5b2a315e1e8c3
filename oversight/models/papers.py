"""Papers of the privacy officer: who saw a youth, and the overview of a year. Made once, kept for a while."""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from accounts.models import User


class PaperKind(models.TextChoices):
    SUBJECT = "subject", "Wie zag uw gegevens"
    YEAR = "year", "Jaaroverzicht van autorisaties"


class WithheldGround(models.TextChoices):
    """Why the reads of an organisation are counted and not told."""

    INVESTIGATION = "wpg_27", "Artikel 27 Wet politiegegevens (lopend onderzoek)"
    OTHERS = "uavg_41", "Artikel 41 UAVG (rechten van anderen of veiligheid)"


class PaperQuerySet(models.QuerySet["Paper"]):
    def readable(self) -> "PaperQuerySet":
        """Made, and not past its term."""
        return self.filter(made_at__isnull=False, expires_at__gt=Now())


class Paper(models.Model):
    """A paper, from the question on. Only the key of the privacy officer opens this table.

    `withheld` are the organisations whose reads appear as a count with their ground.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("soort", max_length=10, choices=PaperKind)
    youth_id = models.BigIntegerField("jongere", null=True)  # no foreign key: its reader reads no youth
    year = models.PositiveSmallIntegerField("jaar", null=True)
    withheld = ArrayField(models.BigIntegerField(), verbose_name="niet genoemd", default=list)
    withheld_ground = models.CharField(
        "grond om niet te noemen", max_length=10, choices=WithheldGround, blank=True
    )
    asked_at = models.DateTimeField("gevraagd op", db_default=Now())
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    content = models.BinaryField("inhoud", default=b"")
    sha256 = models.CharField("vingerafdruk", max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField("bladzijden", default=0)
    seal = models.CharField("zegel", max_length=40, blank=True)
    made_at = models.DateTimeField("gemaakt op", null=True)
    expires_at = models.DateTimeField("te openen tot", null=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "stuk van de privacy officer"
        verbose_name_plural = "stukken van de privacy officer"
        constraints = (
            models.CheckConstraint(
                name="paper_about_one_thing",
                condition=models.Q(kind=PaperKind.SUBJECT, youth_id__isnull=False, year=None)
                | models.Q(kind=PaperKind.YEAR, youth_id=None, year__isnull=False),
            ),
            models.CheckConstraint(
                name="paper_withheld_has_ground",
                condition=models.Q(withheld=[]) | ~models.Q(withheld_ground=""),
                violation_error_message="Kies op welke grond u deze organisaties niet noemt.",
            ),
        )

    @property
    def logged_youth_ids(self) -> list[Any]:
        return [self.youth_id] if self.youth_id else []
