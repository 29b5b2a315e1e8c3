"""What the figures count, in months that are over. Call outside any scope."""

from datetime import datetime, time

from django.utils import timezone

from accounts.models import User
from accounts.robots import Robot, robot
from cases.models import SignalState
from foundation.scope import acting_as
from reports.operations import recount
from reports.periods import month_before, month_of
from tests.factories import cases


def last_month(back=1):
    """The first day of the last month that is over."""
    return month_before(month_of(timezone.localdate()), back)


def at(month, day=10):
    """Noon on this day of the month."""
    return timezone.make_aware(datetime.combine(month.replace(day=day), time(12)))


def move(rows, *, by, **changes):
    """Put rows of the reader in the past."""
    rows = rows if isinstance(rows, list) else [rows]
    model = type(rows[0])
    model.objects.visible_to(by).filter(pk__in=[row.pk for row in rows]).update(**changes)


def signals(month, **towns):
    """So many signals per municipality, sent in by the mentor in this month and rejected."""
    mentor, regisseur = (User.objects.get(username=name) for name in ("mentor", "regisseur"))
    with acting_as(mentor):
        made = [
            cases.signal(by=mentor, municipality=town.title())
            for town, count in towns.items()
            for _ in range(count)
        ]
    with acting_as(regisseur):
        move(made, by=regisseur, submitted_at=at(month), state=SignalState.REJECTED,
             decided_at=at(month), decided_by=regisseur)  # fmt: skip
    return made


def count(*months):
    """Count these months as the clock does."""
    for month in months:
        recount(month=month, by=robot(Robot.FIGURES))
