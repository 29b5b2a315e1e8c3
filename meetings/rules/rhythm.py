"""The rhythm of a series: on which days it meets, when it is skipped, and when its agenda is due.

A meeting on a closed day is skipped and the fortnight goes on: people know their even weeks by heart,
and a moved meeting would fall on a day that others have already promised away.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

from foundation.errors import NotPossible

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SATURDAY = 5
AGENDA_WORKING_DAYS = 3
GOOD_FRIDAY = "Goede vrijdag"
# Counted from Easter Sunday. No library knows these days; in Parkstad every office is closed.
CARNAVAL = {"Carnavalszondag": -49, "Carnavalsmaandag": -48, "Carnavalsdinsdag": -47}


@dataclass(frozen=True)
class PlannedDate:
    """A day of a series; skipped when there is a reason for it."""

    on: date
    skipped_because: str = ""

    @property
    def is_skipped(self) -> bool:
        return bool(self.skipped_because)


@dataclass(frozen=True)
class ProposedDay:
    """A day that the beheerder may take over as a closing day."""

    on: date
    name: str
    is_optional: bool


@cache
def named_days(year: int, *categories: str) -> Mapping[date, str]:
    return dict(country_holidays("NL", years=year, language="nl", categories=categories))


def public_holidays(year: int) -> dict[date, str]:
    """Days without meetings that nobody has to enter. Goede Vrijdag is a choice of the office."""
    return {day: name for day, name in named_days(year, "public").items() if name != GOOD_FRIDAY}


def proposed_closing_days(year: int) -> list[ProposedDay]:
    """What a beheerder can take over: public holidays, carnaval, and the days that are a choice."""
    public = public_holidays(year)
    days = dict(named_days(year, "public", "optional"))
    easter = next(day for day, name in days.items() if name == "Eerste paasdag")
    carnaval = {easter + timedelta(days=distance): name for name, distance in CARNAVAL.items()}
    proposed = [
        ProposedDay(on, name, is_optional=on not in public and on not in carnaval)
        for on, name in (days | carnaval).items()
    ]
    return sorted(proposed, key=lambda day: day.on)


def closed_because(on: date, closing_days: Collection[date]) -> str:
    """Why there is no meeting that day, or nothing. Give a mapping of day to name to see the name."""
    if name := public_holidays(on.year).get(on):
        return f"Geen overleg: {name}."
    if on in closing_days:
        name = closing_days[on] if isinstance(closing_days, Mapping) else "sluitingsdag"
        return f"Geen overleg: {name}."
    return ""


def check_can_repeat(*, first_on: date, every_weeks: int) -> None:
    if first_on.weekday() >= SATURDAY:
        raise NotPossible("Kies een maandag, dinsdag, woensdag, donderdag of vrijdag.")
    if every_weeks < 1:
        raise NotPossible("Een reeks herhaalt zich om de 1 week of meer.")


def dates_of_series(
    *, first_on: date, every_weeks: int, until: date, closing_days: Collection[date]
) -> list[PlannedDate]:
    """Every day of the rhythm from the first through `until`, also the skipped ones with their reason."""
    check_can_repeat(first_on=first_on, every_weeks=every_weeks)
    step = timedelta(weeks=every_weeks)
    count = (until - first_on) // step + 1
    days = [first_on + number * step for number in range(count)]
    return [PlannedDate(on, closed_because(on, closing_days)) for on in days]


def starts_at(on: date, at: time) -> datetime:
    """The moment of a local time: ten o'clock stays ten o'clock, in winter and in summer."""
    moment = datetime.combine(on, at, tzinfo=AMSTERDAM)
    if moment.utcoffset() == moment.replace(fold=1).utcoffset():
        return moment
    if moment.astimezone(UTC).astimezone(AMSTERDAM).time() != at:
        raise NotPossible(f"De tijd {at:%H:%M} bestaat die nacht niet: de klok gaat een uur vooruit.")
    raise NotPossible(f"De tijd {at:%H:%M} komt die nacht twee keer voor: de klok gaat een uur terug.")


def is_working_day(on: date, closing_days: Collection[date]) -> bool:
    return on.weekday() < SATURDAY and not closed_because(on, closing_days)


def working_days_before(on: date, count: int, closing_days: Collection[date]) -> date:
    """The working day that lies `count` working days earlier; three before a Tuesday is Thursday."""
    while count > 0:
        on -= timedelta(days=1)
        count -= is_working_day(on, closing_days)
    return on


def agenda_due_on(on: date, closing_days: Collection[date]) -> date:
    """The day on which the concept agenda of a meeting is built."""
    return working_days_before(on, AGENDA_WORKING_DAYS, closing_days)
