"""What the rules about measures look at, and what they say."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from cases.models import Action, AgeLimit, ClashAnswer, Measure, MeasureKind, MeasureState, Youth
from cases.models.measures import AgeAt


@dataclass(frozen=True)
class Situation:
    """What is known of one youth to one reader. What that reader may not see is not in it."""

    today: date
    youth: Youth
    municipality_id: int | None
    measures: list[Measure]  # with their kind, also those that ended
    actions: list[Action]  # running
    partner_kinds: set[str]  # of who takes part now
    roles: set[str]  # of the youth in the signals that were told
    terms: dict[str, int]
    age_limits: list[AgeLimit]
    kind_names: dict[int, str]  # of the catalogue, by number
    held_until: date | None  # youth or parents are to be told, and police or prosecutor want to speak first

    def current(self, *families: str) -> list[Measure]:
        return [m for m in self.measures if is_current(m) and m.kind.family in families]


@dataclass(frozen=True)
class Clash:
    """A warning: which rule, about which measures, what it saw, what to consider."""

    rule: str
    text: str
    consider: str = ""
    measures: tuple[Measure, ...] = field(default=(), compare=False)

    @property
    def measure_ids(self) -> list[int]:
        return sorted(m.pk for m in self.measures)


def is_current(measure: Measure) -> bool:
    return measure.state in (MeasureState.PROPOSED, MeasureState.REQUESTED, MeasureState.RUNNING)


def is_answered(clash: Clash, answers: Iterable[ClashAnswer]) -> bool:
    """Regie said why it may stay so. Another measure makes it another warning."""
    return (clash.rule, clash.measure_ids) in [(answer.rule, answer.measure_ids) for answer in answers]


def age_for(kind: MeasureKind, youth: Youth, *, fact_on: date | None, today: date) -> int | None:
    """The age that counts: on the day of the fact where the catalogue says so (when known), else today."""
    return youth.age_on(fact_on if kind.age_moment == AgeAt.FACT and fact_on else today)
