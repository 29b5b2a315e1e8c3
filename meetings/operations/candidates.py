"""Which cases may come to a meeting, and why: found in the data by index, never by walking through all cases.

Changes nothing itself. What was discussed since a fact arose is no reason any more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max
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
from cases.rules.informing import SOON
from meetings.models import AgendaItem, Meeting, MeetingState, Omission, OmissionKind
from meetings.rules.agenda import OUTSIDE, Candidate, Fact, Why, left_out_words
from meetings.rules.series import day_of

FIRST_LOOKS_BACK = timedelta(weeks=8)
REVIEW_SOON = timedelta(days=14)
MEASURE_ENDS = "einde"  # RuleTerm.code


@dataclass(frozen=True)
class Gathered:
    """What was found: the candidates, their cases, and what is left out with its reason."""

    candidates: list[Candidate]
    cases: dict[int, Case]
    left_out: dict[int, tuple[OmissionKind, str]]


@dataclass(frozen=True)
class _Found:
    """A fact of a case, and since when it asks for attention (None: as long as it lasts)."""

    case_id: int
    fact: Fact
    at: datetime | None = None


@dataclass(frozen=True)
class _Question:
    """For which meeting, on whose behalf, since when; and for one case only, if that is all we want to know."""

    meeting: Meeting
    by: User
    previous: Meeting | None
    since: datetime
    only: dict[str, Any]

    @property
    def on(self) -> date:
        return day_of(self.meeting)


def gather(
    *, meeting: Meeting, by: User, case: Case | None = None, tell: Callable[[int, int], None] | None = None
) -> Gathered:
    """Find the candidates of a meeting. The number of queries does not depend on what there is."""
    previous = meeting.series.meetings.before(meeting.starts_at).first()
    since = (
        (previous.agenda_built_at or previous.starts_at) if previous else meeting.starts_at - FIRST_LOOKS_BACK
    )
    asked = _Question(meeting, by, previous, since, {"case": case} if case else {})
    found: list[_Found] = []
    sources = (_signals, _failed, _overdue, _measures, _not_informed, _level_changes, _reviews, _no_time_last)
    for number, source in enumerate(sources, start=1):
        found += source(asked)
        if tell:
            tell(number, len(sources) + 2)
    found = _still_new(found, by)
    waiting = _on_earlier_agenda(asked, {f.case_id for f in found})
    found = [f for f in found if f.case_id not in waiting]
    later = _later_reviews(asked) | _running_actions(asked) | waiting
    cases = _cases(asked, {f.case_id for f in found} | later.keys())
    facts = defaultdict(list)
    for f in found:
        facts[f.case_id].append(f.fact)
    candidates = [
        Candidate(pk, str(cases[pk].municipality or OUTSIDE), facts[pk]) for pk in facts if pk in cases
    ]
    left_out = {pk: reason for pk, reason in later.items() if pk in cases and pk not in facts}
    return Gathered(candidates, cases, left_out)


def _signals(asked: _Question) -> list[_Found]:
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
        _Found(case, _told(_local(at), source, signal in urgent, data_class), at)
        for case, at, source, signal, data_class in rows
    ]


def _told(on: date, source: str, is_urgent: bool, data_class: int) -> Fact:
    """The reason is read by everybody at the item: it does not say that the police or a care organisation told."""
    if data_class == DataClass.BASIS:
        return Fact(Why.SIGNAL, on, source, is_urgent)
    return Fact(Why.KEPT_SIGNAL, on, "", is_urgent)


def _failed(asked: _Question) -> list[_Found]:
    rows = (
        Action.objects.visible_to(asked.by)
        .filter(state__in=FAILED, ended_at__gt=asked.since, **asked.only)
        .values_list("case_id", "ended_at", "owner_partner__short_name", "state")
    )
    why = {ActionState.COULD_NOT: Why.COULD_NOT, ActionState.DID_NOT: Why.DID_NOT}
    return [
        _Found(case, Fact(why[ActionState(state)], _local(at), owner), at) for case, at, owner, state in rows
    ]


def _overdue(asked: _Question) -> list[_Found]:
    today = min(timezone.localdate(), asked.on)
    rows = (
        Action.objects.visible_to(asked.by)
        .overdue(today)
        .filter(**asked.only)
        .values_list("case_id", "due_on", "owner_partner__short_name")
    )
    return [_Found(case, Fact(Why.OVERDUE, due_on, owner)) for case, due_on, owner in rows]


def _measures(asked: _Question) -> Iterator[_Found]:
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
        yield _Found(case, fact, timezone.make_aware(datetime.combine(since, datetime.min.time())))


def _not_informed(asked: _Question) -> Iterator[_Found]:
    """Whose month to tell youth and parents runs out; once before the last day, and once after it."""
    days = RuleTerm.objects.filter(code=SOON).values_list("days", flat=True).first() or 0
    soon = timedelta(days=days)
    cases = Case.objects.visible_to(asked.by).open().at(Level(asked.meeting.level))
    cases = cases.filter(inform_by_on__lte=asked.on + soon, **_only(asked))
    for pk, last_on in cases.order_by("inform_by_on", "pk").values_list("pk", "inform_by_on"):
        since = last_on if last_on < min(timezone.localdate(), asked.on) else last_on - soon
        at = timezone.make_aware(datetime.combine(since, datetime.min.time()))
        yield _Found(pk, Fact(Why.NOT_INFORMED, last_on), at)


def _level_changes(asked: _Question) -> list[_Found]:
    rows = (
        LevelChange.objects.visible_to(asked.by)
        .filter(state=LevelChangeState.PROPOSED, old=asked.meeting.level, **asked.only)
        .values_list("case_id", "proposed_at", "new")
    )
    return [
        _Found(
            case,
            Fact(Why.LEVEL_UP if new > asked.meeting.level else Why.LEVEL_DOWN, _local(at), Level(new).label),
            at,
        )
        for case, at, new in rows
    ]


def _reviews(asked: _Question) -> Iterator[_Found]:
    for pk, on in _review_rows(asked, review_on__lte=asked.on):
        yield _Found(pk, Fact(Why.REVIEW, on), timezone.make_aware(datetime.combine(on, datetime.min.time())))


def _no_time_last(asked: _Question) -> list[_Found]:
    """Who did not fit the last time is not forgotten."""
    rows = (
        Omission.objects.visible_to(asked.by)
        .standing()
        .filter(meeting=asked.previous, kind=OmissionKind.NO_TIME, **asked.only)
        .values_list("case_id", flat=True)
    )
    return [_Found(case, Fact(Why.NO_TIME_LAST, _local(asked.since)), asked.since) for case in rows]


def _still_new(found: list[_Found], by: User) -> list[_Found]:
    """Without what the table has discussed since it arose."""
    rows = (
        AgendaItem.objects.visible_to(by)
        .filter(case_id__in={f.case_id for f in found}, discussed_at__isnull=False)
        .values_list("case_id")
        .annotate(last=Max("discussed_at"))
    )
    last = dict(rows.order_by())
    return [f for f in found if f.at is None or f.case_id not in last or last[f.case_id] < f.at]


def _on_earlier_agenda(asked: _Question, ids: set[int]) -> dict[int, tuple[OmissionKind, str]]:
    """Of these cases, the ones that an earlier meeting has on its agenda and did not come to yet."""
    rows = (
        AgendaItem.objects.visible_to(asked.by)
        .on_agenda()
        .filter(case_id__in=ids, discussed_at=None, meeting__starts_at__lt=asked.meeting.starts_at)
        .filter(meeting__state__in=[MeetingState.DRAFT, MeetingState.AGREED, MeetingState.RUNNING])
        .exclude(meeting=asked.meeting)
        .values_list("case_id", "meeting__starts_at")
    )
    kind = OmissionKind.ELSEWHERE
    return {pk: (kind, left_out_words(kind, asked.on.year, _local(at))) for pk, at in rows}


def _later_reviews(asked: _Question) -> dict[int, tuple[OmissionKind, str]]:
    rows = _review_rows(asked, review_on__gt=asked.on, review_on__lte=asked.on + REVIEW_SOON)
    kind = OmissionKind.REVIEW_LATER
    return {pk: (kind, left_out_words(kind, asked.on.year, on)) for pk, on in rows}


def _running_actions(asked: _Question) -> dict[int, tuple[OmissionKind, str]]:
    """Discussed last time, and the agreed action still has time."""
    discussed = AgendaItem.objects.visible_to(asked.by).filter(
        meeting=asked.previous, discussed_at__isnull=False, **asked.only
    )
    rows = (
        Action.objects.visible_to(asked.by)
        .running()
        .filter(case_id__in=list(discussed.values_list("case_id", flat=True)), due_on__gte=asked.on)
        .order_by("-due_on", "pk")
        .values_list("case_id", "due_on", "owner_partner__short_name")
    )
    kind = OmissionKind.ACTION_RUNS
    return {case: (kind, left_out_words(kind, asked.on.year, due_on, owner)) for case, due_on, owner in rows}


def _review_rows(asked: _Question, **when: Any) -> Any:
    cases = Case.objects.visible_to(asked.by).open().at(Level(asked.meeting.level))
    cases = cases.filter(**when, **_only(asked))
    return cases.order_by("review_on", "pk").values_list("pk", "review_on")


def _only(asked: _Question) -> dict[str, Any]:
    """The narrowing to one case, for a query on cases themselves."""
    return {"pk": asked.only["case"].pk} if asked.only else {}


def _cases(asked: _Question, ids: set[int]) -> dict[int, Case]:
    """Of these cases, the ones that belong at this table now."""
    cases = Case.objects.visible_to(asked.by).open().at(Level(asked.meeting.level)).filter(pk__in=ids)
    if town := asked.meeting.series.municipality_id:
        cases = cases.filter(municipality=town)
    return {case.pk: case for case in cases.select_related("municipality", "compartment").order_by("pk")}


def _local(moment: datetime) -> date:
    return timezone.localtime(moment).date()
