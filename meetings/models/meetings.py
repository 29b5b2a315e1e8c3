"""One meeting, its slots and who was there.

Nothing in these rows is about a youth: they are open to whoever may attend. What is discussed in a
slot is another row (items.py), in a compartment of its own.
"""

import uuid

from django.db import models

from accounts.models import Partner, User
from accounts.roles import Level
from meetings.models.series import Series


class MeetingState(models.TextChoices):
    PLANNED = "planned", "gepland"
    DRAFT = "draft", "conceptagenda"
    AGREED = "agreed", "agenda vastgesteld"
    RUNNING = "running", "bezig"
    CLOSED = "closed", "conceptverslag"
    CONFIRMED = "confirmed", "verslag vastgesteld"
    CANCELLED = "cancelled", "geannuleerd"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def coming(self) -> "MeetingQuerySet":
        return self.exclude(state__in=[MeetingState.CANCELLED, MeetingState.CONFIRMED, MeetingState.CLOSED])


class Meeting(models.Model):
    """One meeting. Nothing about a youth stands in this row."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(Series, models.PROTECT, related_name="meetings")
    level = models.PositiveSmallIntegerField("niveau", choices=Level)
    starts_at = models.DateTimeField("begint")
    minutes = models.PositiveSmallIntegerField("duur in minuten", default=120)
    location = models.CharField("plaats", max_length=120, blank=True)
    state = models.CharField("staat", max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    agenda_built_at = models.DateTimeField("agenda gemaakt op", null=True)
    agreed_at = models.DateTimeField("agenda vastgesteld op", null=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField("begonnen op", null=True)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("gesloten op", null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("verslag vastgesteld op", null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "overleg"
        verbose_name_plural = "overleggen"
        ordering = ("starts_at",)
        constraints = (
            models.UniqueConstraint(name="meeting_once_per_series", fields=["series", "starts_at"]),
            *(
                models.CheckConstraint(
                    name=f"meeting_{word}_pair",
                    condition=models.Q(**{f"{word}_at": None, f"{word}_by": None})
                    | models.Q(**{f"{word}_at__isnull": False, f"{word}_by__isnull": False}),
                )
                for word in ("agreed", "started", "closed", "confirmed")
            ),
        )

    def __str__(self) -> str:
        return f"{self.series} {self.starts_at:%d-%m-%Y}"


class Slot(models.Model):
    """A place on the agenda: a number and a time. Nameless, so that everybody sees the same rows."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="slots")
    position = models.PositiveSmallIntegerField("plaats")
    minutes = models.PositiveSmallIntegerField("minuten", default=8)
    withdrawn_at = models.DateTimeField("van de agenda gehaald op", null=True)

    class Meta:
        verbose_name = "plaats op de agenda"
        verbose_name_plural = "plaatsen op de agenda"
        ordering = ("position", "pk")


class Presence(models.TextChoices):
    PRESENT = "present", "aanwezig"
    EXCUSED = "excused", "afgemeld"
    ABSENT = "absent", "afwezig"


class Attendance(models.Model):
    """Whether a partner was at a meeting, and who sat there."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    presence = models.CharField("aanwezigheid", max_length=10, choices=Presence)
    people = models.CharField("wie", max_length=200, blank=True)

    class Meta:
        verbose_name = "aanwezigheid"
        verbose_name_plural = "aanwezigheid"
        constraints = (models.UniqueConstraint(name="attendance_once", fields=["meeting", "partner"]),)
