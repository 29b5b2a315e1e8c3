"""Actions: who does what before when. They live on the case; minutes quote them."""

import uuid
from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel, ScopedQuerySet
from accounts.models import Partner, User
from cases.models.cases import Case


class ActionState(models.TextChoices):
    OPEN = "open", "open"
    ACCEPTED = "accepted", "aangenomen"
    IN_PROGRESS = "in_progress", "bezig"
    DONE = "done", "gedaan"
    COULD_NOT = "could_not", "kon niet"
    DID_NOT = "did_not", "niet gedaan"
    WITHDRAWN = "withdrawn", "ingetrokken"


RUNNING = [ActionState.OPEN, ActionState.ACCEPTED, ActionState.IN_PROGRESS]
FAILED = [ActionState.COULD_NOT, ActionState.DID_NOT]


REMIND_BEFORE = timedelta(days=3)


class ActionQuerySet(ScopedQuerySet):
    def running(self) -> Self:
        return self.filter(state__in=RUNNING)

    def overdue(self, today: date) -> Self:
        return self.running().filter(due_on__lt=today)

    def to_remind(self, today: date) -> Self:
        """Of which the owner hears by mail on this day: three days before, and once after the day has passed."""
        soon = models.Q(due_on__range=(today, today + REMIND_BEFORE), reminded_at=None)
        not_since = models.Q(reminded_at=None) | models.Q(reminded_at__date__lte=models.F("due_on"))
        return self.running().filter(soon | models.Q(due_on__lt=today) & not_since)

    def owned_by(self, user: User) -> Self:
        """What this user can be asked about: named in person, or of the partner without a person."""
        of_partner = models.Q(owner_partner=user.partner_id, owner_person=None)
        return self.filter(models.Q(owner_person=user) | of_partner)


class Action(ListedModel):
    """One thing that one partner does. Stands in the compartment of the level where it was agreed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="actions")
    text = models.CharField("wat", max_length=300)
    owner_partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")
    owner_person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="persoon"
    )
    due_on = models.DateField("uiterlijk")
    state = models.CharField("staat", max_length=12, choices=ActionState, default=ActionState.OPEN)
    result = models.CharField("resultaat of reden", max_length=500, blank=True)
    agreed_at = models.DateTimeField("afgesproken op", db_default=Now())
    agreed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("afgerond op", null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField("herinnerd op", null=True)

    objects = ActionQuerySet.as_manager()

    class Meta(ListedModel.Meta):
        verbose_name = "actie"
        verbose_name_plural = "acties"
        constraints = (
            models.CheckConstraint(
                name="action_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="action_not_done_has_reason",
                condition=~models.Q(state__in=FAILED) | ~models.Q(result=""),
                violation_error_message="Zeg waarom het niet is gelukt.",
            ),
        )
        indexes = (
            *ListedModel.Meta.indexes,
            models.Index(fields=["owner_partner", "due_on"], name="cases_action_owner"),
            models.Index(
                fields=["due_on"], condition=models.Q(state__in=RUNNING), name="cases_action_running"
            ),
            models.Index(
                fields=["ended_at"], condition=models.Q(state__in=FAILED), name="cases_action_failed"
            ),
        )

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]
