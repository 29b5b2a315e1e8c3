"""What the rules are asked about: one youth as one reader knows it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from access.models import Participation, ScopedQuerySet
from accounts.models import User
from accounts.roles import DataClass
from cases.models import (
    Action,
    AgeLimit,
    Case,
    ClashAnswer,
    Correction,
    CorrectionTask,
    Informing,
    LevelChange,
    LevelChangeState,
    Measure,
    MeasureKind,
    MeasureState,
    Place,
    PlanGoal,
    Relative,
    RuleTerm,
    ToldSignal,
)
from cases.rules.clashes import clashes
from cases.rules.informing import DUE, Standing, held_until, standings
from cases.rules.situations import Clash, Situation, is_answered


def situations_of(cases: Iterable[Case], user: User, measures: Iterable[Measure]) -> dict[int, Situation]:
    """Everything the rules look at, of what this reader may see. As many questions for one case as for many."""
    cases = list(cases)
    actions, told, lines = (
        _by_case(found.filter(case__in=cases))
        for found in (
            Action.objects.visible_to(user)
            .running()
            .select_related("owner_partner")
            .order_by("due_on", "pk"),
            ToldSignal.objects.visible_to(user).standing().only("case", "role"),
            Informing.objects.visible_to(user).order_by("noted_at", "pk"),
        )
    )
    sitting = (
        Participation.objects.visible_to(user).active().filter(compartment__in=[c.room_id for c in cases])
    )
    kinds = defaultdict(set)
    for room, kind in sitting.values_list("compartment_id", "partner__kind"):
        kinds[room].add(kind)
    by_youth = defaultdict(list)
    for measure in measures:
        by_youth[measure.case.youth_id].append(measure)
    terms = dict(RuleTerm.objects.values_list("code", "days"))
    limits = list(AgeLimit.objects.all())
    names = dict(MeasureKind.objects.filter(data_class=DataClass.BASIS).values_list("pk", "name"))
    return {
        case.pk: Situation(
            today=timezone.localdate(),
            youth=case.youth,
            municipality_id=case.municipality_id,
            measures=by_youth[case.youth_id],
            actions=actions[case.pk],
            partner_kinds=kinds[case.room_id],
            roles={signal.role for signal in told[case.pk]},
            terms=terms,
            age_limits=limits,
            kind_names=names,
            held_until=held_until(_standings(case, lines[case.pk], terms[DUE]), timezone.localdate()),
        )
        for case in cases
    }


def _by_case(found: QuerySet[Any]) -> dict[int, list[Any]]:
    rows = defaultdict(list)
    for row in found:
        rows[row.case_id].append(row)
    return rows


def measures_of(case: Case, user: User) -> list[Measure]:
    """Of this youth, also from earlier cases: what runs does not stop because a case was closed."""
    return measures_of_youths([case.youth_id], user)


def measures_of_youths(youth_ids: Collection[int], user: User) -> list[Measure]:
    found = Measure.objects.visible_to(user).filter(case__youth__in=youth_ids)
    return list(
        found.select_related("kind", "owner_partner", "municipality", "case").order_by("starts_on", "pk")
    )


def clashes_of(
    cases: Iterable[Case], user: User, measures: Iterable[Measure]
) -> dict[int, tuple[list[Clash], list[ClashAnswer]]]:
    """Per case the warnings that nobody laid to rest yet, and the answers to those that somebody did."""
    cases = list(cases)
    found = ClashAnswer.objects.visible_to(user).filter(case__in=cases)
    answers = _by_case(found.select_related("answered_by").order_by("pk"))
    return {
        pk: ([c for c in clashes(situation) if not is_answered(c, answers[pk])], answers[pk])
        for pk, situation in situations_of(cases, user, measures).items()
    }


def open_clashes(case: Case, user: User, measures: list[Measure]) -> tuple[list[Clash], list[ClashAnswer]]:
    """The same for one case."""
    return clashes_of([case], user, measures)[case.pk]


def places_of(youth_id: int, user: User) -> list[Place]:
    """What is so now first, and what is over after it."""
    found = Place.objects.visible_to(user).filter(youth=youth_id).select_related("municipality", "noted_by")
    return sorted(found.order_by("kind", "-noted_at"), key=lambda place: place.ended_on is not None)


def relatives_of(youth_id: int, user: User) -> list[Relative]:
    found = Relative.objects.visible_to(user).filter(youth=youth_id).select_related("noted_by")
    return sorted(found.order_by("pk"), key=lambda one: one.ended_on is not None)


def informings_of(case: Case, user: User) -> list[Informing]:
    """The ledger, newest first."""
    found = Informing.objects.visible_to(user).filter(case=case)
    return list(found.select_related("noted_by", "agreed_by", "case").order_by("-noted_at", "-pk"))


def standings_of(case: Case, user: User) -> list[Standing]:
    """How it stands with informing youth and parents."""
    days = RuleTerm.objects.values_list("days", flat=True).get(code=DUE)
    return _standings(case, reversed(informings_of(case, user)), days)


def _standings(case: Case, lines: Iterable[Informing], days: int) -> list[Standing]:
    return standings(lines, opened_on=timezone.localdate(case.opened_at), days=days)


def what_runs(case: Case, user: User) -> dict[str, Any]:
    """What must be over before a case can end, as `check_nothing_runs` asks it."""
    proposed = LevelChange.objects.visible_to(user).filter(case=case, state=LevelChangeState.PROPOSED)
    return {
        "running_actions": Action.objects.visible_to(user).running().filter(case=case).count(),
        "running_goals": PlanGoal.objects.visible_to(user).running().filter(case=case).count(),
        "has_proposal": proposed.exists(),
    }


def running_measures(case: Case, user: User) -> list[Measure]:
    return [measure for measure in measures_of(case, user) if measure.state == MeasureState.RUNNING]


def with_corrections(told: ScopedQuerySet, user: User) -> ScopedQuerySet:
    """Told signals with what their source said of them later, and who has to process that."""
    tasks = (
        CorrectionTask.objects.visible_to(user)
        .select_related("partner", "done_by")
        .order_by("partner__name", "pk")
    )
    corrections = Correction.objects.visible_to(user).prefetch_related(Prefetch("tasks", tasks))
    return told.prefetch_related(Prefetch("corrections", corrections, to_attr="all_corrections"))
