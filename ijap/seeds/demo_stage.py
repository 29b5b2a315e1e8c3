"""Three months in seconds: each step is played now, through the operations, and then moved to its own day.

What is moved are the moments on the rows that the step wrote (told, decided, agreed, ended). The log is not
moved: it says when it really happened. A step leaves a mark (a finished job), so a second run skips it.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction
from django.utils import timezone

from accounts.models import Partner, User
from accounts.robots import Robot, robot
from foundation.scope import acting_as
from ijap.seeds.demo_script import TODAY, When
from jobs.models import Job, State
from meetings.rules.rhythm import is_working_day, proposed_closing_days, starts_at

FLOORS = ("access", "cases", "meetings")
KIND = "demo.step"
NAMESPACE = uuid.UUID("5f0d6c0e-1d1f-4c52-9d2a-7a1f6b1c2026")
WEEKS_BEFORE = 26  # the series is older than the story
STAYS = {"meetings_meeting": {"starts_at"}}  # what is planned is not what happened


def key_of(name: str) -> uuid.UUID:
    """The same name is the same key, on every machine."""
    return uuid.uuid5(NAMESPACE, name)


Play = Callable[[User, "Stage"], object]


@dataclass(frozen=True)
class Scene:
    """At this moment of the story this person does this."""

    at: datetime
    name: str
    who: str
    play: Play


class Calendar:
    """The days of the story, counted from its meetings."""

    def __init__(self, today: date) -> None:
        self.today = today
        years = range(today.year - 1, today.year + 2)
        self.closed = {d.on: d.name for y in years for d in proposed_closing_days(y) if not d.is_optional}
        self.rhythm_on = self._working(today, -1)
        self.first_on = self.rhythm_on - timedelta(weeks=WEEKS_BEFORE)
        self.meetings = self._days_of_meetings()

    def _days_of_meetings(self) -> dict[int, date]:
        """Six meetings before today that really took place, today's, and the next."""
        fortnight = timedelta(weeks=2)
        before: list[date] = []
        on = self.rhythm_on
        while len(before) < TODAY - 1:
            on -= fortnight
            if is_working_day(on, self.closed):
                before.append(on)
        after = self.rhythm_on + fortnight
        while not is_working_day(after, self.closed):
            after += fortnight
        return dict(enumerate([*reversed(before), self.today, after], start=1))

    def _working(self, on: date, step: int) -> date:
        while not is_working_day(on, self.closed):
            on += timedelta(days=step)
        return on

    def day(self, when: When) -> date:
        """So many working days before or after a meeting."""
        on, step = self.meetings[when.meeting], 1 if when.days > 0 else -1
        for _ in range(abs(when.days)):
            on = self._working(on + timedelta(days=step), step)
        return on

    def moment(self, when: When) -> datetime:
        return starts_at(self.day(when), datetime.strptime(when.time, "%H:%M").time())  # noqa: DTZ007


def now() -> datetime:
    """A moment before everything that is written from here on; the clocks of two machines differ a little."""
    return timezone.now() - timedelta(milliseconds=20)


