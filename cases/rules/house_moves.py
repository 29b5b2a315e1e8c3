"""What is possible when a youth moved house, whoever asks."""

from accounts.roles import Level
from cases.models import Case
from foundation.errors import NotPossible


def hands_over(level: Level | int) -> bool:
    """An LJA belongs to one municipality; JPP and PGA are there for the whole region: the case stays with them."""
    return level == Level.LJA


def check_moved(case: Case) -> None:
    if not case.is_moved:
        raise NotPossible("De jongere woont in de gemeente waar het dossier ligt.")


def check_follows(level: Level | int) -> None:
    if hands_over(level):
        raise NotPossible("Een LJA draagt het dossier over aan de LJA van de nieuwe woongemeente.")


def check_hands_over(level: Level | int) -> None:
    if not hands_over(level):
        raise NotPossible("Op dit niveau volgt het dossier de jongere; overdragen hoeft niet.")
