"""Who was sent which version of a meeting for the own calendar."""

from django.db import models
from django.db.models.functions import Now

from accounts.models import User
from meetings.models.meetings import Meeting


class CalendarNotice(models.Model):
    """One person has this meeting in the own calendar, as it was when this version was sent. No youth in it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="calendar_notices")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField("versie", default=0)
    facts = models.CharField("wat erin stond", max_length=500)
    is_cancelled = models.BooleanField("afgezegd", default=False)
    sent_at = models.DateTimeField("verstuurd op", db_default=Now())

    class Meta:
        verbose_name = "afspraak in een agenda"
        verbose_name_plural = "afspraken in agenda's"
        constraints = (models.UniqueConstraint(name="calendarnotice_once", fields=["meeting", "person"]),)
