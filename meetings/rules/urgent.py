"""When a spoedoverleg can be called, whoever asks."""

from collections.abc import Collection
from datetime import datetime, timedelta

from accounts.models import Partner
from accounts.roles import Level
from cases.models import Case
from foundation.errors import NotPossible

WITHIN = timedelta(days=7)  # later than that is no haste: there is a meeting in the rhythm


def series_name(case: Case) -> str:
    """What the spoedoverleggen of a table are called: those of an LJA by municipality."""
    level = Level(case.level).label
    town = f" {case.municipality}" if case.level == Level.LJA and case.municipality else ""
    return f"Spoedoverleg {level}{town}"


def check_moment(starts_at: datetime, now: datetime) -> None:
    if starts_at < now - timedelta(minutes=15):
        raise NotPossible("Kies een moment dat nog komt.")
    if starts_at > now + WITHIN:
        raise NotPossible("Een spoedoverleg is binnen een week. Zet het dossier anders op een gewone agenda.")


def check_circle(partners: Collection[Partner]) -> None:
    if not partners:
        raise NotPossible("Kies wie erbij is. Houd de kring klein.")
