"""Terms that are over, proposals and the two who approve."""

from datetime import timedelta

from django.db import connections
from django.utils import timezone

import retention.tasks  # noqa: F401  (the work registers itself)
from accounts.models import User
from accounts.robots import Robot, robot
from foundation.scope import acting_as
from retention import operations
from retention.models import Proposal
from tests.factories.jobs import finish


def long_ago(table, number, column, months):
    """As if this happened so many months ago. Past row security: for a database of one's own."""
    moment = timezone.now() - timedelta(days=31 * months)
    with connections["bulk"].cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [moment, number])


def close_long_ago(case, *, months, by):
    """This case was closed so many months ago."""
    long_ago("cases_case", case.pk, "opened_at", months + 12)
    with connections["bulk"].cursor() as cursor:
        cursor.execute(
            "UPDATE cases_case SET closed_at = now(), closed_by_id = %s WHERE id = %s", [by.pk, case.pk]
        )
    long_ago("cases_case", case.pk, "closed_at", months)


def propose():
    """The clock's own round. Returns the open proposals."""
    clock = robot(Robot.RETENTION)
    with acting_as(clock):
        operations.proposals.propose(by=clock)
        return list(Proposal.objects.open())


def approve(proposal, *names):
    """These people say yes, one after the other. Returns the job, after the second."""
    job = None
    for name in names or ("regisseur", "fg"):
        person = User.objects.get(username=name)
        with acting_as(person):
            job = operations.proposals.approve(proposal=proposal, by=person)
    return job


def destroy(proposal):
    """As the worker does, without its job."""
    clock = robot(Robot.RETENTION)
    with acting_as(clock):
        return operations.destroying.destroy(proposal=proposal, by=clock)


def work():
    """What was asked for, done by the worker: first the destroying, then the paper that it asks for."""
    finish(kind="retention.destroy")
    finish(kind="retention.certificate")
