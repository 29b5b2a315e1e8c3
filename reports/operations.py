"""Counting the figures, and asking for and keeping a summary of them."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Municipality, User
from audit.log import record
from jobs import operations as jobs
from jobs.models import Job
from jobs.tasks import ring
from reports.documents import Paper, Report
from reports.events import FigureEvent
from reports.models import Summary
from reports.periods import Period, last_year, month_of, period_between, read_month
from reports.permissions import check_may_count, check_may_read_area
from reports.queries import KIND


@transaction.atomic
def recount(*, month: date, by: User) -> int:
    """Count one month afresh. The database's own function sees the rows; what it leaves behind is counts."""
    check_may_count(by)
    first = month_of(month)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_recount(%s)", [first])
        (counted,) = cursor.fetchone() or (0,)
    record(FigureEvent.COUNTED, by=by, month=first.isoformat(), rows=counted)
    return int(counted)


@transaction.atomic
def ask_summary(*, by: User, municipality: Municipality | None = None, period: Period | None = None) -> Job:
    """Ask for a summary on paper. Asking twice within a minute is asking once.

    What is asked stands in the key of the job: the area (0: Parkstad as a whole) and the months.
    """
    check_may_read_area(by, municipality)
    period = period or last_year(timezone.localdate())
    area = municipality.pk if municipality else 0
    minute = f"{timezone.now():%Y%m%dT%H%M}"
    key = f"{KIND}:{area}:{period.first:%Y-%m}:{period.last:%Y-%m}:{by.pk}:{minute}"
    job = jobs.ask(kind=KIND, subject_id=area, by=by, key=key)
    record(FigureEvent.SUMMARY_ASKED, by=by, area=area, first=str(period.first), last=str(period.last))
    ring(job)
    return job


def asked_of(*, job: Job, by: User) -> tuple[Municipality | None, Period]:
    """What a job asks for, if who asked may still read it."""
    _, area, first, last, *_ = job.key.split(":")
    municipality = Municipality.objects.get(pk=area) if int(area) else None
    check_may_read_area(by, municipality)
    begin, end = read_month(first), read_month(last)
    if begin is None or end is None:
        raise ValueError(f"Job {job.pk} names no months.")
    return municipality, period_between(begin, end)


@transaction.atomic
def store_summary(*, report: Report, paper: Paper, by: User) -> Summary:
    """Keep a finished summary as it was made."""
    summary = Summary.objects.create(
        municipality_id=report.municipality_id,
        first_month=report.period.first,
        last_month=report.period.last,
        content=paper.pdf,
        sha256=paper.sha256,
        pages=paper.pages,
        made_by=by,
    )
    record(FigureEvent.SUMMARY_MADE, by=by, about=summary, pages=paper.pages, seal=report.seal)
    return summary
