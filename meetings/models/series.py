"""The rhythm: series of meetings, who has a seat, and the days without meetings."""

import uuid

from django.core.validators import URLValidator
from django.db import models

from accounts.models import Municipality, Partner, User
from accounts.roles import Level

https_link = URLValidator(
    schemes=["https"], message="Vul een adres in dat met https:// begint.", code="not_https"
)
ONLY_HTTPS = models.Q(video_url="") | models.Q(video_url__startswith="https://")


class ClosingDay(models.Model):
    """A day without meetings: a public holiday, carnaval. Kept by the beheerder."""

    on = models.DateField("datum", unique=True)
    name = models.CharField("naam", max_length=80)

    class Meta:
        verbose_name = "sluitingsdag"
        verbose_name_plural = "sluitingsdagen"
        ordering = ("on",)

    def __str__(self) -> str:
        return f"{self.on:%d-%m-%Y} {self.name}"


class SeriesKind(models.TextChoices):
    RHYTHM = "rhythm", "reeks"
    URGENT = "urgent", "spoedoverleg"
    PARTNERS = "partners", "partneroverleg"


class SeriesQuerySet(models.QuerySet["Series"]):
    def rhythms(self) -> "SeriesQuerySet":
        """What the beheerder keeps and the clock plans."""
        return self.exclude(kind=SeriesKind.URGENT)


class Series(models.Model):
    """A rhythm of meetings: the JPP every two weeks on a fixed weekday and local time.

    Or what holds the spoedoverleggen of a table together: those are outside every rhythm and nobody plans them.
    Or a rhythm in which partners talk about how they work together, and never about a youth.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("naam", max_length=80, unique=True)
    kind = models.CharField("soort", max_length=8, choices=SeriesKind, default=SeriesKind.RHYTHM)
    level = models.PositiveSmallIntegerField("niveau", choices=Level, default=Level.JPP)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name="gemeente"
    )
    first_on = models.DateField("eerste keer op")
    time = models.TimeField("aanvang")
    every_weeks = models.PositiveSmallIntegerField("om de hoeveel weken", default=2)
    minutes = models.PositiveSmallIntegerField("duur in minuten", default=120)
    location = models.CharField("plaats", max_length=120, blank=True)
    video_url = models.CharField("videolink", max_length=300, blank=True, validators=[https_link])
    # A meeting that lasts longer than the first gets a break of the second in its agenda; nothing: no break.
    break_after_minutes = models.PositiveSmallIntegerField("pauze na ongeveer", null=True, blank=True)
    break_minutes = models.PositiveSmallIntegerField("duur van de pauze", null=True, blank=True)
    ended_at = models.DateTimeField("gestopt op", null=True, blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = "overlegreeks"
        verbose_name_plural = "overlegreeksen"
        constraints = (
            models.CheckConstraint(name="series_only_https", condition=ONLY_HTTPS),
            models.CheckConstraint(
                name="series_break_pair",
                condition=models.Q(break_after_minutes=None, break_minutes=None)
                | models.Q(break_after_minutes__gt=0, break_minutes__gt=0),
            ),
        )

    def __str__(self) -> str:
        return self.name


class StandingParticipant(models.Model):
    """A partner that has a seat at every meeting of a series."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="standing_participants")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vaste persoon"
    )
    ended_at = models.DateTimeField("gestopt op", null=True, blank=True)

    class Meta:
        verbose_name = "vaste deelnemer"
        verbose_name_plural = "vaste deelnemers"
        constraints = (
            models.UniqueConstraint(
                name="standingparticipant_once",
                fields=["series", "partner"],
                condition=models.Q(ended_at=None),
                violation_error_message="Deze organisatie is al vaste deelnemer.",
            ),
        )
