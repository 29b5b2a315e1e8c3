"""A day of the log, and what stood out in it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

# Opening a page about one case: what is counted as reading it. Not the points of an agenda: that they are on it is
# the reason to read them, and who prepares a meeting reads forty in a morning.
READS = [
    "case.viewed",
    "case.access_viewed",
    "case.items_viewed",
    "action.viewed",
    "level.viewed",
]


@dataclass(frozen=True)
class Day:
    """From midnight to midnight, by the clock of Parkstad."""

    on: date

    @property
    def starts_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.on, time.min))

    @property
    def ends_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.on + timedelta(days=1), time.min))

    def before(self, days: int) -> "Day":
        return Day(self.on - timedelta(days=days))

    def ask(self, sql: str, **values: Any) -> list[Any]:
        """A question to the log about this day."""
        known: dict[str, Any] = {
            "begins": self.starts_at,
            "ends": self.ends_at,
            "day": self.on,
            "reads": READS,
        }
        with connection.cursor() as cursor:
            cursor.execute(sql, known | values)
            return cursor.fetchall()

    def found(
        self, facts: dict[str, Any], *, person: int | None = None, partner: int | None = None, about: str = ""
    ) -> "Finding":
        """Something of this day; `about` tells apart what one day can hold twice."""
        key = f"{self.on:%Y-%m-%d}:{person or ''}:{partner or ''}:{about}"
        return Finding(key, self.starts_at, self.ends_at, person, partner, facts)


@dataclass(frozen=True)
class Finding:
    """What stood out: about a person, or about an organisation."""

    key: str
    starts_at: datetime
    ends_at: datetime
    person_id: int | None
    partner_id: int | None
    facts: dict[str, Any] = field(default_factory=dict)
