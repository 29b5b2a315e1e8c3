"""How alike two youths are, and why we think so. A person decides; nothing is joined by itself.

Points are for the order only and are never shown: what is shown are the reasons.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from cases.models import Youth
from cases.models.names import search_form

SHOWN_FROM = 46  # below this the likeness says nothing
STRONG_FROM = 85  # from here on a new youth asks for a second look
ALIKE_FROM = 0.75  # how alike two names are before we say so

_PREFIXES = frozenset(
    [
        "van",
        "de",
        "der",
        "den",
        "het",
        "t",
        "ten",
        "ter",
        "te",
        "op",
        "in",
        "aan",
        "el",
        "al",
        "ben",
        "bin",
        "abu",
        "da",
        "dos",
        "di",
        "la",
        "le",
        "von",
        "zu",
    ]
)
# Ways to write the same sound, in Dutch and in names from elsewhere.
_SOUNDS = [("ij", "i"), ("y", "i"), ("oe", "u"), ("ou", "u"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("dt", "t"),
           ("sch", "sg"), ("kh", "g"), ("ch", "g"), ("c", "k"), ("x", "ks"), ("j", "i"), ("w", "v")]  # fmt: skip


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
def name_likeness(one: Identity, other: Identity) -> float:
    """From 0 (nothing alike) to 1 (the same), whatever the accents, prefixes, order or spelling."""
    first, last = _words(one.first_name), _words(one.last_name)
    other_first, other_last = _words(other.first_name), _words(other.last_name)
    if not (first and last and other_first and other_last):
        # Only half a name is known: it cannot say more than half.
        return 0.75 * _best(first + last, other_first + other_last)
    straight = 0.45 * _best(first, other_first) + 0.55 * _best(last, other_last)
    swapped = 0.45 * _best(first, other_last) + 0.55 * _best(last, other_first)
    return max(straight, 0.98 * swapped)


def _names(asked: Identity, youth: Youth) -> tuple[int, str]:
    other = Identity(youth.first_name, youth.prefix, youth.last_name)
    likeness = name_likeness(asked, other)
    points = round(60 * likeness)
    if likeness >= 0.99:
        return points, "Zelfde naam"
    if likeness >= ALIKE_FROM:
        return points, "Naam lijkt erop"
    if _best(_words(asked.last_name), _words(youth.last_name)) >= 0.95:
        return 20, "Zelfde achternaam"
    if _best(_words(asked.first_name), _words(youth.first_name)) >= 0.95:
        return 10, "Zelfde voornaam"
    return 0, ""


def _words(name: str) -> list[str]:
    """The words of a name that tell people apart; prefixes only when there is nothing else."""
    words = [word for word in re.split(r"[^\w]+", search_form(name)) if word]
    return [word for word in words if word not in _PREFIXES] or words


def _best(some: list[str], others: list[str]) -> float:
    """Each word of the shorter name beside its best partner in the longer one."""
    shorter, longer = sorted((some, others), key=len)
    if not shorter:
        return 0.0
    return sum(max(_word_likeness(word, other) for other in longer) for word in shorter) / len(shorter)


def _word_likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    short, long = sorted((_sound(one), _sound(other)), key=len)
    if short == long:
        return 0.95
    if long.startswith(short):
        # An initial ("A.") or a short form ("Mo").
        return 0.8
    alike = SequenceMatcher(None, short, long, autojunk=False).ratio()
    return alike if alike >= 0.7 else 0.0


def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", word)


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
