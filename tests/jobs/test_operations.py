"""A job runs once, survives being killed, and gives up in the open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Partner
from foundation.errors import NotPossible
from jobs import operations
from jobs.models import Job, State
from jobs.tasks import run_waiting_jobs


class Rename:
    """Test work with a visible effect: it gives a partner another name."""

    lease_seconds = 30
    own_scope = False

    def __init__(self):
        self.problem = None
        self.made = 0

    def read(self, job, tell):
        tell(1, 3)
        return Partner.objects.get(pk=job.subject_id).name

    def make(self, data, tell):
        self.made += 1
        return data + "!"

    def store(self, job, data, result):
        Partner.objects.filter(pk=job.subject_id).update(name=result)
        if self.problem:
            raise self.problem


@pytest.fixture
def work():
    kind = Rename()
    operations.register("test.rename", kind)
    yield kind
    operations._works.pop("test.rename")


@pytest.fixture
def job(regisseur, partners, work):
    return operations.ask(kind="test.rename", subject_id=partners["jens"].pk, by=regisseur, key="rename:1")


def name(partners):
    return Partner.objects.get(pk=partners["jens"].pk).name


def test_a_job_is_done_once(job, partners, work):
    assert operations.run(job.pk)
    assert not operations.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.percent, job.tries, work.made) == (State.DONE, 100, 1, 1)
    assert name(partners) == "JENS!"


def test_asking_twice_is_asking_once(job, regisseur, partners):
    again = operations.ask(kind="test.rename", subject_id=partners["jens"].pk, by=regisseur, key="rename:1")
    assert again.pk == job.pk


def test_a_problem_in_store_leaves_no_half_effect(job, partners, work):
    work.problem = RuntimeError("schijf vol")
    assert not operations.run(job.pk)
    job.refresh_from_db()
    assert (job.state, name(partners)) == (State.WAITING, "JENS")
    work.problem = None
    assert operations.run(job.pk)
    assert name(partners) == "JENS!"


def test_a_job_gives_up_after_five_tries_and_says_so(job, work):
    work.problem = RuntimeError("schijf vol")
    for _ in range(7):
        operations.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.tries) == (State.FAILED, operations.MAX_TRIES)
    assert "Probeer het later" in job.problem


def test_a_refusal_is_final_and_shows_its_reason(job, work):
    work.problem = NotPossible("Er staat een andere naam in.")
    operations.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem, job.tries) == (
        State.FAILED,
        "Er staat een andere naam in.",
        1,
    )


def test_a_failed_job_can_be_asked_again(job, work, regisseur, partners):
    work.problem = NotPossible("Nee.")
    operations.run(job.pk)
    work.problem = None
    operations.ask(kind="test.rename", subject_id=partners["jens"].pk, by=regisseur, key="rename:1")
    assert operations.run(job.pk)


def test_a_killed_worker_leaves_its_job_to_the_next(job, partners):
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING, tries=1, lease_until=timezone.now() + timedelta(seconds=30)
    )
    assert not operations.run(job.pk)  # somebody is still at it
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert operations.run(job.pk)
    assert name(partners) == "JENS!"


def test_work_that_nobody_knows_does_not_stop_the_rest(job, partners, regisseur):
    unknown = operations.ask(kind="test.newer", subject_id=1, by=regisseur, key="newer:1")
    Job.objects.filter(pk=unknown.pk).update(asked_at=job.asked_at - timedelta(hours=1))
    run_waiting_jobs()
    assert name(partners) == "JENS!"
    unknown.refresh_from_db()
    assert (unknown.state, unknown.tries) == (State.WAITING, 0)


def test_a_lease_is_not_longer_than_the_house_allows(job, work, settings):
    settings.JOB_LEASE_SECONDS = 5
    left = []
    work.make = lambda data, tell: left.append(Job.objects.get(pk=job.pk).lease_until - timezone.now())
    operations.run(job.pk)
    assert left[0] <= timedelta(seconds=5)


def test_a_worker_that_was_too_slow_does_not_store(job, partners, work):
    def taken_over(data, tell):
        Job.objects.filter(pk=job.pk).update(tries=2)
        return data + "?"

    work.make = taken_over
    assert not operations.run(job.pk)
    assert name(partners) == "JENS"


def test_only_who_asked_sees_the_progress(client, job, regisseur, tweede_regisseur):
    client.force_login(regisseur)
    assert client.get(f"/taken/{job.uuid}/").status_code == 200
    client.force_login(tweede_regisseur)
    assert client.get(f"/taken/{job.uuid}/").status_code == 404
