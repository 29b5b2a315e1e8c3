"""What is discussed: agenda items with their notes, decisions and agreed actions."""

import uuid
from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models.functions import Now
from django.utils.formats import date_format

from access.models import ListedModel, ScopedModel, ScopedQuerySet
from accounts.models import Partner, User
from cases.models import Action, Audience, Case, LevelChange, PostponeGround
from meetings.models.meetings import Meeting, MeetingState, Slot


class AgendaItemQuerySet(ScopedQuerySet):
    def on_agenda(self) -> Self:
        return self.filter(slot__withdrawn_at=None).order_by("slot__position", "pk")

    def coming(self) -> Self:
        """Items of agendas that stand: agreed, or being discussed now."""
        standing = [MeetingState.AGREED, MeetingState.RUNNING]
        return self.filter(slot__withdrawn_at=None, meeting__state__in=standing)

    def with_decided(self) -> Self:
        """Each item says whether a decision stands (`is_decided`)."""
        standing = Decision.objects.filter(item=models.OuterRef("pk"), withdrawn_at=None)
        return self.annotate(is_decided=models.Exists(standing))

    def decided_without_action(self, kinds: Collection["DecisionKind"]) -> Self:
        """A decision of these kinds stands, and nobody agreed to do anything."""
        of_item = {"item": models.OuterRef("pk"), "withdrawn_at": None}
        decided = Decision.objects.filter(**of_item, kind__in=kinds)
        return self.filter(models.Exists(decided), ~models.Exists(AgreedAction.objects.filter(**of_item)))


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
    cleared_at = models.DateTimeField("wie het niet mag horen van tafel op", null=True)
    cleared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    is_decided: bool  # there when asked for with `with_decided()`

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
            models.CheckConstraint(
                name="agendaitem_cleared_pair",
                condition=models.Q(cleared_at=None, cleared_by=None)
                | models.Q(cleared_at__isnull=False, cleared_by__isnull=False),
            ),
        )

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]


class OmissionKind(models.TextChoices):
    NO_TIME = "no_time", "past niet in de tijd"
    BY_HAND = "by_hand", "met de hand weggehaald"
    REVIEW_LATER = "review_later", "pas later opnieuw bespreken"
    ACTION_RUNS = "action_runs", "de actie loopt nog"
    ELSEWHERE = "elsewhere", "staat op een eerdere agenda"


class OmissionQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """What is still left out."""
        return self.filter(withdrawn_at=None)


class Omission(ScopedModel):
    """Why a case is not on an agenda. Stands in the room of the case; shown to who leads the meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="omissions")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField("soort", max_length=12, choices=OmissionKind)
    reason = models.CharField("niet op de agenda, omdat", max_length=200)
    withdrawn_at = models.DateTimeField("vervallen op", null=True)

    objects = OmissionQuerySet.as_manager()

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


class DecidedAudience(models.TextChoices):
    """Who is not informed yet."""

    YOUTH = "youth", "jongere"
    PARENTS = "parents", "ouders"
    BOTH = "both", "jongere en ouders"

    @property
    def each(self) -> list[Audience]:
        """One by one, as the ledger has them."""
        return [one for one in Audience if self in (one.value, DecidedAudience.BOTH)]


class Decision(ItemRow):
    """What the table decided. Taken back with `withdrawn_at`, never removed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    kind = models.CharField("besluit", max_length=20, choices=DecisionKind)
    text = models.CharField("toelichting", max_length=500, blank=True)
    until_on = models.DateField("tot", null=True, blank=True)
    casusregisseur = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # Who it was until then: taking the decision back puts that right as well.
    casusregisseur_before = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="casusregisseur tot dan"
    )
    audience = models.CharField(
        "wie wordt nog niet geïnformeerd", max_length=8, choices=DecidedAudience, blank=True
    )
    ground = models.CharField("grond van uitstel", max_length=1, choices=PostponeGround, blank=True)
    level_change = models.OneToOneField(LevelChange, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("besloten op", db_default=Now())
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("teruggenomen op", null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    @property
    def title(self) -> str:
        """The decision in words: what kind, who it is about, and until when or to where."""
        words = [self.get_kind_display()]
        if self.casusregisseur:
            words = [f"{words[0]}: {self.casusregisseur}"]
        if self.audience:
            words.append(self.get_audience_display())
        if self.until_on:
            day = date_format(self.until_on, "j F Y")
            words.append(day if words[0].endswith(" tot") else f"tot {day}")
        if self.level_change:
            words.append(f"naar {self.level_change.get_new_display()}")
        return " ".join(words)

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
    """An action as it was agreed at this item. The action itself lives on the case and goes its own way.

    The words are kept here, because the room of the case may be closed to this table before the minutes
    are made: a case that moved to another level still has its minutes.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="agreed_actions")
    action = models.OneToOneField(Action, models.PROTECT, related_name="agreed_at_item")
    text = models.CharField("wat", max_length=300)
    owner_partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")
    owner_person = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="persoon"
    )
    due_on = models.DateField("uiterlijk")
    withdrawn_at = models.DateTimeField("teruggenomen op", null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    @property
    def owner(self) -> str:
        """Who does it: the organisation, and the person if one was named."""
        return f"{self.owner_partner}, {self.owner_person}" if self.owner_person else str(self.owner_partner)

    class Meta:
        verbose_name = "afgesproken actie"
        verbose_name_plural = "afgesproken acties"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="agreedaction_withdrawn_pair",
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        )
