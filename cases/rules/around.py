"""What is possible with places and people around a youth, whoever asks."""

from datetime import date

from cases.models import Place, Relative
from foundation.errors import NotPossible


def check_current(what: Place | Relative) -> None:
    if what.ended_on:
        raise NotPossible("Dit is al beëindigd.")


def check_days(since_on: date | None, ended_on: date | None, today: date) -> None:
    """A place begins and ends in the past or today, in that order."""
    if (since_on and since_on > today) or (ended_on and ended_on > today):
        raise NotPossible("Dit ligt in de toekomst. Kies vandaag of een dag daarvoor.")
    if since_on and ended_on and ended_on < since_on:
        raise NotPossible("Het einde ligt voor het begin.")
