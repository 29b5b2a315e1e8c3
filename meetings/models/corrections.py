"""What is said of minutes: before they are final by who was there, afterwards as a numbered addendum."""

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Now

from access.models import ScopedQuerySet
from accounts.models import User
from meetings.models.items import AgendaItem, ItemRow
from meetings.models.meetings import Meeting


class MinutesRemarkQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """What regie did not answer yet."""
        return self.filter(answered_at=None)


class MinutesRemark(ItemRow):
    """Somebody who was at the table says what is not right in the concept minutes of one point.

    It stands in the compartment of the point: who was there reads it, and reads what regie answered.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="minutes_remarks")
    text = models.TextField("wat er anders moet", max_length=1000)
    made_at = models.DateTimeField("geschreven op", db_default=Now())
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_taken = models.BooleanField("overgenomen", null=True)
    answer = models.CharField("antwoord", max_length=500, blank=True)
    answered_at = models.DateTimeField("beantwoord op", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = MinutesRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "opmerking bij het conceptverslag"
        verbose_name_plural = "opmerkingen bij conceptverslagen"
        ordering = ("made_at", "pk")
        constraints = (
            models.CheckConstraint(
                name="minutesremark_answer_is_whole",
                condition=models.Q(answered_at=None, answered_by=None, is_taken=None, answer="")
                | (
                    models.Q(answered_at__isnull=False, answered_by__isnull=False, is_taken__isnull=False)
                    & (models.Q(is_taken=True) | ~models.Q(answer=""))
                ),
            ),
        )


class Addendum(ItemRow):
    """A correction of minutes that are final: a numbered text beside them. Never changed, never taken away.

    Its number counts within the meeting. The database refuses every change (migration 0074).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="addenda")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("wat er anders is", max_length=4000)
    made_at = models.DateTimeField("toegevoegd op", db_default=Now())
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "addendum bij een verslag"
        verbose_name_plural = "addenda bij verslagen"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(name="addendum_number_once", fields=["meeting", "number"]),)
