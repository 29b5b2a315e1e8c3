"""The doorbell of the work that waits."""

import logging

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from jobs import operations
from jobs.models import Heartbeat, Job

logger = logging.getLogger(__name__)


@shared_task
def run_job(job_id: int) -> None:
    """Do one job."""
    operations.run(job_id)


@shared_task
def run_waiting_jobs() -> None:
    """Every few seconds: pick up what a crash, a restart or a silent queue left behind."""
    for job_id in Job.objects.claimable().order_by("asked_at").values_list("pk", flat=True)[:20]:
        operations.run(job_id)


@shared_task
def beat_heart() -> None:
    """The clock rang and a worker heard it."""
    Heartbeat.objects.update_or_create(pk=1, defaults={"beat_at": timezone.now()})


def ring(job: Job) -> None:
    """Ring the bell once the job is committed. A silent queue is no problem: the clock finds the row."""

    def send() -> None:
        try:
            run_job.apply_async([job.pk], retry=False)
        except OperationalError:
            logger.warning("The queue is silent; the clock will find job %s.", job.pk)

    transaction.on_commit(send)
