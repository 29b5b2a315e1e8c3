"""Proposing what is over, and what two people say of it."""

from datetime import date

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from accounts.robots import Robot, robot
from audit.log import record
from jobs import operations as jobs
from jobs.models import Job
from jobs.tasks import ring
from retention.events import RetentionEvent
from retention.models import Approval, Proposal, RefusalGround, Side
from retention.permissions import check_can_approve, check_is_the_clock, check_speaks
from retention.queries import DESTROY
from retention.rules import check_can_refuse, check_motivated


@transaction.atomic
def propose(*, by: User) -> int:
    """Put on the list what is over; take off what is not over any more. Proposing twice is proposing once."""
    check_is_the_clock(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM retention_propose()")
        proposed, lapsed = cursor.fetchone() or (0, 0)
    if proposed or lapsed:
        record(RetentionEvent.PROPOSALS_MADE, by=by, proposed=proposed, lapsed=lapsed)
    return int(proposed)


@transaction.atomic
def approve(*, proposal: Proposal, by: User) -> Job | None:
    """Say yes in the own name. With the second yes the work is asked for, and only then."""
    proposal = _held(proposal, by)
    said = list(proposal.approvals.all())
    side = check_can_approve(by, proposal, said)
    Approval.objects.create(proposal=proposal, side=side, person=by)
    record(RetentionEvent.APPROVED, by=by, about=proposal, side=side.value)
    if {side, *(a.side for a in said)} != set(Side):
        return None
    return ask(proposal=proposal, by=by)


def ask(*, proposal: Proposal, by: User) -> Job:
    """Ask for the work; asking again is asking once. Who may do it is looked at when it is done."""
    job = jobs.ask(
        kind=DESTROY,
        subject_id=proposal.pk,
        by=robot(Robot.RETENTION),
        key=f"{DESTROY}:{proposal.pk}",
    )
    ring(job)
    return job


@transaction.atomic
def refuse(
    *, proposal: Proposal, ground: RefusalGround, explanation: str, postponed_until: date, by: User
) -> None:
    """It stays, until then. Either side may say so, also after the other approved."""
    proposal = _held(proposal, by)
    check_speaks(by, proposal)
    check_can_refuse(proposal, postponed_until, timezone.localdate())
    check_motivated(explanation)
    Proposal.objects.filter(pk=proposal.pk).update(
        refused_at=Now(),
        refused_by=by,
        refusal_ground=ground,
        explanation=explanation.strip(),
        postponed_until=postponed_until,
    )
    record(
        RetentionEvent.REFUSED,
        by=by,
        about=proposal,
        because=ground.value,
        until=postponed_until.isoformat(),
    )


def _held(proposal: Proposal, by: User) -> Proposal:
    """As it is now, kept still until the transaction ends."""
    found = Proposal.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    return found.get(pk=proposal.pk)
