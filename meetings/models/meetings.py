"""One meeting, its slots and who was there.

Nothing in these rows is about a youth: they are open to whoever may attend. What is discussed in a
slot is another row (items.py), in a compartment of its own.
"""

import uuid
from datetime import UTC, datetime, timedelta

from django.db import models

from accounts.models import Partner, User
from accounts.roles import REGIE_LEVELS, Level, Role
from meetings.models.series import ONLY_HTTPS, Series, SeriesKind, https_link


class MeetingState(models.TextChoices):
    PLANNED = "planned", "gepland"
    DRAFT = "draft", "conceptagenda"
    AGREED = "agreed", "agenda vastgesteld"
    RUNNING = "running", "bezig"
    CLOSED = "closed", "conceptverslag"
    CONFIRMED = "confirmed", "verslag vastgesteld"
    CANCELLED = "cancelled", "geannuleerd"


def _led_by(user: User) -> models.Q:
    tables = models.Q(pk__in=[])
    for held in user.active_roles:
        role = Role(held.role)
        if role == Role.REGISSEUR_LJA:
            here = models.Q(series__municipality=None) | models.Q(series__municipality=held.municipality_id)
            tables |= here & models.Q(level=Level.LJA)
        elif role in REGIE_LEVELS:
            tables |= models.Q(level=REGIE_LEVELS[role])
        elif role == Role.ROBOT:
            tables |= models.Q(level=held.level or Level.JPP)
    return tables


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def coming(self) -> "MeetingQuerySet":
        return self.exclude(state__in=[MeetingState.CANCELLED, MeetingState.CONFIRMED, MeetingState.CLOSED])

    def open_to(self, user: User) -> "MeetingQuerySet":
        """The meetings of the tables where this user has a seat, or leads. Not open is the same as not there."""
        seats = [held.level for held in user.active_roles if held.role == Role.DEELNEMER]
        return self.filter(models.Q(level__in=seats) | _led_by(user))

    def led_by(self, user: User) -> "MeetingQuerySet":
        """The meetings that this user prepares and chairs."""
        return self.filter(_led_by(user))

    def with_youths(self) -> "MeetingQuerySet":
        """Where youths are discussed: not where partners talk about working together."""
        return self.exclude(series__kind=SeriesKind.PARTNERS)

    def before(self, moment: datetime) -> "MeetingQuerySet":
        """Meetings that were to take place earlier and were not cancelled, the last one first."""
        return self.filter(starts_at__lt=moment).exclude(state=MeetingState.CANCELLED).order_by("-starts_at")


class Meeting(models.Model):
    """One meeting. Nothing about a youth stands in this row."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(Series, models.PROTECT, related_name="meetings")
    level = models.PositiveSmallIntegerField("niveau", choices=Level)
    starts_at = models.DateTimeField("begint")
    minutes = models.PositiveSmallIntegerField("duur in minuten", default=120)
    location = models.CharField("plaats", max_length=120, blank=True)
    video_url = models.CharField("videolink", max_length=300, blank=True, validators=[https_link])
    state = models.CharField("staat", max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    # Rises with every write at this meeting; the database rings the bell with it (sql/changed.sql).
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    # The last version in which more changed than one point: who follows and knows this one asks only for points.
    whole_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    at_slot = models.ForeignKey(
        "Slot", models.PROTECT, null=True, related_name="+", verbose_name="waar de tafel is"
    )
    # Who sits there changed: doors that were opened before are shut (rules/presence.py).
    seated_at = models.DateTimeField("wie er zit veranderd op", null=True)
    agenda_built_at = models.DateTimeField("agenda gemaakt op", null=True)
    reminded_at = models.DateTimeField("herinnerd aan inbreng op", null=True)
    agreed_at = models.DateTimeField("agenda vastgesteld op", null=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField("begonnen op", null=True)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("gesloten op", null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # The first of two who make the minutes final, and the text that this person agreed with.
    approved_at = models.DateTimeField("akkoord met het verslag op", null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_text = models.CharField(max_length=64, blank=True, editable=False)
    addenda_made = models.PositiveSmallIntegerField("addenda", default=0, db_default=0)
    confirmed_at = models.DateTimeField("verslag vastgesteld op", null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField("geannuleerd op", null=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_because = models.CharField("reden van annuleren", max_length=200, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "overleg"
        verbose_name_plural = "overleggen"
        ordering = ("starts_at",)
        constraints = (
            models.UniqueConstraint(name="meeting_once_per_series", fields=["series", "starts_at"]),
            models.CheckConstraint(
                name="meeting_confirmed_by_two",
                condition=models.Q(confirmed_at=None)
                | models.Q(approved_by=None)  # confirmed before two were asked
                | ~models.Q(approved_by=models.F("confirmed_by")),
                violation_error_message="Een ander stelt het verslag vast.",
            ),
            models.CheckConstraint(name="meeting_only_https", condition=ONLY_HTTPS),
            *(
                models.CheckConstraint(
                    name=f"meeting_{word}_pair",
                    condition=models.Q(**{f"{word}_at": None, f"{word}_by": None})
                    | models.Q(**{f"{word}_at__isnull": False, f"{word}_by__isnull": False}),
                )
                for word in ("agreed", "started", "closed", "approved", "confirmed", "cancelled")
            ),
        )

    def __str__(self) -> str:
        return f"{self.series} {self.starts_at:%d-%m-%Y}"

    @property
    def is_with_partners(self) -> bool:
        """Whether partners talk here about working together, without youths."""
        return self.series.kind == SeriesKind.PARTNERS

    @property
    def ends_at(self) -> datetime:
        """Counted in UTC: in local time an hour would come in or fall out in the night that the clock changes."""
        return self.starts_at.astimezone(UTC) + timedelta(minutes=self.minutes)


class Slot(models.Model):
    """A place on the agenda: a number and a time. Nameless, so that everybody sees the same rows.

    Or a break: it takes time, has no number, and nothing is discussed in it.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="slots")
    position = models.PositiveSmallIntegerField("plaats")
    minutes = models.PositiveSmallIntegerField("minuten", default=8)
    is_break = models.BooleanField("pauze", default=False, db_default=False)
    withdrawn_at = models.DateTimeField("van de agenda gehaald op", null=True)
    is_withdrawn_by_hand = models.BooleanField("met de hand weggehaald", default=False)
    moved_at = models.DateTimeField("met de hand verplaatst op", null=True)
    # The version of the meeting in which something was written here and nowhere else.
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        verbose_name = "plaats op de agenda"
        verbose_name_plural = "plaatsen op de agenda"
        ordering = ("position", "pk")


class Presence(models.TextChoices):
    PRESENT = "present", "aanwezig"
    LATE = "late", "later gekomen"
    LEFT = "left", "eerder weg"
    EXCUSED = "excused", "afgemeld"
    ABSENT = "absent", "afwezig"

    @property
    def is_here(self) -> bool:
        """Whether the organisation sits at the table now."""
        return self in (Presence.PRESENT, Presence.LATE)

    @property
    def was_here(self) -> bool:
        """Whether it sat at the table until now."""
        return self in (Presence.PRESENT, Presence.LEFT)

    @property
    def is_turn(self) -> bool:
        """Came or went during the meeting: says nothing of what was written down before."""
        return self.is_here != self.was_here


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

    @property
    def mark(self) -> str:
        """What is written down, for who wants to know later whether it still is that."""
        return f"{self.presence} {self.people}"
