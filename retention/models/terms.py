"""How long what is kept: a table that the beheerder keeps true, and the exceptions by case."""

import uuid

from django.db import models
from django.db.models.functions import Now

from access.models import ScopedModel
from accounts.models import User
from cases.models import Case


class TermCode(models.TextChoices):
    """What a term is about. The database works out which one counts (retention/sql/due.sql)."""

    SIGNAL_REJECTED = "signal_rejected", "Afgewezen signaal"
    SIGNAL_REFERRED = "signal_referred", "Doorverwezen signaal"
    SIGNAL_WITHDRAWN = "signal_withdrawn", "Ingetrokken signaal"
    SIGNAL_DRAFT = "signal_draft", "Signaal dat nooit is ingediend"
    CASE_JPP = "case_jpp", "Dossier dat alleen bij de JPP was"
    CASE_LJA = "case_lja", "Dossier dat bij een LJA was"
    CASE_PGA = "case_pga", "Dossier dat bij de PGA was"
    GROUP = "group", "Groepsaanpak die is gesloten"


class RetentionTerm(models.Model):
    """How many months something is kept, counted from what, on what ground, and who set it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("wat", max_length=20, choices=TermCode, unique=True)
    counted_from = models.CharField("geteld vanaf", max_length=80)
    months = models.PositiveSmallIntegerField("maanden")
    regime = models.CharField("grond", max_length=120)
    source = models.CharField("bron", max_length=300)
    verified_on = models.DateField("geverifieerd op", null=True, blank=True)
    set_at = models.DateTimeField("gewijzigd op", null=True)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "bewaartermijn"
        verbose_name_plural = "bewaartermijnen"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="retentionterm_set_pair",
                condition=models.Q(set_at=None, set_by=None)
                | models.Q(set_at__isnull=False, set_by__isnull=False),
            ),
            models.CheckConstraint(
                name="retentionterm_has_an_end",
                condition=models.Q(months__gte=1, months__lte=240),
                violation_error_message="Kies 1 tot en met 240 maanden.",
            ),
        )

    def __str__(self) -> str:
        return self.get_code_display()


class Extension(ScopedModel):
    """A case is kept longer than its term, until then, because. It goes with the case."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    until_on = models.DateField("bewaren tot")
    reason = models.CharField("waarom", max_length=500)
    extended_at = models.DateTimeField("verlengd op", db_default=Now())
    extended_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "verlenging van een bewaartermijn"
        verbose_name_plural = "verlengingen van een bewaartermijn"
        ordering = ("-extended_at", "-pk")

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]
