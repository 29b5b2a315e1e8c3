"""A job is a row. It exists before the queue hears of it and after the queue has forgotten it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class State(models.TextChoices):
    WAITING = "waiting", "wacht"
    RUNNING = "running", "bezig"
    DONE = "done", "klaar"
    FAILED = "failed", "mislukt"


class JobQuerySet(models.QuerySet["Job"]):
    def claimable(self) -> "JobQuerySet":
        """Waiting, or left behind by a worker whose lease has run out."""
        lapsed = models.Q(state=State.RUNNING, lease_until__lt=Now())
        return self.filter(models.Q(state=State.WAITING) | lapsed)

    def unfinished(self) -> "JobQuerySet":
        return self.filter(state__in=[State.WAITING, State.RUNNING])


class Job(models.Model):
    """One piece of work, named by ids only. `key` makes asking twice the same as asking once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField("sleutel", max_length=120, unique=True)
    kind = models.CharField("soort", max_length=60)
    subject_id = models.BigIntegerField("onderwerp")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("gevraagd op", db_default=Now())
    state = models.CharField("staat", max_length=10, choices=State, default=State.WAITING)
    lease_until = models.DateTimeField("vastgehouden tot", null=True)
    tries = models.PositiveSmallIntegerField("pogingen", default=0)
    steps_done = models.PositiveIntegerField("stappen klaar", default=0)
    steps_total = models.PositiveIntegerField("stappen", default=1)
    finished_at = models.DateTimeField("klaar op", null=True)
    problem = models.CharField("wat ging er mis", max_length=200, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "taak"
        verbose_name_plural = "taken"
        constraints = (
            models.CheckConstraint(
                name="job_running_has_lease",
                condition=~models.Q(state=State.RUNNING) | models.Q(lease_until__isnull=False),
            ),
        )
        indexes = (
            models.Index(
                fields=["asked_at"],
                condition=models.Q(state__in=[State.WAITING, State.RUNNING]),
                name="job_unfinished",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100."""
        if self.state == State.DONE:
            return 100
        return min(99, 100 * self.steps_done // max(1, self.steps_total))


class Heartbeat(models.Model):
    """The clock rang and a worker heard it: one row, moved forward each time."""

    beat_at = models.DateTimeField("laatste slag")

    class Meta:
        verbose_name = "hartslag"
        verbose_name_plural = "hartslagen"
