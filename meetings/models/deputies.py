"""Who comes when the fixed person of a seat cannot."""

import uuid

from django.db import models
from django.db.models.functions import Now

from accounts.models import User
from meetings.models.meetings import Meeting
from meetings.models.series import StandingParticipant


class Deputy(models.Model):
    """Somebody of the same organisation, at the same table, who comes when the fixed person does not."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seat = models.ForeignKey(StandingParticipant, models.PROTECT, related_name="deputies")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="plaatsvervanger")
    ended_at = models.DateTimeField("gestopt op", null=True, blank=True)

    class Meta:
        verbose_name = "plaatsvervanger"
        verbose_name_plural = "plaatsvervangers"
        constraints = (
            models.UniqueConstraint(
                name="deputy_once",
                fields=["seat", "person"],
                condition=models.Q(ended_at=None),
                violation_error_message="Deze persoon is al plaatsvervanger.",
            ),
        )


class Absence(models.Model):
    """Known beforehand: the fixed person of a seat does not come to this meeting. Says not why."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="absences")
    seat = models.ForeignKey(StandingParticipant, models.PROTECT, related_name="absences")
    noted_at = models.DateTimeField("gezegd op", db_default=Now())
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("komt toch sinds", null=True)

    class Meta:
        verbose_name = "afmelding vooraf"
        verbose_name_plural = "afmeldingen vooraf"
        constraints = (
            models.UniqueConstraint(
                name="absence_once", fields=["meeting", "seat"], condition=models.Q(withdrawn_at=None)
            ),
        )
