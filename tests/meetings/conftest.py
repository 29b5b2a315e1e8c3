"""What the tests of meetings share."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone


@pytest.fixture
def time_machine_at():
    """The coming week that has no public holiday, and a way to go there."""
    monday = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    while any((monday + timedelta(days=n)) in _holidays(monday.year) for n in range(10)):
        monday += timedelta(days=7)
    travellers = []

    def move(day: date):
        traveller = time_machine.travel(datetime(day.year, day.month, day.day, 6, tzinfo=UTC), tick=True)
        traveller.start()
        travellers.append(traveller)

    yield SimpleNamespace(
        move=move,
        wednesday=monday + timedelta(days=2),
        thursday=monday + timedelta(days=3),
        friday=monday + timedelta(days=4),
        tuesday=monday + timedelta(days=8),
    )
    for traveller in reversed(travellers):
        traveller.stop()


def _holidays(year):
    from meetings.rules.rhythm import public_holidays

    return public_holidays(year)
