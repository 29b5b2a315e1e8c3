"""Asking for access: to read along, or at once when there is danger (break-glass)."""

import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from access.models import ScopedModel, ScopedQuerySet
from accounts.models import Partner, User
from cases.models.cases import Case


class RequestKind(models.TextChoices):
    ORDINARY = "ordinary", "Meelezen in een dossier"
    EMERGENCY = "emergency", "Noodtoegang na akkoord van een regisseur"
    ACUTE = "acute", "Noodtoegang nu, bij acuut gevaar"


class Need(models.TextChoices):
    """Why it cannot wait."""

    LIFE = "life", "Gevaar voor het leven of de gezondheid"
    VIOLENCE = "violence", "Dreigend geweld"
    MISSING = "missing", "Jongere is vermist"
    SHELTER = "shelter", "Vandaag moet een veilige plek worden gevonden"


class Verdict(models.TextChoices):
    """What a second person says of it afterwards."""

    RIGHT = "right", "Terecht gebruikt"
    AVOIDABLE = "avoidable", "Te begrijpen, maar het kon anders"
    WRONG = "wrong", "Niet terecht: er volgt een onderzoek"


BREAK_GLASS = [RequestKind.EMERGENCY, RequestKind.ACUTE]


class AccessRequestQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Nobody answered yet. What is acute needs no answer beforehand."""
        return self.filter(answered_at=None).exclude(kind=RequestKind.ACUTE)

    def unreviewed(self) -> Self:
        """Break-glass that was used and that no second person has looked at."""
        return self.filter(opened_at__isnull=False, reviewed_at=None)

    def overdue(self) -> Self:
        """Of those, what waits longer than allowed: its user cannot use break-glass meanwhile."""
        hours = timedelta(hours=settings.BREAK_GLASS_REVIEW_HOURS)
        return self.unreviewed().filter(opened_at__lt=timezone.now() - hours)


class AccessRequest(ScopedModel):
    """One professional asks to read one case. Read by who asked, by regie, and by the privacy officer.

    Who asks writes whom it is about; whether there is a case, regie sees. So asking tells nothing. Only what
    is acute opens at once, when name and birth date point to exactly one case.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("soort", max_length=10, choices=RequestKind)
    need = models.CharField("noodzaak", max_length=10, choices=Need, blank=True)
    first_name = models.CharField("voornaam", max_length=60)
    prefix = models.CharField("tussenvoegsel", max_length=20, blank=True)
    last_name = models.CharField("achternaam", max_length=80)
    birth_on = models.DateField("geboortedatum")
    search_name = models.CharField("zoeknaam", max_length=200, editable=False)
    reason = models.TextField("reden", max_length=2000)
    asked_at = models.DateTimeField("gevraagd op", db_default=Now())
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="vrager")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name="dossier")
    # Who reads the request may not read the case: for the log the number of the youth stands here too.
    youth_number = models.BigIntegerField("nummer van de jongere", null=True)
    is_granted = models.BooleanField("toegestaan", null=True)
    answer = models.TextField("antwoord", max_length=2000, blank=True)
    answered_at = models.DateTimeField("beantwoord op", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField("geopend op", null=True)
    until = models.DateTimeField("open tot", null=True)
    verdict = models.CharField("oordeel", max_length=10, choices=Verdict, blank=True)
    review = models.TextField("toelichting", max_length=2000, blank=True)
    reviewed_at = models.DateTimeField("beoordeeld op", null=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField("gemeld op", null=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "verzoek om toegang"
        verbose_name_plural = "verzoeken om toegang"
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="accessrequest_answered_pair",
                condition=models.Q(answered_at=None, answered_by=None)
                | models.Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="accessrequest_reviewed_pair",
                condition=models.Q(reviewed_at=None, reviewed_by=None)
                | models.Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="accessrequest_two_people",
                condition=~models.Q(answered_by=models.F("asked_by"))
                & ~models.Q(reviewed_by=models.F("asked_by")),
                violation_error_message="Een ander moet dit beoordelen.",
            ),
        )
        indexes = (models.Index(fields=["asked_by", "opened_at"], name="cases_accessrequest_mine"),)

    @property
    def is_break_glass(self) -> bool:
        return self.kind in BREAK_GLASS

    @property
    def is_open_now(self) -> bool:
        return self.until is not None and self.until > timezone.now()

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.youth_number] if self.youth_number else []

    @property
    def logged_case_id(self) -> int | None:
        return self.case_id
