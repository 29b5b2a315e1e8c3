"""The figures as they may be shown: read from the counted months, small numbers already hidden.

Nobody reads `Figure` past this room. What is hidden in a month depends on that month and the one before
it only, never on who asks or on the period asked for; so two pages never betray what one page hides.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet

from accounts.models import Municipality, User
from accounts.roles import Level
from jobs.models import Job, State
from reports.models import Figure, Measure, Summary
from reports.periods import month_before
from reports.permissions import readable_municipalities
from reports.rules import ELSEWHERE, Area, Counts, hidden_areas

Cell = int | None
"""A count, or None where it is hidden."""
Spot = tuple[Measure, Level]

KIND = "reports.summary"

ALONE: list[Spot] = [
    (Measure.SIGNALS_IN, Level.JPP),
    (Measure.SIGNALS_ACCEPTED, Level.JPP),
    (Measure.SIGNALS_REFERRED, Level.JPP),
    (Measure.SIGNALS_REJECTED, Level.JPP),
    *((Measure.YOUTHS_DISCUSSED, level) for level in Level),
]
ACTIONS = (Measure.ACTIONS_IN_TIME, Measure.ACTIONS_DUE)


@dataclass(frozen=True)
class Published:
    """What may be shown of one area, per measure, level and month. Actions are counted over all levels."""

    area: Area
    months: Sequence[date]
    cells: Mapping[tuple[Measure, Level | None, date], Cell]
    counted_at: datetime | None

    def row(self, measure: Measure, level: Level | None = None) -> list[Cell]:
        """One count through the months."""
        return [self.cells[measure, level, month] for month in self.months]


class Month:
    """All counts of one month, in every area."""

    def __init__(self, counts: Mapping[tuple[Measure, Level, int], int], areas: Iterable[int]) -> None:
        self.counts = counts
        self.areas = list(areas)

    def line(self, *spots: Spot) -> dict[int, Counts]:
        """These counts in each part of Parkstad."""
        return {area: [self.counts.get((*spot, area), 0) for spot in spots] for area in self.areas}

    def value(self, spot: Spot, area: Area) -> int:
        parts = self.areas if area is None else [area]
        return sum(self.counts.get((*spot, part), 0) for part in parts)

    def actions(self) -> dict[int, Counts]:
        """In time and late, over all levels together."""
        lines = {
            area: [sum(self.counts.get((m, level, area), 0) for level in Level) for m in ACTIONS]
            for area in self.areas
        }
        return {area: (in_time, due - in_time) for area, (in_time, due) in lines.items()}

    def hidden_stock(self, level: Level) -> set[Area]:
        return hidden_areas(self.line((Measure.STOCK, level)))


def published(area: Area, months: Sequence[date]) -> Published:
    """The figures of an area (None: Parkstad as a whole) in these months."""
    counted = _count({*months, *map(month_before, months)})
    cells: dict[tuple[Measure, Level | None, date], Cell] = {}
    for month in months:
        shown = cells_of(counted[month], counted[month_before(month)], area)
        cells |= {(measure, level, month): value for (measure, level), value in shown.items()}
    return Published(area, months, cells, Figure.objects.aggregate(moment=Max("counted_at"))["moment"])


def cells_of(month: Month, before: Month, area: Area) -> dict[tuple[Measure, Level | None], Cell]:
    """What may be shown of one area in one month. Actions are counted over all levels together."""
    cells: dict[tuple[Measure, Level | None], Cell] = {}
    for spot in ALONE:
        cells[spot] = None if area in hidden_areas(month.line(spot)) else month.value(spot, area)
    for level in Level:
        cells |= _flow_cells(month, before, level, area)
    is_hidden = area in hidden_areas(month.actions())
    for measure in ACTIONS:
        value = sum(month.value((measure, level), area) for level in Level)
        cells[measure, None] = None if is_hidden else value
    return cells


def summaries_for(user: User, *, with_content: bool = False) -> QuerySet[Summary]:
    """The summaries this user may open: of Parkstad as a whole, and of the municipalities it reads."""
    of_area = Q(municipality=None) | Q(municipality__in=readable_municipalities(user))
    found = Summary.objects.filter(of_area).select_related("municipality")
    return found if with_content else found.defer("content")


def unfinished_jobs(user: User) -> QuerySet[Job]:
    """The summaries this user waits for."""
    return Job.objects.unfinished().filter(kind=KIND, asked_by=user).order_by("asked_at")


def failed_jobs(user: User, *, since: datetime) -> QuerySet[Job]:
    """The summaries that could not be made."""
    mine = Job.objects.filter(kind=KIND, asked_by=user, state=State.FAILED, finished_at__gte=since)
    return mine.order_by("asked_at")


def _count(months: Collection[date]) -> dict[date, Month]:
    areas = [ELSEWHERE, *Municipality.objects.order_by("pk").values_list("pk", flat=True)]
    counts: defaultdict[date, dict[tuple[Measure, Level, int], int]] = defaultdict(dict)
    figures = Figure.objects.filter(month__in=months)
    for month, measure, level, area, value in figures.values_list(
        "month", "measure", "level", "municipality_id", "value"
    ):
        counts[month][Measure(measure), Level(level), area or ELSEWHERE] = value
    return {month: Month(counts[month], areas) for month in months}


def _flow_cells(
    month: Month, before: Month, level: Level, area: Area
) -> dict[tuple[Measure, Level | None], Cell]:
    """Stock, inflow and outflow tell about each other: the stock before, plus in, minus out, is the stock.

    So in and out are hidden together, and also wherever the stock before or after them is hidden.
    """
    stock, flow = month.hidden_stock(level), [(Measure.INFLOW, level), (Measure.OUTFLOW, level)]
    hidden_flow = hidden_areas(month.line(*flow), also=stock | before.hidden_stock(level))
    at_end = (Measure.STOCK, level)
    cells: dict[tuple[Measure, Level | None], Cell] = {
        at_end: None if area in stock else month.value(at_end, area)
    }
    for spot in flow:
        cells[spot] = None if area in hidden_flow else month.value(spot, area)
    return cells
