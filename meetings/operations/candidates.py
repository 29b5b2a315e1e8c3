"""Which cases may come to a meeting, and why: found in the data by index, never by walking through all cases.

Changes nothing itself. What was discussed since a fact arose is no reason any more.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from access.models import Exclusion
from accounts.models import RoleAssignment, User
from accounts.roles import Level, Role
from cases.models import Action, Case
from meetings.models import AgendaItem, Meeting, MeetingState, OmissionKind
from meetings.operations.reasons import SOURCES, Found, Question
from meetings.rules.agenda import OUTSIDE, Candidate, left_out_words

FIRST_LOOKS_BACK = timedelta(weeks=8)
REVIEW_SOON = timedelta(days=14)


@dataclass(frozen=True)
class Gathered:
    """What was found: the candidates, their cases, and what is left out with its reason."""

    candidates: list[Candidate]
    cases: dict[int, Case]
    left_out: dict[int, tuple[OmissionKind, str]]


def gather(
    *, meeting: Meeting, by: User, case: Case | None = None, tell: Callable[[int, int], None] | None = None
) -> Gathered:
    """Find the candidates of a meeting. The number of queries does not depend on what there is."""
    previous = meeting.series.meetings.before(meeting.starts_at).first()
    since = (
        (previous.agenda_built_at or previous.starts_at) if previous else meeting.starts_at - FIRST_LOOKS_BACK
    )
    asked = Question(meeting, by, previous, since, {"case": case} if case else {})
    found: list[Found] = []
    for number, source in enumerate(SOURCES, start=1):
        found += source(asked)
        if tell:
            tell(number, len(SOURCES) + 2)
    found = _still_new(found, by)
    waiting = _on_earlier_agenda(asked, {f.case_id for f in found})
    found = [f for f in found if f.case_id not in waiting]
    later = _later_reviews(asked) | _running_actions(asked) | waiting
    cases = _cases(asked, {f.case_id for f in found} | later.keys())
    facts = defaultdict(list)
    for f in found:
        facts[f.case_id].append(f.fact)
    left = _with_an_empty_chair(asked, cases)
    candidates = [
        Candidate(pk, str(cases[pk].municipality or OUTSIDE), facts[pk], pk in left)
        for pk in facts
        if pk in cases
    ]
    left_out = {pk: reason for pk, reason in later.items() if pk in cases and pk not in facts}
    return Gathered(candidates, cases, left_out)


def _with_an_empty_chair(asked: Question, cases: dict[int, Case]) -> set[int]:
    """The cases of which somebody who sits at this table is kept out by name."""
    places = {case.compartment_id: pk for pk, case in cases.items()}
    rows = Exclusion.objects.visible_to(asked.by).filter(compartment__in=places, ended_at=None)
    seated = RoleAssignment.objects.active().filter(role=Role.DEELNEMER, level=asked.meeting.level)
    rows = rows.filter(user__in=seated.values("user"))
    return {places[compartment] for compartment in rows.values_list("compartment", flat=True)}


def _still_new(found: list[Found], by: User) -> list[Found]:
    """Without what the table has discussed since it arose."""
    rows = (
        AgendaItem.objects.visible_to(by)
        .filter(case_id__in={f.case_id for f in found}, discussed_at__isnull=False)
        .values_list("case_id")
        .annotate(last=Max("discussed_at"))
    )
    last = dict(rows.order_by())
    return [f for f in found if f.at is None or f.case_id not in last or last[f.case_id] < f.at]


def _on_earlier_agenda(asked: Question, ids: set[int]) -> dict[int, tuple[OmissionKind, str]]:
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
    return {pk: (kind, left_out_words(kind, asked.on.year, timezone.localdate(at))) for pk, at in rows}


def _later_reviews(asked: Question) -> dict[int, tuple[OmissionKind, str]]:
    rows = asked.reviews(review_on__gt=asked.on, review_on__lte=asked.on + REVIEW_SOON)
    kind = OmissionKind.REVIEW_LATER
    return {pk: (kind, left_out_words(kind, asked.on.year, on)) for pk, on in rows}


def _running_actions(asked: Question) -> dict[int, tuple[OmissionKind, str]]:
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


def _cases(asked: Question, ids: set[int]) -> dict[int, Case]:
    """Of these cases, the ones that belong at this table now."""
    cases = Case.objects.visible_to(asked.by).open().at(Level(asked.meeting.level)).filter(pk__in=ids)
    if town := asked.meeting.series.municipality_id:
        cases = cases.filter(municipality=town)
    return {case.pk: case for case in cases.select_related("municipality", "compartment").order_by("pk")}
