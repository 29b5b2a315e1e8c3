"""What the rules are asked about: one youth as one reader knows it."""

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from access.models import Participation, ScopedQuerySet
from accounts.models import User
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
    MeasureState,
    Place,
    PlanGoal,
    Relative,
    RuleTerm,
    ToldSignal,
)
from cases.rules.clashes import Clash, Situation, clashes
from cases.rules.informing import DUE, Standing, standings


def situation_of(case: Case, user: User, measures: list[Measure]) -> Situation:
    """Everything the rules look at, of what this reader may see."""
    sitting = Participation.objects.visible_to(user).active().filter(compartment=case.room_id)
    told = ToldSignal.objects.visible_to(user).standing().filter(case=case)
    actions = Action.objects.visible_to(user).running().filter(case=case).select_related("owner_partner")
    return Situation(
        today=timezone.localdate(),
        youth=case.youth,
        municipality_id=case.municipality_id,
        measures=measures,
        actions=list(actions.order_by("due_on", "pk")),
        partner_kinds=set(sitting.values_list("partner__kind", flat=True)),
        roles=set(told.values_list("role", flat=True)),
        terms=dict(RuleTerm.objects.values_list("code", "days")),
        age_limits=list(AgeLimit.objects.all()),
    )


def measures_of(case: Case, user: User) -> list[Measure]:
    """Of this youth, also from earlier cases: what runs does not stop because a case was closed."""
    found = Measure.objects.visible_to(user).filter(case__youth=case.youth_id)
    return list(
        found.select_related("kind", "owner_partner", "municipality", "case").order_by("starts_on", "pk")
    )


def open_clashes(case: Case, user: User, measures: list[Measure]) -> tuple[list[Clash], list[ClashAnswer]]:
    """The warnings that nobody laid to rest yet, and those that somebody did."""
    answers = list(
        ClashAnswer.objects.visible_to(user).filter(case=case).select_related("answered_by").order_by("pk")
    )
    answered = {(answer.rule, tuple(answer.measure_ids)) for answer in answers}
    found = clashes(situation_of(case, user, measures))
    return [c for c in found if (c.rule, tuple(c.measure_ids)) not in answered], answers


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
    opened_on = timezone.localdate(case.opened_at)
    return standings(reversed(informings_of(case, user)), opened_on=opened_on, days=days)


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
