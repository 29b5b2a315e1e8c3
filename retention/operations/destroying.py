"""Destroying what two people approved: one transaction, done by the database in the name of a role of its own."""

from django.db import connection, transaction

from accounts.models import User
from audit.log import record
from jobs import operations as jobs
from jobs.tasks import ring
from retention.events import RetentionEvent
from retention.models import Certificate, Proposal
from retention.permissions import check_is_the_clock
from retention.queries import CERTIFICATE
from retention.rules import check_approved_by_two


@transaction.atomic
def destroy(*, proposal: Proposal, by: User) -> Certificate:
    """Everything that belongs to it goes, and a certificate comes. Destroying twice is destroying once."""
    check_is_the_clock(by)
    proposal = Proposal.objects.visible_to(by).get(pk=proposal.pk)
    if proposal.destroyed_at:
        return Certificate.objects.visible_to(by).defer("content").get(proposal=proposal)
    check_approved_by_two(proposal, list(proposal.approvals.all()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT retention_destroy(%s)", [proposal.pk])
    certificate = Certificate.objects.visible_to(by).defer("content").get(proposal=proposal)
    record(
        RetentionEvent.DESTROYED,
        by=by,
        about=proposal,
        rows=sum(certificate.counts.values()),
        approved_by=[certificate.regie_by_id, certificate.privacy_by_id],
    )
    job = jobs.ask(kind=CERTIFICATE, subject_id=certificate.pk, by=by, key=f"{CERTIFICATE}:{certificate.pk}")
    ring(job)
    return certificate
