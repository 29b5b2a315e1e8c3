"""Claim → read (in scope) → make (no transaction) → store. May run twice; its effect happens once.

A `Job` row is the work. Celery is told its id and may be told again; the clock finds what was left.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from foundation.errors import Refused
from foundation.scope import acting_as
from jobs.models import Job, State

logger = logging.getLogger(__name__)
MAX_TRIES = 5
Tell = Callable[[int, int], None]


class Work(Protocol):
    """What a kind of job does, in three parts.

    `read` runs in the scope of who asked and returns what is needed; a job for another reader opens
    that reader's scope itself and says so with `own_scope = True`. `make` is long and touches no
    database. `store` runs in the scope of who asked, in one transaction with the state DONE.
    """

    lease_seconds: int
    own_scope: bool

    def read(self, job: Job, tell: Tell) -> Any: ...

    def make(self, data: Any, tell: Tell) -> Any: ...

    def store(self, job: Job, data: Any, result: Any) -> None: ...


_works: dict[str, Work] = {}


def register(kind: str, work: Work) -> None:
    """Say what a kind of job does. Called by the tasks room of the floor that owns the work."""
    _works[kind] = work


def ask(*, kind: str, subject_id: int, by: AbstractUser, key: str) -> Job:
    """Ask for work. Asking again with the same key is asking once; a failed job is tried anew."""
    job, is_new = Job.objects.get_or_create(
        key=key, defaults={"kind": kind, "subject_id": subject_id, "asked_by_id": by.pk}
    )
    if not is_new and job.state == State.FAILED:
        Job.objects.filter(pk=job.pk, state=State.FAILED).update(
            state=State.WAITING, tries=0, problem="", finished_at=None, asked_by_id=by.pk
        )
        job.refresh_from_db()
    return job


def run(job_id: int) -> bool:
    """Do one job if it can be claimed. Returns whether it was done now.

    Whatever goes wrong in the work stays in the job's row: it is tried again until it has had its tries.
    """
    job = _claim(job_id)
    if job is None:
        return False
    try:
        _do(job)
    except Refused as refusal:
        _fail(job, refusal.reason)
        return False
    except Exception:  # the outermost line of a task: the job keeps the problem, the log the trace
        logger.exception("job %s (%s) went wrong at try %s", job.pk, job.kind, job.tries)
        _give_back(job)
        return False
    return True


def _claim(job_id: int) -> Job | None:
    with transaction.atomic():
        job = Job.objects.claimable().select_for_update(skip_locked=True).filter(pk=job_id).first()
        if job is None:
            return None
        if job.kind not in _works:  # of a newer version; it waits for a worker that knows it
            logger.error("nobody registered the work %s of job %s", job.kind, job.pk)
            return None
        if job.tries >= MAX_TRIES:
            _fail(job, "Na vijf keer proberen is het niet gelukt.")
            return None
        job.state, job.tries, job.steps_done = State.RUNNING, job.tries + 1, 0
        job.lease_until = _lease(_works[job.kind])
        job.save(update_fields=["state", "tries", "steps_done", "lease_until"])
    return job


def _lease(work: Work) -> datetime:
    """Until when nobody else takes the job. After that its worker is taken for dead."""
    seconds = min(work.lease_seconds, settings.JOB_LEASE_SECONDS or work.lease_seconds)
    return timezone.now() + timedelta(seconds=seconds)


def _do(job: Job) -> None:
    work = _works[job.kind]

    def tell(done: int, total: int) -> None:
        """Progress, visible at once; also a sign of life that prolongs the lease."""
        mine = Job.objects.filter(pk=job.pk, tries=job.tries, state=State.RUNNING)
        mine.update(steps_done=done, steps_total=total, lease_until=_lease(work))

    if work.own_scope:
        data = work.read(job, tell)
    else:
        with acting_as(job.asked_by):
            data = work.read(job, tell)
    result = work.make(data, tell)
    with acting_as(job.asked_by):
        # A worker that was slow beyond its lease has lost the job to another: it must not store.
        Job.objects.select_for_update().get(pk=job.pk, tries=job.tries, state=State.RUNNING)
        work.store(job, data, result)
        Job.objects.filter(pk=job.pk).update(
            state=State.DONE,
            finished_at=timezone.now(),
            lease_until=None,
            steps_done=F("steps_total"),
        )


def _fail(job: Job, problem: str) -> None:
    Job.objects.filter(pk=job.pk, tries=job.tries).update(
        state=State.FAILED,
        problem=problem[:200],
        finished_at=timezone.now(),
        lease_until=None,
    )


def _give_back(job: Job) -> None:
    if job.tries >= MAX_TRIES:
        _fail(
            job,
            "Er ging iets mis bij ons. Probeer het later opnieuw of bel de beheerder.",
        )
    else:
        Job.objects.filter(pk=job.pk, tries=job.tries).update(state=State.WAITING, lease_until=None)
