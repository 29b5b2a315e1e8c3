"""What the clock and the queue do around meetings."""

from datetime import timedelta
from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts.robots import Robot, robot
from foundation.scope import acting_as
from jobs import operations as jobs
from jobs.models import Job
from jobs.tasks import ring
from meetings.models import Meeting, MeetingState, Series
from meetings.operations import agenda, minutes, series
from meetings.operations.candidates import Gathered, gather
from meetings.rules.rhythm import agenda_due_on
from meetings.rules.series import day_of

AGENDA = "meetings.agenda"
PLANNED_AHEAD = timedelta(weeks=26)


class AgendaWork:
    """Gather the candidates, then write the whole agenda in one transaction. Killed halfway, it leaves nothing."""

    lease_seconds = 60
    own_scope = False

    def read(self, job: Job, tell: jobs.Tell) -> Gathered:
        meeting = Meeting.objects.select_related("series").get(pk=job.subject_id)
        return gather(meeting=meeting, by=job.asked_by, tell=tell)

    def make(self, data: Gathered, tell: jobs.Tell) -> None:
        """Nothing takes long: who fits is decided under the lock, beside what the regisseur changed by hand."""

    def store(self, job: Job, data: Gathered, result: Any) -> None:
        meeting = Meeting.objects.get(pk=job.subject_id)
        agenda.store_agenda(meeting=meeting, gathered=data, by=job.asked_by)


jobs.register(AGENDA, AgendaWork())
jobs.register(minutes.KIND, minutes.MinutesWork())


@shared_task
def plan_meetings() -> None:
    """Every day: plan the meetings of half a year ahead. What is there stays as it is."""
    planner = robot(Robot.AGENDA)
    until = timezone.localdate() + PLANNED_AHEAD
    with acting_as(planner):
        for one in Series.objects.filter(ended_at=None).order_by("pk"):
            series.plan_ahead(series=one, until=until, by=planner)


@shared_task
def build_due_agendas() -> None:
    """Every day: ask for the concept agenda of each meeting that is three working days away, or nearer."""
    maker = robot(Robot.AGENDA)
    with acting_as(maker):
        closed = series.closing_days(by=maker)
        coming = Meeting.objects.open_to(maker).filter(
            state=MeetingState.PLANNED, starts_at__gt=timezone.now()
        )
        for meeting in coming.order_by("starts_at"):
            if agenda_due_on(day_of(meeting), closed) <= timezone.localdate():
                ring(jobs.ask(kind=AGENDA, subject_id=meeting.pk, by=maker, key=f"agenda:{meeting.pk}:clock"))
