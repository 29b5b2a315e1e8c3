"""What the clock does: the database derives the readers itself, these bring them up to date."""

from django.db import connection, transaction

from access.events import AccessEvent
from accounts.models import User
from audit.log import record


@transaction.atomic
def expire(*, by: User) -> int:
    """Bring readers up to date where a participation or grant has lapsed. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_expire()")
        lapsed: int = cursor.fetchone()[0]
    if lapsed:
        record(AccessEvent.READERS_EXPIRED, by=by, compartments=lapsed)
    return lapsed


@transaction.atomic
def recompute(*, by: User) -> int:
    """Compute all readers afresh. Returns how many were wrong; the caller makes noise when that is not none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_recompute_all()")
        wrong: int = cursor.fetchone()[0]
    record(AccessEvent.READERS_RECOMPUTED, by=by, wrong=wrong)
    return wrong
