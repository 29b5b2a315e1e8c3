"""What the clock and the queue do for keeping no longer than needed."""

from celery import shared_task

from accounts.robots import Robot, robot
from audit.seals import newest_short
from foundation.scope import acting_as
from jobs import operations as jobs
from jobs.models import Job
from retention import operations
from retention.documents import Draft, Made, draft_of, make
from retention.models import Certificate, Proposal
from retention.queries import CERTIFICATE, DESTROY


class DestroyWork:
    """All of it in one transaction with the state of the job: killed halfway, nothing happened."""

    lease_seconds = 300
    own_scope = False

    def read(self, job: Job, tell: jobs.Tell) -> int:
        return job.subject_id

    def make(self, data: int, tell: jobs.Tell) -> int:
        return data

    def store(self, job: Job, data: int, result: int) -> None:
        proposal = Proposal.objects.visible_to(job.asked_by).get(pk=result)
        operations.destroying.destroy(proposal=proposal, by=job.asked_by)


class CertificateWork:
    """Read the row, lay out the paper, keep it."""

    lease_seconds = 300
    own_scope = False

    def read(self, job: Job, tell: jobs.Tell) -> Draft:
        draft = draft_of(_certificate(job), seal=newest_short())
        tell(1, 3)
        return draft

    def make(self, data: Draft, tell: jobs.Tell) -> Made:
        made = make(data)
        tell(2, 3)
        return made

    def store(self, job: Job, data: Draft, result: Made) -> None:
        operations.certificates.store(certificate=_certificate(job), draft=data, made=result, by=job.asked_by)


def _certificate(job: Job) -> Certificate:
    found = Certificate.objects.visible_to(job.asked_by).defer("content")
    return found.select_related("proposal__municipality", "regie_by", "privacy_by").get(pk=job.subject_id)


jobs.register(DESTROY, DestroyWork())
jobs.register(CERTIFICATE, CertificateWork())


@shared_task
def propose_destruction() -> None:
    """Every night: put on the list what is over."""
    clock = robot(Robot.RETENTION)
    with acting_as(clock):
        operations.proposals.propose(by=clock)


@shared_task
def destroy_approved() -> None:
    """Every night: what two people approved and nobody did yet, because the queue lost it or the work failed."""
    clock = robot(Robot.RETENTION)
    with acting_as(clock):
        for proposal in Proposal.objects.visible_to(clock).approved():
            operations.proposals.ask(proposal=proposal, by=clock)
