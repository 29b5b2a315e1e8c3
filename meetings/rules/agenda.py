"""How an agenda comes about: reasons in words, who fits, and in which order. Pure: knows no database.

The facts come from the data (operations/agenda_facts.py). A rebuild gives the same agenda as long as the facts
are the same, and what the regisseur changed by hand stays as it was.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from django.utils.formats import date_format

from foundation.errors import NotPossible
from meetings.models import Meeting, MeetingState, OmissionKind
from meetings.rules.together import clusters

Pairs = Collection[frozenset[int]]  # of cases that belong together

MAX_REASONS = 6
BY_HAND = "Toegevoegd door de regisseur"
OUTSIDE = "Buiten Parkstad"


class Why(IntEnum):
    """Kinds of facts that bring a case to the table, the heaviest first."""

    LEVEL_UP = 1
    LEVEL_DOWN = 2
    NO_TIME_LAST = 3  # nobody is left out for ever
    COULD_NOT = 4
    DID_NOT = 5
    SIGNAL = 6
    REVIEW = 7
    OVERDUE = 8
    KEPT_SIGNAL = 9  # who told it is not for everybody at the table
    MEASURE_OVER = 10
    MEASURE_ENDS = 11
    NOT_INFORMED = 12  # the month in which youth and parents must know runs out
    CLASH = 13


_SENTENCES = {
    Why.LEVEL_UP: "Voorstel om op te schalen naar {who} ({on})",
    Why.LEVEL_DOWN: "Voorstel om af te schalen naar {who} ({on})",
    Why.COULD_NOT: "Actie van {who} kon niet ({on})",
    Why.DID_NOT: "Actie van {who} is niet gedaan ({on})",
    Why.SIGNAL: "Nieuw signaal van {who} ({on})",
    Why.KEPT_SIGNAL: "Nieuw signaal ({on})",
    Why.REVIEW: "Afgesproken om op {on} opnieuw te bespreken",
    Why.OVERDUE: "Actie van {who} is te laat: moest klaar zijn op {on}",
    Why.MEASURE_OVER: "Maatregel van {who} was op {on} voorbij; het resultaat ontbreekt",
    Why.MEASURE_ENDS: "Maatregel van {who} eindigt op {on}",
    Why.NOT_INFORMED: "Jongere of ouders weten nog van niets; uiterlijk {on}",
    Why.CLASH: "Waarschuwing bij een maatregel ({on})",
    Why.NO_TIME_LAST: "Paste de vorige keer niet in de tijd",
}


@dataclass(frozen=True, order=True)
class Fact:
    """One reason to discuss a case. Holds no text about the youth: a kind, an organisation or level, a day."""

    why: Why
    on: date
    who: str = ""
    is_urgent: bool = False

    def words(self, year: int) -> str:
        return _SENTENCES[self.why].format(who=self.who, on=day_words(self.on, year))


@dataclass
class Candidate:
    """A case with the facts that bring it to the table."""

    case_id: int
    town: str
    facts: list[Fact] = field(default_factory=list)
    empties_a_chair: bool = False  # somebody with a seat here is kept out of it by name

    @property
    def is_urgent(self) -> bool:
        return any(fact.is_urgent for fact in self.facts)

    @property
    def heaviest(self) -> tuple[bool, int, date]:
        """For ordering: urgent first, then by kind, then the oldest."""
        first = min(self.facts, default=None)
        return (not self.is_urgent, first.why if first else len(Why) + 1, first.on if first else date.max)


def day_words(on: date, year: int) -> str:
    """A day as people say it; with the year only when it is another one."""
    return date_format(on, "j F" if on.year == year else "j F Y")


def reasons_of(candidate: Candidate, year: int, *, is_by_hand: bool = False) -> list[str]:
    """Why this case is on the agenda, the heaviest reason first."""
    words = [fact.words(year) for fact in sorted(set(candidate.facts))]
    if len(words) > MAX_REASONS:
        words = [*words[: MAX_REASONS - 1], f"En nog {len(words) - MAX_REASONS + 1} redenen"]
    return [*words, BY_HAND] if is_by_hand else words


def left_out_words(kind: OmissionKind, year: int = 0, on: date | None = None, who: str = "") -> str:
    """Why a case is not on this agenda."""
    day = day_words(on, year) if on else ""
    return {
        OmissionKind.NO_TIME: "Past niet in de tijd van dit overleg",
        OmissionKind.BY_HAND: "Door de regisseur van de agenda gehaald",
        OmissionKind.REVIEW_LATER: f"Afgesproken om op {day} opnieuw te bespreken",
        OmissionKind.ACTION_RUNS: f"Vorige keer besproken; de actie van {who} loopt tot en met {day}",
        OmissionKind.ELSEWHERE: f"Staat al op de agenda van {day}",
    }[kind]


def town_order(town: str) -> tuple[bool, str]:
    """Municipalities by name; who lives elsewhere comes last."""
    return (town == OUTSIDE, town)


def in_order(candidates: Iterable[Candidate], together: Pairs = ()) -> list[Candidate]:
    """By municipality, so that officials attend only their block; urgent first within.

    Cases that belong together follow each other within the block, where the heaviest of them stands. For which
    somebody must leave the table come last there, unless urgent: who leaves need not come back.
    """
    ranked = sorted(
        candidates,
        key=lambda c: (town_order(c.town), c.empties_a_chair and not c.is_urgent, c.heaviest, c.case_id),
    )
    towns = {c.case_id: c.town for c in ranked}
    near = [pair for pair in together if len({towns.get(pk) for pk in pair}) == 1]
    head, first = clusters(towns, near), dict[int, int]()
    for place, one in enumerate(ranked):
        first.setdefault(head[one.case_id], place)
    return sorted(ranked, key=lambda c: first[head[c.case_id]])


def who_fits(
    newcomers: Iterable[Candidate], *, minutes_left: int, per_item: int
) -> tuple[list[Candidate], list[Candidate]]:
    """Who goes on and who does not, by weight. What is urgent goes on, whether there is time or not."""
    on: list[Candidate] = []
    left_out: list[Candidate] = []
    for candidate in sorted(newcomers, key=lambda c: (c.heaviest, c.case_id)):
        if candidate.is_urgent or per_item <= minutes_left:
            on.append(candidate)
            minutes_left -= per_item
        else:
            left_out.append(candidate)
    return on, left_out


def insert(
    order: Sequence[int], towns: Mapping[int, str], newcomers: Iterable[Candidate], together: Pairs = ()
) -> list[int]:
    """Put newcomers at the end of their municipality's block; what stands there keeps its order.

    Who belongs together with somebody of that block comes after them.
    """
    result = list(order)
    towns = dict(towns)
    for candidate in in_order(newcomers, together):
        block = [n for n, case_id in enumerate(result) if towns.get(case_id) == candidate.town]
        earlier = [
            n
            for n, case_id in enumerate(result)
            if town_order(towns.get(case_id, "")) < town_order(candidate.town)
        ]
        tied = [n for n in block if frozenset((result[n], candidate.case_id)) in together]
        place = (tied or block or earlier or [-1])[-1] + 1
        result.insert(place, candidate.case_id)
        towns[candidate.case_id] = candidate.town
    return result


def how_many_fit(minutes: Iterable[int], available: int) -> int:
    """How many points can be discussed one after the other before the time is over."""
    fitting = 0
    for spent in minutes:
        available -= spent
        if available < 0:
            break
        fitting += 1
    return fitting


def chosen_partners(*, in_case: Collection[int], by_hand: Mapping[int, bool]) -> set[int]:
    """Who is invited for an item: who takes part in the case, except where the regisseur decided otherwise."""
    return {p for p in in_case if by_hand.get(p, True)} | {p for p, chosen in by_hand.items() if chosen}


def check_can_build(meeting: Meeting) -> None:
    if meeting.state not in (MeetingState.PLANNED, MeetingState.DRAFT):
        raise NotPossible(f"De agenda kan niet opnieuw worden gemaakt: {meeting.get_state_display()}.")


def check_can_change(meeting: Meeting) -> None:
    """Points come and go until the meeting begins."""
    if meeting.state not in (MeetingState.PLANNED, MeetingState.DRAFT, MeetingState.AGREED):
        raise NotPossible(f"De agenda verandert niet meer: {meeting.get_state_display()}.")


def check_can_agree(meeting: Meeting, *, points: int, moved_away: int) -> None:
    """Only an agenda of cases that are still at this table is confirmed: confirming opens them."""
    if meeting.state not in (MeetingState.PLANNED, MeetingState.DRAFT):
        raise NotPossible(f"De agenda kan niet worden vastgesteld: {meeting.get_state_display()}.")
    if not points:
        raise NotPossible("Er staat nog niets op de agenda. Maak eerst de agenda of voeg een dossier toe.")
    if moved_away:
        raise NotPossible(
            "Een dossier op de agenda is gesloten of heeft een ander niveau. Haal dat punt weg of maak de agenda opnieuw."
        )
