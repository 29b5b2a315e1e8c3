"""What is possible for a measure, whoever asks."""

from datetime import date

from cases.models import Measure, MeasureKind, MeasureState
from foundation.errors import NotPossible

# Whoever notes a measure that was imposed elsewhere starts with `RUNNING`.
STARTS = [MeasureState.PROPOSED, MeasureState.REQUESTED, MeasureState.RUNNING]
NEXT_STATES: dict[MeasureState, tuple[MeasureState, ...]] = {
    MeasureState.PROPOSED: (MeasureState.REQUESTED, MeasureState.RUNNING, MeasureState.REFUSED),
    MeasureState.REQUESTED: (MeasureState.RUNNING, MeasureState.REFUSED),
    MeasureState.RUNNING: (MeasureState.ENDED_WELL, MeasureState.ENDED_BADLY, MeasureState.BROKEN_OFF),
    MeasureState.ENDED_WELL: (),
    MeasureState.ENDED_BADLY: (),
    MeasureState.BROKEN_OFF: (),
    MeasureState.REFUSED: (),
}


def check_can_become(measure: Measure, to: MeasureState) -> None:
    state = MeasureState(measure.state)
    if to not in NEXT_STATES[state]:
        raise NotPossible(f"Een maatregel die {state.label} is, kan niet {to.label} worden.")


def check_can_run(*, starts_on: date | None, imposed_by: str, ground: str) -> None:
    """What runs has a first day, and somebody who imposed it or a ground on which it is offered."""
    if starts_on is None:
        raise NotPossible("Vul in vanaf wanneer de maatregel loopt.")
    if not (imposed_by or ground):
        raise NotPossible("Vul in wie de maatregel oplegde, of op welke grond zij loopt.")


def check_has_result(to: MeasureState, result: str) -> None:
    if to not in (MeasureState.REQUESTED, MeasureState.RUNNING) and not result.strip():
        raise NotPossible("Zeg wat het resultaat was, of waarom het niet doorging.")


def check_can_renew(measure: Measure, until: date) -> None:
    """Longer. How often and how long is a matter for the warnings: who imposes decides, not we."""
    if measure.state != MeasureState.RUNNING:
        raise NotPossible("Alleen een maatregel die loopt kan langer duren.")
    if measure.ends_on and until <= measure.ends_on:
        raise NotPossible("De nieuwe laatste dag ligt niet na de huidige.")


def check_offered(kind: MeasureKind) -> None:
    if kind.closed_at:
        raise NotPossible("Deze soort maatregel is niet meer in gebruik.")


def is_stale(measure: Measure, today: date, days: int) -> bool:
    """Nobody said for so many days that it is still so."""
    return (today - measure.confirmed_at.date()).days > days
