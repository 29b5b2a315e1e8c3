"""What is possible for an action, whoever asks."""

from cases.models import Action, ActionState
from cases.models.actions import FAILED, RUNNING
from foundation.errors import NotPossible

# What an owner can still say. An action that ended stays as it ended; a new one is agreed instead.
NEXT_STATES: dict[ActionState, tuple[ActionState, ...]] = {
    ActionState.OPEN: (
        ActionState.ACCEPTED,
        ActionState.IN_PROGRESS,
        ActionState.DONE,
        ActionState.COULD_NOT,
        ActionState.DID_NOT,
        ActionState.WITHDRAWN,
    ),
    ActionState.ACCEPTED: (
        ActionState.IN_PROGRESS,
        ActionState.DONE,
        ActionState.COULD_NOT,
        ActionState.DID_NOT,
        ActionState.WITHDRAWN,
    ),
    ActionState.IN_PROGRESS: (
        ActionState.DONE,
        ActionState.COULD_NOT,
        ActionState.DID_NOT,
        ActionState.WITHDRAWN,
    ),
    ActionState.DONE: (),
    ActionState.COULD_NOT: (),
    ActionState.DID_NOT: (),
    ActionState.WITHDRAWN: (),
}
NEEDS_REASON = [*FAILED, ActionState.WITHDRAWN]


def is_running(action: Action) -> bool:
    return action.state in RUNNING


def check_can_become(action: Action, to: ActionState) -> None:
    state = ActionState(action.state)
    if to in NEXT_STATES[state]:
        return
    if not NEXT_STATES[state]:
        raise NotPossible(f"Deze actie is al afgerond: {state.label}.")
    raise NotPossible(f"Een actie die {state.label} is, kan niet {to.label} worden.")


def check_has_reason(to: ActionState, result: str) -> None:
    """Who could not, did not or takes it back says why; the table reads it."""
    if to in NEEDS_REASON and not result.strip():
        raise NotPossible("Zeg waarom het niet is gelukt.")


def check_owner_takes_part(takes_part: bool) -> None:
    if not takes_part:
        raise NotPossible("Deze organisatie neemt nu niet deel aan het dossier.")


def check_person_belongs(belongs: bool) -> None:
    if not belongs:
        raise NotPossible("Deze persoon zit niet namens deze organisatie aan tafel.")
