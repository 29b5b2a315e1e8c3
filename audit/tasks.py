"""What the clock does for the log."""

from celery import shared_task
from django.db import connection

from audit import operations


@shared_task
def make_partitions() -> None:
    """Every night: see to it that this month and the next two have a partition."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_make_partitions(2)")


@shared_task
def seal_log() -> None:
    """Every minute: one link for all that is finished."""
    operations.seal(by=None)


@shared_task
def anchor_log() -> None:
    """Every hour: the newest link goes to a file and a mailbox outside the database."""
    operations.anchor(by=None)
