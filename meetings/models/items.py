"""What is discussed: agenda items with their notes, decisions and agreed actions."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel, ScopedModel, ScopedQuerySet
from accounts.models import User
from cases.models import Action, Case
from meetings.models.meetings import Meeting, Slot


class AgendaItemQuerySet(ScopedQuerySet):
    def on_agenda(self) -> Self:
        return self.filter(slot__withdrawn_at=None).order_by("slot__position", "pk")


class AgendaItem(ListedModel):
    """What is discussed in a slot: one youth. In a compartment of its own, within the youth's."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    slot = models.OneToOneField(Slot, models.PROTECT, related_name="item")
    case = models.ForeignKey(Case, models.PROTECT, related_name="agenda_items")
    reasons = models.JSONField("waarom op de agenda", default=list)
    is_by_hand = models.BooleanField("met de hand toegevoegd", default=False)
    question = models.CharField("vraag aan de tafel", max_length=300, blank=True)
    note_version = models.PositiveIntegerField("versie van de notitie", default=0)
    discussed_at = models.DateTimeField("besproken op", null=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta(ListedModel.Meta):
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        constraints = (
            models.UniqueConstraint(
                name="agendaitem_case_once_per_meeting",
                fields=["meeting", "case"],
                violation_error_message="Deze jongere staat al op de agenda.",
            ),
        )

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]


class Omission(ScopedModel):
    """Why a case is not on an agenda. Stands in the room of the case; shown to who leads the meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="omissions")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    reason = models.CharField("niet op de agenda, omdat", max_length=200)

    class Meta:
        verbose_name = "niet op de agenda"
        verbose_name_plural = "niet op de agenda"
        constraints = (models.UniqueConstraint(name="omission_once", fields=["meeting", "case"]),)

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]


class ItemRow(ScopedModel):
    """A row that belongs to an agenda item and stands in its compartment."""

    class Meta:
        abstract = True

    item: Any

    @property
    def logged_case_id(self) -> int:
        return self.item.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.item.case.youth_id]


class Note(ItemRow):
    """One version of the note at an item. A version is never changed; the newest counts."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="notes")
    version = models.PositiveIntegerField("versie")
    text = models.TextField("notitie", max_length=20_000, blank=True)
    written_at = models.DateTimeField("geschreven op", db_default=Now())
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "notitie"
        verbose_name_plural = "notities"
        constraints = (models.UniqueConstraint(name="note_version_once", fields=["item", "version"]),)


class DecisionKind(models.TextChoices):
    CLOSE = "close", "Geen actie, sluiten"
    PARTNER_ACTS = "partner_acts", "Actie bij partner"
    PREVENTIVE = "preventive", "Preventieve inzet"
    CASUSREGISSEUR = "casusregisseur", "Casusregisseur aanwijzen"
    MONITOR = "monitor", "Monitoren tot"
    ESCALATE = "escalate", "Opschalen"
    DE_ESCALATE = "de_escalate", "Afschalen"
    HAND_OVER = "hand_over", "Overdragen"
    GROUP = "group", "Groepsaanpak voorstellen"
    ADVISE_MAYOR = "advise_mayor", "Advies aan de burgemeester"
    PROTECTION_TABLE = "protection_table", "Beschermingstafel voorstellen"
    VEILIG_THUIS = "veilig_thuis", "Veilig Thuis"
    POSTPONE_INFORMING = "postpone_informing", "Informeren uitstellen"


class Decision(ItemRow):
    """What the table decided. Taken back with `withdrawn_at`, never removed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    kind = models.CharField("besluit", max_length=20, choices=DecisionKind)
    text = models.CharField("toelichting", max_length=500, blank=True)
    until_on = models.DateField("tot", null=True, blank=True)
    decided_at = models.DateTimeField("besloten op", db_default=Now())
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("teruggenomen op", null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ("decided_at", "pk")
        constraints = (
            models.CheckConstraint(
                name="decision_withdrawn_pair",
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        )


class AgreedAction(ItemRow):
    """An action of the case that was agreed at this item."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="agreed_actions")
    action = models.OneToOneField(Action, models.PROTECT, related_name="agreed_at_item")

    class Meta:
        verbose_name = "afgesproken actie"
        verbose_name_plural = "afgesproken acties"
