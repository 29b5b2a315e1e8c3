"""What partners discuss with one another in a partneroverleg: how they work together, and nobody by name."""

import uuid
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now

from accounts.models import User
from meetings.models.meetings import Meeting


class TopicQuerySet(models.QuerySet["Topic"]):
    def standing(self) -> Self:
        """What is on the agenda, in order."""
        return self.filter(withdrawn_at=None).order_by("position", "pk")


class Topic(models.Model):
    """A topic of a partneroverleg. Nothing about a person stands in it: whoever may attend reads it.

    The database takes one at a partneroverleg only, and no youth there (sql/partners.sql).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="topics")
    position = models.PositiveSmallIntegerField("plaats")
    title = models.CharField("onderwerp", max_length=120)
    question = models.CharField("vraag aan de tafel", max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(
        "minuten", default=15, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    outcome = models.TextField("wat is besproken en afgesproken", max_length=4000, blank=True)
    version = models.PositiveIntegerField("versie", default=1, db_default=1)
    added_at = models.DateTimeField("op de agenda gezet op", db_default=Now())
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField("geschreven op", null=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("van de agenda gehaald op", null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "onderwerp"
        verbose_name_plural = "onderwerpen"
        constraints = (
            *(
                models.CheckConstraint(
                    name=f"topic_{word}_pair",
                    condition=models.Q(**{f"{word}_at": None, f"{word}_by": None})
                    | models.Q(**{f"{word}_at__isnull": False, f"{word}_by__isnull": False}),
                )
                for word in ("written", "withdrawn")
            ),
        )

    def __str__(self) -> str:
        return self.title
