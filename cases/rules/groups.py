"""What is possible for a group, whoever asks: the steps of the 7-stappenmodel, and what each asks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from accounts.models import Partner
from cases.models import Group, Stage
from foundation.errors import NotPossible

ORDER = [stage for stage in Stage if stage != Stage.CLOSED]


@dataclass(frozen=True)
class Known:
    """What there is of a group, counted: the steps ask for it."""

    today: date
    places: int = 0
    members: int = 0
    goals: int = 0
    open_goals: int = 0
    has_police: bool = False


def next_stages(stage: Stage) -> list[Stage]:
    """One step on, or back to any step before. Closing has a form of its own."""
    if stage == Stage.CLOSED:
        return []
    place = ORDER.index(stage)
    return [*ORDER[place + 1 : place + 2], *reversed(ORDER[:place])]


def check_can_move(group: Group, to: Stage, known: Known) -> None:
    stage = Stage(group.stage)
    if to not in next_stages(stage):
        raise NotPossible("Een groep gaat één stap verder, of terug naar een eerdere stap.")
    if to < Stage.NAMES and known.members:
        raise NotPossible("Bij deze groep staan namen. Voor stap 2B mag dat niet: beëindig eerst de leden.")
    if to > stage:
        NEEDS[to](group, known)


def _needs_place(group: Group, known: Known) -> None:
    """2A: is it a problem? That is about behaviour at a place."""
    if not known.places or not group.behaviour.strip():
        raise NotPossible("Leg eerst een plek vast, en welk gedrag daar is gezien.")


def _needs_ground(group: Group, known: Known) -> None:
    """2B: names. The police made its scan, the convenant allows it today, and the police takes part."""
    if group.scan_on is None or group.scan_on > known.today:
        raise NotPossible(
            "Voor namen is de groepsscan van de politie nodig. Leg vast wanneer die is gemaakt."
        )
    if not group.convenant or group.convenant_until is None or group.convenant_until < known.today:
        raise NotPossible(
            "Voor namen is een geldig convenant nodig. Leg vast welk, en tot wanneer het geldt."
        )
    if not known.has_police:
        raise NotPossible("De politie doet nog niet mee aan deze groepsaanpak.")


def _needs_names(group: Group, known: Known) -> None:
    if not known.members:
        raise NotPossible("Er staat nog niemand op de lijst met namen.")


def _needs_concept(group: Group, known: Known) -> None:
    if not group.picture.strip() or not known.goals:
        raise NotPossible("Beschrijf eerst de duiding, en maak een conceptplan met een doel.")


def _needs_nothing(group: Group, known: Known) -> None:
    """What the driehoek decided stands in the reason of the step."""


def _needs_plan(group: Group, known: Known) -> None:
    if not known.open_goals:
        raise NotPossible("Er is geen doel om uit te voeren. Vul eerst het plan aan.")


def _needs_results(group: Group, known: Known) -> None:
    if known.open_goals:
        raise NotPossible("Niet elk doel heeft een resultaat.")


NEEDS: dict[Stage, Callable[[Group, Known], None]] = {
    Stage.PROBLEM: _needs_place,
    Stage.NAMES: _needs_ground,
    Stage.PICTURE: _needs_names,
    Stage.ADVICE: _needs_concept,
    Stage.PLAN: _needs_nothing,
    Stage.WORK: _needs_plan,
    Stage.EVALUATION: _needs_results,
}


def check_open(group: Group) -> None:
    if group.stage == Stage.CLOSED:
        raise NotPossible("Deze groep is gesloten.")


def check_may_name(group: Group) -> None:
    """No names before step 2B; the database refuses them too."""
    if not group.may_name:
        raise NotPossible("Namen mogen pas vanaf stap 2B, met groepsscan en convenant.")


def check_keeps_ground(group: Group, content: dict[str, object]) -> None:
    """While there may be names, what allows them is not emptied."""
    if group.may_name and not (content["scan_on"] and content["convenant"] and content["convenant_until"]):
        raise NotPossible("Vanaf stap 2B blijven groepsscan en convenant ingevuld.")


def check_is_party(partner: Partner, party_kinds: set[str]) -> None:
    """School, care and youth health care are no party of the convenant: they are not entitled to a group."""
    if partner.kind not in party_kinds:
        raise NotPossible(
            f"{partner} doet volgens het convenant niet mee aan een groepsaanpak ({partner.get_kind_display()})."
        )
