"""What the organisations impose and offer in the demo: the case of the letter, and both stories of Halt."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from accounts.models import Municipality, User
from cases.models import Case, MeasureKind, MeasureState
from cases.operations import measures
from cases.operations.measures import CONTENT
from ijap.seeds.demo_script import When
from ijap.seeds.demo_stage import Calendar, Play, Scene, Stage, key_of

REGISSEUR = "regisseur"
EMPTY: dict[str, Any] = dict.fromkeys(CONTENT) | dict.fromkeys(
    ("imposed_by", "ground", "place", "days", "source"), ""
)


@dataclass(frozen=True)
class Told:
    """A measure as it is noted: days are counted from today, below zero is past."""

    when: When
    youth: str
    code: str
    partner: str
    state: MeasureState
    source: str
    starts: int | None = None
    ends: int | None = None
    fact: int | None = None
    town: str = ""
    imposed_by: str = ""
    place: str = ""
    days: str = ""
    is_confessed: bool | None = None


RUNS, PROPOSED = MeasureState.RUNNING, MeasureState.PROPOSED
MEASURES = [
    # three organisations around one youth, who did not know it of each other
    Told(When(7, -6, "09:05"), "a", "OTS", "bjz", RUNS, "Beschikking, via Bureau Jeugdzorg", -150, 215, imposed_by="kinderrechter"),
    Told(When(7, -6, "09:15"), "a", "HALT-STRAF", "halt", RUNS, "Halt", -12, 60, -40, imposed_by="politie",
         place="Buurthuis De Schets, Verzinselplein", days="zaterdag van 9 tot 12 uur", is_confessed=True),
    Told(When(7, -4, "11:30"), "a", "GEBIEDSVERBOD", "oov_heerlen", RUNS, "Besluit van de burgemeester", -3, 87, town="Heerlen",
         imposed_by="burgemeester van Heerlen", place="Straten rond het Verzinselplein"),
    # a young child who set fire: no Halt-straf, but the preventive offer
    Told(When(7, -3, "10:20"), "b", "HALT-STRAF", "halt", PROPOSED, "Vraag van de politie", fact=-21),
    Told(When(7, -3, "10:40"), "b", "HALT-PREV", "halt", PROPOSED, "Halt, na overleg met de ouders", 7),
    # younger than twelve, and an offer that was taken
    Told(When(7, -5, "15:10"), "c", "WEERBAAR", "jens", RUNS, "JENS", -20, 60, days="woensdag van 15 tot 16 uur"),
    Told(When(7, -5, "15:30"), "tygo", "JONGERENWERK", "jens", RUNS, "JENS", -60),
]  # fmt: skip


def scenes(calendar: Calendar, case_of: Callable[[str, User], Case]) -> Iterator[Scene]:
    for told in MEASURES:
        yield Scene(
            calendar.moment(told.when),
            f"measure {told.youth} {told.code}",
            REGISSEUR,
            _noted(told, calendar, case_of),
        )


def _noted(told: Told, calendar: Calendar, case_of: Callable[[str, User], Case]) -> Play:
    def day(days: int | None) -> Any:
        return None if days is None else calendar.today + timedelta(days=days)

    def play(by: User, stage: Stage) -> None:
        kind = MeasureKind.objects.get(code=told.code)
        content = EMPTY | {
            "imposed_by": told.imposed_by,
            "municipality": Municipality.objects.get(name=told.town) if told.town else None,
            "ground": kind.ground,
            "place": told.place,
            "days": told.days,
            "starts_on": day(told.starts),
            "ends_on": day(told.ends),
            "fact_on": day(told.fact),
            "is_confessed": told.is_confessed,
            "source": told.source,
        }
        measures.note(
            case=case_of(told.youth, by), kind=kind, owner_partner=stage.partner(told.partner), state=told.state,
            content=content, key=key_of(f"measure {told.youth} {told.code}"), by=by,
        )  # fmt: skip

    return play
