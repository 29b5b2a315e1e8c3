"""How the actions of an organisation ended, month by month: of organisations, never of persons.

Regie counts what it sees anyway. The contact person of an organisation gets that organisation only, counted by the
database, with small numbers hidden as in every figure (reports/rules.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from accounts.models import Partner, User
from cases.models import Action, ActionState
from cases.models.actions import RUNNING
from reports.periods import month_of, months_up_to
from reports.queries import Cell
from reports.rules import PARKSTAD, hidden_areas
from reports.topics import Row, Topic, row

MONTHS = 6
WHOLE = "Afgesproken"
PARTS = {
    "in_time": "Op tijd gedaan",
    "late": "Te laat gedaan",
    "could_not": "Kon niet",
    "did_not": "Niet gedaan",
    "running": "Loopt nog",
}
ENDED = ("in_time", "late", "could_not", "did_not")
Counted = dict[str, int]


@dataclass(frozen=True)
class Trend:
    """What one organisation agreed and how that ended, per month."""

    partner: Partner
    months: Mapping[date, Counted] = field(default_factory=dict)

    def counts_of(self, month: date) -> Counted:
        return self.months.get(month) or dict.fromkeys(PARTS, 0)

    @property
    def totals(self) -> list[int]:
        """Agreed, and how it ended, over all months. For regie, that sees every part."""
        sums = [sum(counts[part] for counts in self.months.values()) for part in PARTS]
        return [sum(sums), *sums]

    @property
    def named_totals(self) -> list[tuple[str, int]]:
        return list(zip([WHOLE, *PARTS.values()], self.totals, strict=True))


def last_months(today: date) -> tuple[date, ...]:
    """The last half year; the month that runs is the last of it."""
    return months_up_to(month_of(today), MONTHS)


def trends_for(user: User, months: Sequence[date]) -> list[Trend]:
    """Of every organisation with an action that this regisseur sees. One query for the counts, one for the names."""
    counted: dict[int, dict[date, Counted]] = {}
    for line in _counted(user, months[0]):
        of_partner = counted.setdefault(line["owner_partner"], {})
        of_partner[timezone.localdate(line["month"])] = {part: line[part] for part in PARTS}
    partners = Partner.objects.filter(pk__in=counted).order_by("name")
    return [Trend(partner, counted[partner.pk]) for partner in partners]


def trend_for(user: User, partner: Partner, months: Sequence[date]) -> Trend:
    """Of one organisation, as this regisseur sees it."""
    found = _counted(user, months[0]).filter(owner_partner=partner)
    return Trend(
        partner, {timezone.localdate(line["month"]): {part: line[part] for part in PARTS} for line in found}
    )


def own_trend(user: User, months: Sequence[date]) -> Trend:
    """Of the organisation for which this person speaks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_count_own(%s)", [months[0]])
        found = {month: dict(zip(PARTS, counts, strict=True)) for month, *counts in cursor.fetchall()}
    return Trend(user.partner, found)


def _counted(user: User, since: date) -> Any:
    """Per organisation and month of agreeing. What was withdrawn does not count."""
    done = Q(state=ActionState.DONE)
    in_time = Q(ended_at__date__lte=F("due_on"))
    begin = timezone.make_aware(datetime.combine(since, time.min))
    agreed = Action.objects.visible_to(user).filter(agreed_at__gte=begin).exclude(state=ActionState.WITHDRAWN)
    per_month = agreed.annotate(month=TruncMonth("agreed_at")).values("owner_partner", "month").order_by()
    return per_month.annotate(
        in_time=Count("pk", filter=done & in_time),
        late=Count("pk", filter=done & ~in_time),
        could_not=Count("pk", filter=Q(state=ActionState.COULD_NOT)),
        did_not=Count("pk", filter=Q(state=ActionState.DID_NOT)),
        running=Count("pk", filter=Q(state__in=RUNNING)),
    )


def topic_of(trend: Trend, months: Sequence[date], *, hides_small: bool) -> Topic:
    """The table and the chart of one organisation."""
    columns = [_cells(trend.counts_of(month), hides_small=hides_small) for month in months]
    names = {WHOLE: WHOLE} | PARTS
    rows: list[Row] = [row(label, [column[name] for column in columns]) for name, label in names.items()]
    return Topic(
        slug="acties",
        title="Wat is er van afspraken gekomen?",
        text="Een actie telt in de maand waarin zij is afgesproken. Ingetrokken acties tellen niet mee.",
        months=months,
        rows=rows,
        chart_title="Hoe afgesproken acties eindigden",
        drawn={PARTS[part]: PARTS[part] for part in ENDED},
    )


def _cells(counts: Counted, *, hides_small: bool) -> dict[str, Cell]:
    """The parts and their sum, of which what is small, and what would give that away, is hidden."""
    cells: dict[str, Cell] = {WHOLE: sum(counts.values()), **counts}
    if hides_small:
        places = dict(enumerate(counts, start=1))
        hidden = hidden_areas({place: [counts[name]] for place, name in places.items()})
        for area in hidden:
            cells[WHOLE if area is PARKSTAD else places[area or 0]] = None
    return cells
