"""Groups on the agenda of a meeting."""

import uuid
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now

from access.models import ScopedModel, ScopedQuerySet
from accounts.models import User
from cases.models import Group
from meetings.models.meetings import Meeting


class GroupPointQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """What is still on an agenda, in the order in which it came there."""
        return self.filter(withdrawn_at=None).order_by("pk")


class GroupPoint(ScopedModel):
    """A group that is discussed in a meeting, after the youths. It stands in the compartment of the group.

    Who reads the group reads what was asked and what came of it; who sits at the table and does not, sees nothing.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="group_points")
    group = models.ForeignKey(Group, models.PROTECT, related_name="points")
    question = models.CharField("vraag aan de tafel", max_length=300)
    minutes = models.PositiveSmallIntegerField(
        "minuten", default=10, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    outcome = models.TextField("wat is besproken en afgesproken", max_length=4000, blank=True)
    version = models.PositiveIntegerField("versie", default=1, db_default=1)
    added_at = models.DateTimeField("op de agenda gezet op", db_default=Now())
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField("geschreven op", null=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("van de agenda gehaald op", null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = GroupPointQuerySet.as_manager()

    class Meta:
        verbose_name = "groep op een agenda"
        verbose_name_plural = "groepen op een agenda"
        constraints = (
            models.UniqueConstraint(
                name="grouppoint_once",
                fields=["meeting", "group"],
                condition=models.Q(withdrawn_at=None),
                violation_error_message="Deze groep staat al op de agenda.",
            ),
            *(
                models.CheckConstraint(
                    name=f"grouppoint_{word}_pair",
                    condition=models.Q(**{f"{word}_at": None, f"{word}_by": None})
                    | models.Q(**{f"{word}_at__isnull": False, f"{word}_by__isnull": False}),
                )
                for word in ("written", "withdrawn")
            ),
        )
