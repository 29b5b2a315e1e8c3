"""The figures of the demo: counted for the months of the story, made up for the months before it.

Before the story there are no cases to count. A year of a small beginning is written down instead, so that
the pages for management show a line and not one lonely bar.
"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection

from accounts.models import Municipality
from accounts.roles import Level
from ijap.seeds.demo_script import When
from ijap.seeds.demo_stage import Calendar
from reports.models import Figure, Measure

MONTHS = 13
STORY_BEGINS = When(1, -10)
# How the youths are spread over the municipalities, out of a hundred.
SHARES = {
    "Heerlen": 46,
    "Kerkrade": 18,
    "Landgraaf": 12,
    "Brunssum": 10,
    "Beekdaelen": 7,
    "Simpelveld": 4,
    "Voerendaal": 3,
}
# What a quiet month looks like in all of Parkstad: from, to.
QUIET = {
    Measure.SIGNALS_IN: (6, 10),
    Measure.SIGNALS_ACCEPTED: (5, 6),
    Measure.YOUTHS_DISCUSSED: (5, 9),
    Measure.INFLOW: (7, 9),
    Measure.ACTIONS_DUE: (13, 17),
}
LATE = (5, 6)  # of the actions; fewer would be hidden, and most of the page with them


def count(calendar: Calendar, today: date) -> None:
    """Count afresh; what was made up of the months before the story is made up again in the same way."""
    months = list(_months(today.replace(day=1)))
    with connection.cursor() as cursor:
        for month in months:
            cursor.execute("SELECT reports_recount(%s)", [month])
    first = calendar.day(STORY_BEGINS).replace(day=1)
    Figure.objects.using("bulk").bulk_create(
        [figure for month in months if month < first for figure in _quiet_month(month)], ignore_conflicts=True
    )


def _months(last: date) -> Iterator[date]:
    for _ in range(MONTHS):
        yield last
        last = (last - timedelta(days=1)).replace(day=1)


def _quiet_month(month: date) -> Iterator[Figure]:
    """The same month is always the same."""
    chance = random.Random(f"ijap {month:%Y-%m}")
    totals = {measure: chance.randint(*between) for measure, between in QUIET.items()}
    totals[Measure.STOCK] = _stock(month)
    before = _stock((month - timedelta(days=1)).replace(day=1))
    totals[Measure.OUTFLOW] = before + totals[Measure.INFLOW] - totals[Measure.STOCK]
    towns = {town.name: town.pk for town in Municipality.objects.all()}
    for measure, total in totals.items():
        spread = chance.choices(list(SHARES), weights=list(SHARES.values()), k=total)
        counts = {measure: Counter(spread)}
        if measure == Measure.ACTIONS_DUE:
            counts[Measure.ACTIONS_IN_TIME] = Counter(spread[chance.randint(*LATE) :])
        for counted, per_town in counts.items():
            for name in sorted(per_town):
                yield _figure(month, towns[name], counted, per_town[name])


def _stock(month: date) -> int:
    return random.Random(f"ijap stock {month:%Y-%m}").randint(5, 7)


def _figure(month: date, town: int, measure: Measure, value: int) -> Figure:
    return Figure(month=month, municipality_id=town, level=Level.JPP, measure=measure, value=value)
