"""What the clock and the queue do for the figures."""

from celery import shared_task
from django.utils import timezone

from accounts.robots import Robot, robot
from jobs import operations as jobs
from jobs.models import Job
from reports.documents import Paper, Report, make_paper, read_report
from reports.models import Figure
from reports.operations import asked_of, recount, store_summary
from reports.periods import month_of, months_up_to, read_month
from reports.queries import KIND

AT_FIRST = 13  # the last twelve months that are over, and the one that runs
EVERY_NIGHT = 2  # what was entered late still counts for the month before


class SummaryWork:
    """Read the figures, lay out the paper, keep it."""

    lease_seconds = 120
    own_scope = False

    def read(self, job: Job, tell: jobs.Tell) -> Report:
        report = read_report(*asked_of(job=job, by=job.asked_by))
        tell(1, 3)
        return report

    def make(self, data: Report, tell: jobs.Tell) -> Paper:
        paper = make_paper(data)
        tell(2, 3)
        return paper

    def store(self, job: Job, data: Report, result: Paper) -> None:
        store_summary(report=data, paper=result, by=job.asked_by)


jobs.register(KIND, SummaryWork())


@shared_task
def count_figures(months: list[str] | None = None) -> None:
    """Every night: count this month and the one before it; everything at the first run; or what is asked (2026-10)."""
    counter = robot(Robot.FIGURES)
    asked = [month for text in months or [] if (month := read_month(text))]
    count = EVERY_NIGHT if Figure.objects.exists() else AT_FIRST
    for month in asked or months_up_to(month_of(timezone.localdate()), count):
        recount(month=month, by=counter)
