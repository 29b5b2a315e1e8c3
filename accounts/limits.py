"""How long one waits after wrong passwords: longer each time, for whoever guesses and for nobody else.

Three counts, each over the last hour:

* this name from this address;
* this name from addresses where its owner never logged in, all together: guessing from everywhere at once;
* this address, whatever the name: trying one password on every name.

An address where somebody logged in before is judged for that name by the first count alone, so that
nobody else can make them wait. A passkey has no password to guess and is not counted at all.
The counts are kept by name as typed, whether anybody is called so or not.
"""

import hashlib
from datetime import datetime, timedelta

from axes.models import AccessFailureLog, AccessLog
from django.db import connection
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from accounts.failures import seal_of

WINDOW = timedelta(hours=1)
KNOWN_FOR = timedelta(days=90)
LONGEST = 900
FREE_FOR_PAIR, FREE_FOR_NAME, FREE_FOR_ADDRESS = 4, 20, 30


def seconds_after(failures: int, free: int) -> int:
    """One, two, four, eight seconds … and never more than a quarter of an hour."""
    if failures <= free:
        return 0
    return min(2 ** min(failures - free - 1, 20), LONGEST)


def take_turn(name: str, address: str) -> None:
    """Attempts on one name from one address go one after the other until the transaction ends.

    Otherwise many at once would all be let through before the first failure is written.
    """
    place = hashlib.sha256(f"{seal_of(name)} {address}".encode()).digest()[:8]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(place, "big", signed=True)])


def seconds_to_wait(name: str, address: str) -> int:
    """How long until the next attempt on this name from this address is looked at. 0: now."""
    now, seal, where = timezone.now(), seal_of(name), address or None
    logins = AccessLog.objects.filter(username=seal, attempt_time__gt=now - KNOWN_FOR)
    here_before = logins.filter(ip_address=where).aggregate(last=Max("attempt_time"))["last"]
    recent = AccessFailureLog.objects.filter(attempt_time__gt=now - WINDOW)
    of_pair = recent.filter(username=seal, ip_address=where)
    if here_before:
        # A right password wipes out the typing errors before it.
        return _wait(of_pair.filter(attempt_time__gt=here_before), FREE_FOR_PAIR, now)
    strange = recent.filter(username=seal).exclude(ip_address__in=logins.values("ip_address"))
    return max(
        _wait(of_pair, FREE_FOR_PAIR, now),
        _wait(strange, FREE_FOR_NAME, now),
        _wait(recent.filter(ip_address=where), FREE_FOR_ADDRESS, now),
    )


def _wait(failures: "QuerySet[AccessFailureLog]", free: int, now: datetime) -> int:
    found = failures.aggregate(count=Count("pk"), last=Max("attempt_time"))
    if not found["last"]:
        return 0
    until = found["last"] + timedelta(seconds=seconds_after(found["count"], free))
    return max(0, round((until - now).total_seconds()))
