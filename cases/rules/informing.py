"""How it stands with informing youth and parents. Pure: gets the lines of the ledger and the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.models import Audience, Informing, InformOutcome
from foundation.errors import NotPossible

DUE = "informeren"  # RuleTerm.code: within how many days
SOON = "informeren-bijna"  # RuleTerm.code: from how many days before the last day it comes on the agenda


@dataclass(frozen=True)
class Standing:
    """For one audience: what counts now, what waits for a second person, and until when there is time."""

    audience: Audience
    counting: Informing | None
    waiting: Informing | None
    due_on: date | None  # None: nothing is to be done any more
    held_until: date | None  # the police or the prosecutor want to speak first

    def is_held(self, today: date) -> bool:
        """To be told, and to be agreed with the police or the prosecutor first."""
        return self.due_on is not None and self.held_until is not None and self.held_until >= today

    def is_late(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


def standings(lines: Iterable[Informing], *, opened_on: date, days: int) -> list[Standing]:
    """How it stands per audience. The clock starts when the case opens (AVG art. 14(3)(a)).

    `lines` come oldest first. A postponement moves the last day to the day on which it is looked at again; told or
    excepted ends the clock. What nobody else agreed with yet moves nothing.
    """
    by_audience: dict[str, list[Informing]] = {audience: [] for audience in Audience}
    for line in lines:
        by_audience[line.audience].append(line)
    return [_standing(Audience(name), mine, opened_on, days) for name, mine in by_audience.items()]


def _standing(audience: Audience, lines: list[Informing], opened_on: date, days: int) -> Standing:
    lines = [line for line in lines if line.withdrawn_at is None]
    counting = next((line for line in reversed(lines) if line.counts), None)
    waiting = lines[-1] if lines and lines[-1].needs_agreement else None
    held = next((line for line in reversed(lines) if line.outcome == InformOutcome.HELD), None)
    due_on: date | None = opened_on + timedelta(days=days)
    if counting:
        due_on = counting.recheck_on if counting.outcome == InformOutcome.POSTPONED else None
    return Standing(audience, counting, waiting, due_on, held.recheck_on if held else None)


def held_until(found: Iterable[Standing], today: date) -> date | None:
    """Until when nobody tells anything without the police or the prosecutor."""
    return max((one.held_until for one in found if one.held_until and one.is_held(today)), default=None)


def check_needs_agreement(line: Informing) -> None:
    if not line.needs_agreement:
        raise NotPossible("Hiermee hoeft niemand akkoord te gaan, of dat is al gebeurd.")
