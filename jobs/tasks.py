"""The doorbell of the work that waits."""

import logging
import time
from functools import cache

from celery import current_app, shared_task
from django.db import transaction
from django.utils import timezone
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.pools import producers

from jobs import operations
from jobs.models import Heartbeat, Job

logger = logging.getLogger(__name__)
# Somebody waits for their save: ring for half a second, and then leave it to the clock for a while.
PATIENCE = {
    "max_retries": 0, "connect_retries_timeout": 0.5, "socket_connect_timeout": 0.5, "socket_timeout": 0.5
}  # fmt: skip
SILENCE = 15


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
    transaction.on_commit(lambda: _ring(job.pk))


def _ring(job_id: int) -> None:
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        with producers[_line()].acquire(block=True) as producer:
            run_job.apply_async([job_id], producer=producer, retry=False)
    except (OperationalError, OSError):
        _silent_until = time.monotonic() + SILENCE
        logger.warning("The queue is silent; the clock will find job %s.", job_id)


@cache
def _line() -> Connection:
    """The line to the queue for who waits; a worker, that has time, has another."""
    return current_app.connection_for_write(transport_options=PATIENCE)


_silent_until = 0.0
