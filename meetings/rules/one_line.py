"""An action in one line: "JENS huisbezoek @collega voor volgende JPP" says who, what and before when. Pure.

What is not understood stays in the text; nothing is guessed. Who is named first, or after an @; when comes last.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")  # fmt: skip
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
NEXT_TIME = r"(?:het )?volgend(?:e)? (?:keer|overleg|{})"
IN_NAMES = {"van", "de", "der", "den", "ten", "ter", "el", "al", "van't", "'t"}
WHEN = re.compile(
    r"(?P<rest>.*\S)\s+(?:voor|vóór|uiterlijk)\s+(?:op )?(?P<when>[^@]+?)\s*", re.IGNORECASE | re.DOTALL
)
MENTION = re.compile(r"\s*@(?P<who>[\w'’.-]+(?: [\w'’.-]+)*)")


@dataclass(frozen=True)
class Line:
    """What a line says. `owner` is one of the choices, or empty; `due_on` None when no day is named."""

    text: str
    owner: str = ""
    due_on: date | None = None


def read_line(
    line: str,
    organisations: Mapping[str, str],
    people: Mapping[str, Sequence[str]],
    *,
    today: date,
    next_on: date | None,
    table: str = "",
) -> Line:
    """Read a line. Choices by what they are called: `organisations` once each, `people` by first, last and whole name.

    A name that two people have is nobody's: the line then names no person. `next_on` is the next meeting of
    this `table`; without it the line is not asked for a day.
    """
    rest, due_on = _when(line.strip(), today, next_on, table) if next_on else (line, None)
    rest, organisation = _first(rest, organisations)
    rest, person = _mentioned(rest, people, organisation)
    return Line(" ".join(rest.split()), person or organisation, due_on)


def _when(line: str, today: date, next_on: date, table: str) -> tuple[str, date | None]:
    found = WHEN.fullmatch(line)
    day = _day(found["when"].lower(), today, next_on, table) if found else None
    return (found["rest"], day) if found and day else (line, None)


def _day(words: str, today: date, next_on: date, table: str) -> date | None:
    """The day that these words name, from today on; None when they name none."""
    near = {"vandaag": 0, "morgen": 1, "overmorgen": 2, "volgende week": 7, "over een week": 7}
    if words in near:
        return today + timedelta(days=near[words])
    if re.fullmatch(NEXT_TIME.format(re.escape(table.lower()) or "keer"), words):
        return next_on
    if words in DAYS:
        return today + timedelta(days=(DAYS.index(words) - today.weekday() - 1) % 7 + 1)
    if found := re.fullmatch(r"over (\d\d?) weken", words):
        return today + timedelta(weeks=int(found[1]))
    if found := re.fullmatch(r"(\d\d?)[ -](\d\d?|[a-z]+)(?:[ -](\d{4}))?", words):
        return _dated(int(found[1]), found[2], found[3], today)
    return None


def _dated(day: int, month: str, year: str | None, today: date) -> date | None:
    """Without a year it is the next such day."""
    number = MONTHS.index(month) + 1 if month in MONTHS else int(month) if month.isdigit() else 0
    for guess in [int(year)] if year else [today.year, today.year + 1]:
        try:
            named = date(guess, number, day)
        except ValueError:  # 31 februari is no day
            continue
        if today <= named <= today.replace(year=today.year + 5, day=1):
            return named
    return None


def _first(line: str, organisations: Mapping[str, str]) -> tuple[str, str]:
    """The organisation with which the line begins; the longest name that fits."""
    plain = _plain(line)
    fitting = [name for name in organisations if re.match(rf"{re.escape(_plain(name))}(?:[\s:,]|$)", plain)]
    if not fitting:
        return line, ""
    name = max(fitting, key=len)
    rest = line[len(name) :].lstrip(" :,")
    return (line, "") if rest.split(" ")[0] == "en" else (rest, organisations[name])  # two of them: nobody's


def _mentioned(line: str, people: Mapping[str, Sequence[str]], organisation: str) -> tuple[str, str]:
    """Who is named after an @, as far as one person is meant; of the organisation, when that is named."""
    found = MENTION.search(line)
    if not found:
        return line, ""
    words = found["who"].split(" ")
    for length in range(len(words), 0, -1):
        said = _plain(" ".join(words[:length]))
        meant = {
            choice
            for choice, names in people.items()
            if (not organisation or choice.startswith(f"{organisation}-")) and said in map(_plain, names)
        }
        after = words[length] if length < len(words) else ""
        is_whole = not (after[:1].isupper() or after.lower() in IN_NAMES)
        if len(meant) == 1 and is_whole:
            return line[: found.start()] + " " + " ".join(words[length:]) + line[found.end() :], meant.pop()
    return line, ""


def _plain(text: str) -> str:
    """Without capitals and accents, letter by letter, so that places stay the same."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text.lower()) if text else ""
