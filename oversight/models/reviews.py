"""Every quarter each right is looked at: does this person still need it?"""

import uuid
from datetime import date

from django.db import models
from django.db.models.functions import Now

from accounts.models import RoleAssignment, User


class Verdict(models.TextChoices):
    KEEP = "keep", "Klopt"
    REMOVE = "remove", "Moet weg"


class ReviewRoundQuerySet(models.QuerySet["ReviewRound"]):
    def open(self) -> "ReviewRoundQuerySet":
        return self.filter(closed_at=None)

    def late(self, today: date) -> "ReviewRoundQuerySet":
        return self.open().filter(due_on__lt=today)


class ReviewRound(models.Model):
    """The review of one quarter."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quarter = models.DateField("kwartaal", unique=True)  # its first day
    due_on = models.DateField("uiterlijk")
    started_at = models.DateTimeField("begonnen op", db_default=Now())
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("afgerond op", null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ReviewRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "controleronde"
        verbose_name_plural = "controlerondes"
        constraints = (
            models.CheckConstraint(
                name="reviewround_closed_pair",
                condition=models.Q(closed_at=None, closed_by=None)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{(self.quarter.month + 2) // 3}e kwartaal {self.quarter.year}"


class ReviewLineQuerySet(models.QuerySet["ReviewLine"]):
    def undecided(self) -> "ReviewLineQuerySet":
        return self.filter(verdict="")

    def to_remove(self) -> "ReviewLineQuerySet":
        """Marked as too much, and still held: work for the beheerder."""
        held = RoleAssignment.objects.held().filter(user__is_active=True)
        still_there = models.Q(assignment__in=held) | models.Q(assignment=None, user__is_active=True)
        return self.filter(still_there, verdict=Verdict.REMOVE)


class ReviewLine(models.Model):
    """One right in one round: a role, or an account without a role."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(ReviewRound, models.PROTECT, related_name="lines")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(RoleAssignment, models.PROTECT, null=True, related_name="+")
    verdict = models.CharField("oordeel", max_length=10, choices=Verdict, blank=True)
    decided_at = models.DateTimeField("beoordeeld op", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ReviewLineQuerySet.as_manager()

    class Meta:
        verbose_name = "regel van een controleronde"
        verbose_name_plural = "regels van een controleronde"
        constraints = (
            models.UniqueConstraint(
                name="reviewline_once", fields=["round", "user", "assignment"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="reviewline_decided_pair",
                condition=models.Q(decided_at=None, decided_by=None, verdict="")
                | (models.Q(decided_at__isnull=False, decided_by__isnull=False) & ~models.Q(verdict="")),
            ),
        )
