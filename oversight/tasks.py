"""What the clock and the queue do for the privacy officer."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from accounts.robots import Robot, robot
from audit.seals import newest_short
from foundation.scope import acting_as
from jobs import operations as jobs
from jobs.models import Job
from oversight import operations
from oversight.documents import Draft, Made, draft_of, make
from oversight.models import Paper
from oversight.permissions import check_may_oversee
from oversight.queries import KIND
from oversight.who_saw import read
from oversight.years import read_year

LOOKS_BACK = 3  # a night that was missed is made up for


class PaperWork:
    """Read the log, lay out the paper, keep it."""

    lease_seconds = 300
    own_scope = False

    def read(self, job: Job, tell: jobs.Tell) -> Draft:
        check_may_oversee(job.asked_by)
        paper = Paper.objects.get(pk=job.subject_id)
        draft = _draft(paper)
        tell(1, 3)
        return draft

    def make(self, data: Draft, tell: jobs.Tell) -> Made:
        made = make(data)
        tell(2, 3)
        return made

    def store(self, job: Job, data: Draft, result: Made) -> None:
        operations.papers.store(
            paper=Paper.objects.get(pk=job.subject_id), draft=data, made=result, by=job.asked_by
        )


def _draft(paper: Paper) -> Draft:
    """Read in the scope of who asked, without the names of people: the paper goes to somebody outside."""
    seal = newest_short()
    if paper.youth_id is None:
        return draft_of(paper, seal=seal, year=read_year(paper.year or 0, timezone.localdate()))
    saw = read(
        paper.youth_id, with_people=False, withheld=paper.withheld, withheld_ground=paper.withheld_ground
    )
    return draft_of(paper, seal=seal, saw=saw)


jobs.register(KIND, PaperWork())


@shared_task
def look_for_unusual_reading() -> None:
    """Every night: look at yesterday, and at the days before it that a silent clock may have missed."""
    watcher = robot(Robot.OVERSIGHT)
    today = timezone.localdate()
    for back in range(LOOKS_BACK, 0, -1):
        with acting_as(watcher):
            operations.flags.look(day=today - timedelta(days=back), by=watcher)


@shared_task
def start_review() -> None:
    """Every day: begin the review of the quarter, when nobody did yet."""
    watcher = robot(Robot.OVERSIGHT)
    with acting_as(watcher):
        operations.reviews.start(day=timezone.localdate(), by=watcher)


@shared_task
def clear_papers() -> None:
    """Every night: empty the papers that are past their term."""
    watcher = robot(Robot.OVERSIGHT)
    with acting_as(watcher):
        operations.papers.clear(by=watcher)
