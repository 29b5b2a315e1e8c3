"""A flag: something in the log that asks for an explanation. It accuses nobody."""

import uuid
from datetime import date

from django.db import models
from django.db.models.functions import Now

from accounts.models import Partner, User


class FlagKind(models.TextChoices):
    """The twelve ways of reading that stand out. Numbered V1 to V12 in docs/ongewoon-lezen.md."""

    MUCH_MORE = "much_more", "Veel meer gelezen dan gewoon"
    NO_REASON = "no_reason", "Gelezen zonder aanleiding"
    SAME_NAME = "same_name", "Jongere met dezelfde achternaam"
    ODD_HOURS = "odd_hours", "Gelezen buiten werktijd"
    CROWD = "crowd", "Eén dossier, veel lezers van één organisatie"
    SEARCHES = "searches", "Veel gezocht in korte tijd"
    AFTER_END = "after_end", "Geprobeerd na het einde van de deelname"
    PAPERS = "papers", "Veel documenten gedownload"
    BREAK_GLASS = "break_glass", "Vaak noodtoegang gebruikt"
    LEAVER = "leaver", "Veel gelezen vlak voor vertrek"
    NEW_PLACE = "new_place", "Ingelogd vanaf een nieuwe plek"
    KEEPER_READS = "keeper_reads", "Beheerder las over een jongere"


class FlagOutcome(models.TextChoices):
    PART_OF_WORK = "part_of_work", "Hoorde bij het werk"
    TALKED = "talked", "Besproken met de medewerker"
    REPORTED = "reported", "Gemeld als incident"
    NOT_RIGHT = "not_right", "De vlag klopte niet"


class FlagQuerySet(models.QuerySet["Flag"]):
    def open(self) -> "FlagQuerySet":
        return self.filter(closed_at=None)

    def late(self, today: date) -> "FlagQuerySet":
        """Open past the day on which somebody should have looked."""
        return self.open().filter(due_on__lt=today)


class Flag(models.Model):
    """One flag: a kind, a professional or an organisation, a window in time, and ids and counts. No youth's text."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField("sleutel", max_length=120, unique=True)  # looking twice raises it once
    kind = models.CharField("soort", max_length=20, choices=FlagKind)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="medewerker")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")
    starts_at = models.DateTimeField("van")
    ends_at = models.DateTimeField("tot")
    facts = models.JSONField("feiten", default=dict)
    raised_at = models.DateTimeField("gezien op", db_default=Now())
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="wie kijkt")
    due_on = models.DateField("uiterlijk")
    closed_at = models.DateTimeField("afgehandeld op", null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField("uitkomst", max_length=20, choices=FlagOutcome, blank=True)
    explanation = models.CharField("uitleg", max_length=500, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = "vlag"
        verbose_name_plural = "vlaggen"
        constraints = (
            models.CheckConstraint(
                name="flag_closed_pair",
                condition=models.Q(closed_at=None, closed_by=None)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="flag_closed_has_outcome",
                condition=models.Q(closed_at=None) | (~models.Q(outcome="") & ~models.Q(explanation="")),
                violation_error_message="Zeg wat de uitkomst is en waarom.",
            ),
        )
        indexes = (models.Index(fields=["due_on"], condition=models.Q(closed_at=None), name="flag_open"),)

    def __str__(self) -> str:
        return f"vlag {self.pk}"


class Threshold(models.Model):
    """A number from which on a flag is raised. Changed by the privacy officer on a page."""

    kind = models.CharField("soort", max_length=20, choices=FlagKind)
    name = models.CharField("naam", max_length=20)
    value = models.PositiveIntegerField("waarde")
    changed_at = models.DateTimeField("gewijzigd op", null=True)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "drempel"
        verbose_name_plural = "drempels"
        constraints = (
            models.UniqueConstraint(name="threshold_once", fields=["kind", "name"]),
            models.CheckConstraint(
                name="threshold_changed_pair",
                condition=models.Q(changed_at=None, changed_by=None)
                | models.Q(changed_at__isnull=False, changed_by__isnull=False),
            ),
        )
