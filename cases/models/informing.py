"""Who was told that a youth is discussed, and why not yet. The law asks it within a month (AVG art. 14(3))."""

import uuid

from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel
from accounts.models import User
from cases.models.cases import Case


class Audience(models.TextChoices):
    YOUTH = "youth", "jongere"
    PARENTS = "parents", "ouders"


class InformOutcome(models.TextChoices):
    TOLD = "told", "geïnformeerd"
    POSTPONED = "postponed", "uitgesteld"
    EXCEPTED = "excepted", "hoeft niet"
    HELD = "held", "eerst overleg met politie of OM"


class Channel(models.TextChoices):
    TALK = "talk", "in een gesprek"
    PHONE = "phone", "aan de telefoon"
    LETTER = "letter", "per brief"


class PostponeGround(models.TextChoices):
    """UAVG art. 41(1), the grounds that can occur here."""

    SAFETY = "c", "openbare veiligheid (UAVG 41, c)"
    OFFENCES = "d", "opsporing of voorkoming van strafbare feiten (UAVG 41, d)"
    PUBLIC = "e", "een ander belangrijk algemeen belang (UAVG 41, e)"
    PERSON = "i", "bescherming van de jongere of van een ander (UAVG 41, i)"


class Informing(ListedModel):
    """One line of the ledger: told, postponed or excepted. The last line that counts says how it stands.

    A postponement counts once somebody else of regie agrees; until then the month runs on. Held is no
    postponement: the police or the prosecutor want to speak first, and the month runs on. It stands with the youth: both levels must know, and who writes a letter.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="informings")
    audience = models.CharField("wie", max_length=8, choices=Audience)
    outcome = models.CharField("hoe staat het ervoor", max_length=10, choices=InformOutcome)
    told_on = models.DateField("verteld op", null=True, blank=True)
    told_by = models.CharField("verteld door", max_length=120, blank=True)
    channel = models.CharField("hoe", max_length=8, choices=Channel, blank=True)
    ground = models.CharField("grond van uitstel", max_length=1, choices=PostponeGround, blank=True)
    reason = models.CharField("waarom", max_length=500, blank=True)
    recheck_on = models.DateField("opnieuw bekijken op", null=True, blank=True)
    noted_at = models.DateTimeField("vastgelegd op", db_default=Now())
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField("akkoord op", null=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("teruggenomen op", null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta(ListedModel.Meta):
        verbose_name = "regel over informeren"
        verbose_name_plural = "regels over informeren"
        constraints = (
            models.CheckConstraint(
                name="informing_told_is_whole",
                condition=~models.Q(outcome=InformOutcome.TOLD)
                | (models.Q(told_on__isnull=False) & ~models.Q(told_by="") & ~models.Q(channel="")),
            ),
            models.CheckConstraint(
                name="informing_postponed_is_whole",
                condition=~models.Q(outcome=InformOutcome.POSTPONED)
                | (models.Q(recheck_on__isnull=False) & ~models.Q(ground="") & ~models.Q(reason="")),
            ),
            models.CheckConstraint(
                name="informing_held_has_end",
                condition=~models.Q(outcome=InformOutcome.HELD) | models.Q(recheck_on__isnull=False),
            ),
            models.CheckConstraint(
                name="informing_excepted_has_reason",
                condition=~models.Q(outcome=InformOutcome.EXCEPTED) | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="informing_two_people",
                condition=models.Q(agreed_by=None, agreed_at=None)
                | (models.Q(agreed_at__isnull=False) & ~models.Q(agreed_by=models.F("noted_by"))),
                violation_error_message="Een ander van de regie gaat hiermee akkoord.",
            ),
            models.CheckConstraint(
                name="informing_withdrawn_before_it_counts",
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, agreed_at=None),
            ),
        )
        indexes = (
            *ListedModel.Meta.indexes,
            models.Index(fields=["case", "-id"], name="cases_informing_case"),
        )

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]

    @property
    def counts(self) -> bool:
        """A postponement or an exception is nothing until a second person agrees; held changes nothing."""
        return self.outcome == InformOutcome.TOLD or self.agreed_at is not None

    @property
    def needs_agreement(self) -> bool:
        is_weighty = self.outcome in (InformOutcome.POSTPONED, InformOutcome.EXCEPTED)
        return is_weighty and self.agreed_at is None and self.withdrawn_at is None
