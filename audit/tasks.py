"""What the clock does for the log."""

from celery import shared_task
from django.db import connection


@shared_task
def make_partitions() -> None:
    """Every night: see to it that this month and the next two have a partition."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_make_partitions(2)")
