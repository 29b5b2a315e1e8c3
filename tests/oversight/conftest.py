"""The nightly look, on a day of choice."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.robots import Robot, robot
from foundation.scope import acting_as
from oversight import operations
from oversight.models import Flag
from tests.factories.oversight import write_rows


@pytest.fixture
def monday():
    """The Monday of two weeks ago: a working day in the past, whatever day it is."""
    today = timezone.localdate()
    return today - timedelta(days=today.weekday() + 14)


@pytest.fixture
def at(monday):
    """`at(0, 14, 30)`: half past two on that Monday; the first number is in days from it."""

    def moment(days, hour=10, minute=0):
        naive = datetime.combine(monday + timedelta(days=days), datetime.min.time())
        return timezone.make_aware(naive.replace(hour=hour, minute=minute))

    return moment


@pytest.fixture
def look(committed_db, monday):
    """Write these rows, look at one day, and say what was raised: (kind, who)."""

    def looked(rows, days=0):
        write_rows(rows)
        watcher = robot(Robot.OVERSIGHT)
        with acting_as(watcher):
            operations.flags.look(day=monday + timedelta(days=days), by=watcher)
            return [
                (flag.kind, flag.person.username if flag.person else flag.partner.short_name)
                for flag in Flag.objects.select_related("person", "partner").order_by("pk")
            ]

    return looked