class Stage:
    """Where the story is played: who is there, what was played before, and what time it is in the story."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.played = 0
        self._lent = timedelta()
        self._users: dict[str, User] = {}
        self.surprises: list[str] = []  # what the real agenda did that the script did not foresee
        self._marks = set(Job.objects.filter(kind=KIND).values_list("key", flat=True))
        self._director = robot(Robot.AGENDA)

    def user(self, username: str) -> User:
        """Somebody of the cast. Nobody changes of role in the story, so each is read once."""
        if username not in self._users:
            self._users[username] = User.objects.select_related("partner").get(username=username)
        return self._users[username]

    @cached_property
    def partners(self) -> dict[str, Partner]:
        return {str(partner.uuid): partner for partner in Partner.objects.all()}

    def partner(self, key: str) -> Partner:
        return self.partners[str(key_of(f"partner {key}"))]

    def is_played(self, name: str) -> bool:
        return f"demo:{name}" in self._marks

    def play(self, scene: Scene) -> None:
        """Play a scene and move it to its moment. What was played before is skipped."""
        if self.is_played(scene.name):
            return
        began = now()
        with self._lending(scene.at), acting_as(by := self.user(scene.who)):
            scene.play(by, self)
            self.mark(scene.name)
        self._move(began, scene.at)
        self.played += 1

    def mark(self, name: str) -> None:
        """Remember that this was played, in the transaction that played it."""
        Job.objects.create(
            uuid=key_of(f"job {name}"), key=f"demo:{name}", kind=KIND, subject_id=0, asked_by=self._director,
            state=State.DONE, steps_done=1, finished_at=timezone.now(),
        )  # fmt: skip
        self._marks.add(f"demo:{name}")

    def later(self, on: date) -> datetime:
        """The start of a day, as an operation of the real today must be told it: see `_lending`."""
        return starts_at(on, datetime.min.time()) + self._lent

    def _age(self, at: datetime) -> timedelta:
        return timedelta(days=max(0, (timezone.localdate() - timezone.localtime(at).date()).days))

    @contextmanager
    def _lending(self, at: datetime) -> Iterator[None]:
        """No operation lets somebody read until a day that is over. We lend the age of the step, and take it back."""
        days, self._lent = settings.AGENDA_ITEM_READING_DAYS, self._age(at)
        settings.AGENDA_ITEM_READING_DAYS = days + self._lent.days
        try:
            yield
        finally:
            settings.AGENDA_ITEM_READING_DAYS = days

    def _move(self, began: datetime, at: datetime) -> None:
        """Move what was written since `began` to `at`, in one transaction past row security."""
        with transaction.atomic(using="bulk"), connections["bulk"].cursor() as cursor:
            cursor.execute(moving_sql(), {"began": began, "at": at, "age": f"{self._age(at).days} days"})


@cache
def moving_sql() -> str:
    """One UPDATE per table: what was given until a day first, then the moments themselves."""
    return (
        _back_until("access_participation", "added_at")
        + _back_until("access_grant", "granted_at")
        + _moments()
    )


def _back_until(table: str, made: str) -> str:
    zone = settings.TIME_ZONE
    return (
        f"UPDATE {table} SET until = date_trunc('day', (until AT TIME ZONE '{zone}') - %(age)s::interval + interval '2 hours')"
        f" AT TIME ZONE '{zone}' WHERE until IS NOT NULL AND {made} >= %(began)s;"
    )


def _moments() -> str:
    return "".join(
        f"UPDATE {model._meta.db_table} SET "
        + ", ".join(f"{c} = CASE WHEN {c} >= %(began)s THEN %(at)s{_after(c)} ELSE {c} END" for c in columns)
        + " WHERE "
        + " OR ".join(f"{c} >= %(began)s" for c in columns)
        + ";"
        for model, columns in _moving_columns()
    )


def _after(column: str) -> str:
    """A signal is told just after its case was opened, also on the page that shows the newest first."""
    return " + interval '1 second'" if column == "told_at" else ""


def _moving_columns() -> Iterator[tuple[type[models.Model], list[str]]]:
    for model in apps.get_models():
        if model._meta.app_label in FLOORS:
            stays = STAYS.get(model._meta.db_table, set()) | {"until", "valid_until"}
            fields = [f for f in model._meta.local_concrete_fields if isinstance(f, models.DateTimeField)]
            columns = [column for f in fields if (column := f.column) and column not in stays]
            if columns:
                yield model, columns


def highest_ids() -> dict[str, int]:
    """Per table with addresses the last row that was there before the story."""
    highest = {}
    with connections["bulk"].cursor() as cursor:
        for table in _addressed():
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
            highest[table] = cursor.fetchone()[0]
    return highest


def fix_addresses(above: dict[str, int]) -> None:
    """Give what the story made the same random-looking addresses on every machine."""
    with connections["bulk"].cursor() as cursor:
        for table, last in above.items():
            cursor.execute(
                f"UPDATE {table} SET uuid = md5('ijap demo {table} ' || id)::uuid"
                " WHERE id > %s AND substr(uuid::text, 15, 1) = '4'",  # made by chance, not from a key
                [last],
            )


def _addressed() -> list[str]:
    found = [m for m in apps.get_models() if m._meta.app_label in FLOORS]
    return [m._meta.db_table for m in found if any(f.name == "uuid" for f in m._meta.local_fields)]
