"""How alike two youths are, and why we think so. A person decides; nothing is joined by itself.

Points are for the order only and are never shown: what is shown are the reasons.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.models import Youth
from cases.models.names import search_form
from cases.rules import names

SHOWN_FROM = 46  # below this the likeness says nothing
STRONG_FROM = 85  # from here on a new youth asks for a second look
ALIKE_FROM = 0.75  # how alike two names are before we say so


@dataclass(frozen=True)
class Identity:
    """Who somebody is said to be: what a signal tells, or what regie made of it."""

    first_name: str = ""
    prefix: str = ""
    last_name: str = ""
    birth_on: date | None = None
    municipality_id: int | None = None
    school: str = ""


@dataclass(frozen=True)
class Match:
    """A youth who may be the same one, and why."""

    youth: Youth
    points: int
    reasons: tuple[str, ...]

    @property
    def is_strong(self) -> bool:
        return self.points >= STRONG_FROM


def rank(asked: Identity, found: Iterable[Youth]) -> list[Match]:
    """The youths that may be the one asked for, the likeliest first."""
    matches = [compare(asked, youth) for youth in found]
    shown = [match for match in matches if match.points >= SHOWN_FROM]
    return sorted(shown, key=lambda match: (-match.points, match.youth.pk))


def compare(asked: Identity, youth: Youth) -> Match:
    """Name and birth date carry the weight; school and municipality only add to it."""
    told = [
        _names(asked, youth),
        _births(asked.birth_on, youth.birth_on),
        _schools(asked.school, youth.school),
        (5, "Zelfde woongemeente")
        if asked.municipality_id and asked.municipality_id == youth.municipality_id
        else (0, ""),
    ]
    return Match(youth, sum(points for points, _ in told), tuple(reason for _, reason in told if reason))


def near_births(birth_on: date | None) -> list[date]:
    """The days to look at: the day itself, day and month the other way round, and a year off."""
    if birth_on is None:
        return []
    tried = [
        (birth_on.year, birth_on.month, birth_on.day),
        (birth_on.year, birth_on.day, birth_on.month),
        (birth_on.year - 1, birth_on.month, birth_on.day),
        (birth_on.year + 1, birth_on.month, birth_on.day),
    ]
    return sorted({day for parts in tried if (day := _day(*parts))})


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# --- names --------------------------------------------------------------------------------------
def _names(asked: Identity, youth: Youth) -> tuple[int, str]:
    found = names.likeness(
        (asked.first_name, asked.prefix, asked.last_name), (youth.first_name, youth.prefix, youth.last_name)
    )
    points = round(60 * found)
    if found >= 0.99:
        return points, "Zelfde naam"
    if found >= ALIKE_FROM:
        return points, "Naam lijkt erop"
    if names.part_likeness(asked.last_name, youth.last_name, is_given=False) >= names.SAME:
        return 20, "Zelfde achternaam"
    if names.part_likeness(asked.first_name, youth.first_name, is_given=True) >= names.SAME:
        return 10, "Zelfde voornaam"
    return 0, ""


# --- the rest ------------------------------------------------------------------------------------
def _births(one: date | None, other: date | None) -> tuple[int, str]:
    if one is None or other is None:
        return 0, ""
    if one == other:
        return 40, "Zelfde geboortedatum"
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return 25, "Geboortedatum: dag en maand verwisseld"
    differing = [a != b for a, b in zip(one.timetuple()[:3], other.timetuple()[:3], strict=True)]
    if sum(differing) == 1 and abs(one.year - other.year) <= 1:
        return 10, "Geboortedatum bijna gelijk"
    return -10, ""


def _schools(one: str, other: str) -> tuple[int, str]:
    same = bool(one and other) and search_form(one) == search_form(other)
    return (10, "Zelfde school") if same else (0, "")
