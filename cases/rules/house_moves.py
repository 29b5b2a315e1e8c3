"""What is possible when a youth moved house, whoever asks."""

from accounts.roles import Level
from cases.models import Case
from foundation.errors import NotPossible


def check_moved(case: Case) -> None:
    if not case.is_moved:
        raise NotPossible("De jongere woont in de gemeente waar het dossier ligt.")


def check_follows(level: Level | int) -> None:
    """JPP and PGA are there for the whole region: the case stays with them."""
    if level == Level.LJA:
        raise NotPossible("Een LJA draagt het dossier over aan de LJA van de nieuwe woongemeente.")


def check_hands_over(level: Level | int) -> None:
    if level != Level.LJA:
        raise NotPossible("Op dit niveau volgt het dossier de jongere; overdragen hoeft niet.")
