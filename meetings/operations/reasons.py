"""What brings a case to the table: each function finds one kind of reason in the data, by index.

The number of queries does not depend on what there is.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import DataClass, Level
from cases.models import (
    Action,
    ActionState,
    Case,
    LevelChange,
    LevelChangeState,
    Measure,
    MeasureState,
    RuleTerm,
    Signal,
    ToldSignal,
    Urgency,
)
from cases.models.actions import FAILED
from cases.queries import clashes_of, measures_of_youths
from cases.rules.informing import SOON
from meetings.models import Meeting, Omission, OmissionKind
from meetings.rules.agenda import Fact, Why
from meetings.rules.series import day_of

MEASURE_ENDS = "einde"  # RuleTerm.code


@dataclass(frozen=True)
class Found:
    """A fact of a case, and since when it asks for attention (None: as long as it lasts)."""

    case_id: int
    fact: Fact
    at: datetime | None = None


@dataclass(frozen=True)
class Question:
    """For which meeting, on whose behalf, since when; and for one case only, if that is all we want to know."""

    meeting: Meeting
    by: User
    previous: Meeting | None
    since: datetime
    only: dict[str, Any]

    @property
    def on(self) -> date:
        return day_of(self.meeting)

    @property
    def this_case(self) -> dict[str, Any]:
        """The narrowing to one case, for a query on cases themselves."""
        return {"pk": self.only["case"].pk} if self.only else {}

    def reviews(self, **when: Any) -> Any:
        """Cases at this table whose day to be looked at again is then."""
        cases = Case.objects.visible_to(self.by).open().at(Level(self.meeting.level))
        cases = cases.filter(**when, **self.this_case)
        return cases.order_by("review_on", "pk").values_list("pk", "review_on")


def _signals(asked: Question) -> list[Found]:
    told = (
        ToldSignal.objects.visible_to(asked.by)
        .standing()
        .filter(told_at__gt=asked.since, **asked.only)
        .order_by("told_at", "pk")
        .values_list("case_id", "told_at", "source__short_name", "signal_id", "data_class")
    )
    rows = list(told)
    # The signal itself is read by regie only; who cannot see it gets no urgency from it either.
    urgent = set(
        Signal.objects.visible_to(asked.by)
        .filter(pk__in=[row[3] for row in rows], urgency__in=[Urgency.SOON, Urgency.TODAY])
        .values_list("pk", flat=True)
    )
    return [
        Found(case, _told(timezone.localdate(at), source, signal in urgent, data_class), at)
        for case, at, source, signal, data_class in rows
    ]


def _told(on: date, source: str, is_urgent: bool, data_class: int) -> Fact:
    """The reason is read by everybody at the item: it does not say that the police or a care organisation told."""
    if data_class == DataClass.BASIS:
        return Fact(Why.SIGNAL, on, source, is_urgent)
    return Fact(Why.KEPT_SIGNAL, on, "", is_urgent)


def _failed(asked: Question) -> list[Found]:
    rows = (
        Action.objects.visible_to(asked.by)
        .filter(state__in=FAILED, ended_at__gt=asked.since, **asked.only)
        .values_list("case_id", "ended_at", "owner_partner__short_name", "state")
    )
    why = {ActionState.COULD_NOT: Why.COULD_NOT, ActionState.DID_NOT: Why.DID_NOT}
    return [
        Found(case, Fact(why[ActionState(state)], timezone.localdate(at), owner), at)
        for case, at, owner, state in rows
    ]


def _overdue(asked: Question) -> list[Found]:
    today = min(timezone.localdate(), asked.on)
    rows = (
        Action.objects.visible_to(asked.by)
        .overdue(today)
        .filter(**asked.only)
        .values_list("case_id", "due_on", "owner_partner__short_name")
    )
    return [Found(case, Fact(Why.OVERDUE, due_on, owner)) for case, due_on, owner in rows]


def _measures(asked: Question) -> Iterator[Found]:
    """What ends soon, and what ended without anybody saying how. Of class basis: everybody at the item reads why."""
    days = RuleTerm.objects.filter(code=MEASURE_ENDS).values_list("days", flat=True).first() or 0
    soon = timedelta(days=days)
    rows = (
        Measure.objects.visible_to(asked.by)
        .filter(state=MeasureState.RUNNING, ends_on__lte=asked.on + soon, data_class=DataClass.BASIS)
        .filter(case__closed_at=None, **asked.only)
        .order_by("ends_on", "pk")
        .values_list("case_id", "ends_on", "owner_partner__short_name")
    )
    for case, ends_on, owner in rows:
        is_over = ends_on < min(timezone.localdate(), asked.on)
        since = ends_on if is_over else ends_on - soon
        fact = Fact(Why.MEASURE_OVER if is_over else Why.MEASURE_ENDS, ends_on, owner)
        yield Found(case, fact, timezone.make_aware(datetime.combine(since, datetime.min.time())))


def _not_informed(asked: Question) -> Iterator[Found]:
    """Whose month to tell youth and parents runs out; once before the last day, and once after it."""
    days = RuleTerm.objects.filter(code=SOON).values_list("days", flat=True).first() or 0
    soon = timedelta(days=days)
    cases = Case.objects.visible_to(asked.by).open().at(Level(asked.meeting.level))
    cases = cases.filter(inform_by_on__lte=asked.on + soon, **asked.this_case)
    for pk, last_on in cases.order_by("inform_by_on", "pk").values_list("pk", "inform_by_on"):
        since = last_on if last_on < min(timezone.localdate(), asked.on) else last_on - soon
        at = timezone.make_aware(datetime.combine(since, datetime.min.time()))
        yield Found(pk, Fact(Why.NOT_INFORMED, last_on), at)


def _clashes(asked: Question) -> Iterator[Found]:
    """Warnings about measures that were noted or changed since the last time. Of class basis: all at the item read why."""
    basis = Measure.objects.visible_to(asked.by).filter(data_class=DataClass.BASIS)
    new = basis.current().filter(confirmed_at__gt=asked.since, case__closed_at=None, **asked.only)
    changed = dict(new.order_by("confirmed_at").values_list("pk", "confirmed_at"))
    if not changed:
        return
    cases = Case.objects.visible_to(asked.by).open().at(Level(asked.meeting.level))
    cases = (
        cases.filter(measures__in=changed, **asked.this_case)
        .distinct()
        .select_related("youth")
        .order_by("pk")
    )
    measures = [m for m in measures_of_youths([c.youth_id for c in cases], asked.by) if not m.is_masked]
    for pk, (found, _) in clashes_of(cases, asked.by, measures).items():
        said = [c for c in found if c.rule != "R16"]  # a result that lacks is a reason by itself
        at = max((changed[m] for c in said for m in c.measure_ids if m in changed), default=None)
        if at:
            yield Found(pk, Fact(Why.CLASH, timezone.localdate(at)), at)


def _level_changes(asked: Question) -> list[Found]:
    rows = (
        LevelChange.objects.visible_to(asked.by)
        .filter(state=LevelChangeState.PROPOSED, old=asked.meeting.level, **asked.only)
        .values_list("case_id", "proposed_at", "new")
    )
    return [
        Found(
            case,
            Fact(
                Why.LEVEL_UP if new > asked.meeting.level else Why.LEVEL_DOWN,
                timezone.localdate(at),
                Level(new).label,
            ),
            at,
        )
        for case, at, new in rows
    ]


def _reviews(asked: Question) -> Iterator[Found]:
    for pk, on in asked.reviews(review_on__lte=asked.on):
        yield Found(pk, Fact(Why.REVIEW, on), timezone.make_aware(datetime.combine(on, datetime.min.time())))


def _no_time_last(asked: Question) -> list[Found]:
    """Who did not fit the last time is not forgotten."""
    rows = (
        Omission.objects.visible_to(asked.by)
        .standing()
        .filter(meeting=asked.previous, kind=OmissionKind.NO_TIME, **asked.only)
        .values_list("case_id", flat=True)
    )
    return [
        Found(case, Fact(Why.NO_TIME_LAST, timezone.localdate(asked.since)), asked.since) for case in rows
    ]


SOURCES: tuple[Callable[[Question], Iterable[Found]], ...] = (
    _signals,
    _failed,
    _overdue,
    _measures,
    _not_informed,
    _level_changes,
    _reviews,
    _no_time_last,
    _clashes,
)
