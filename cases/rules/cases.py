"""What is possible for a case, whoever asks."""

from accounts.roles import Level
from cases.models import Case, HandOver
from foundation.errors import NotPossible


def check_open(case: Case) -> None:
    """Nothing changes in a closed case; opening it again comes first."""
    if case.closed_at:
        raise NotPossible("Dit dossier is gesloten. Heropen het eerst.")


def check_closed(case: Case) -> None:
    if not case.closed_at:
        raise NotPossible("Dit dossier is al open.")


def check_nothing_runs(*, running_actions: int, running_goals: int, has_proposal: bool) -> None:
    """A case ends when everybody is done and nobody waits for an answer."""
    if has_proposal:
        raise NotPossible("Er ligt een voorstel om van niveau te wisselen. Wacht op antwoord of trek het in.")
    if running_actions:
        what = "Er loopt nog 1 actie" if running_actions == 1 else f"Er lopen nog {running_actions} acties"
        raise NotPossible(f"{what}. Rond eerst af wat er is afgesproken.")
    if running_goals:
        what = "Er is nog 1 doel" if running_goals == 1 else f"Er zijn nog {running_goals} doelen"
        raise NotPossible(f"{what} niet geëvalueerd. Zeg eerst hoe het ging.")


def check_measures_go_on(running: int, is_said: bool) -> None:
    """What an organisation imposed does not stop because we do; somebody says that its owner knows."""
    if running and not is_said:
        raise NotPossible(
            "Er loopt nog een maatregel. Zeg dat wie haar uitvoert, weet dat het dossier sluit."
        )


def check_no_other_open(other_open: bool) -> None:
    if other_open:
        raise NotPossible("Voor deze jongere is al een dossier open.")


def check_can_hand_over(level: Level | int, to: HandOver | None, contact: str) -> None:
    """From the PGA a case may go to where heavier or older is dealt with; to another region from everywhere."""
    if to is None:
        return
    if to != HandOver.OTHER_REGION and level != Level.PGA:
        raise NotPossible(f"Overdragen aan {to.label} gaat vanaf de PGA.")
    if not contact.strip():
        raise NotPossible("Zeg wie het daar overnam.")
