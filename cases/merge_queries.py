"""What is asked about youths who are one: the two side by side, what a merge closed, and who is meant."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Q

from access.models import Participation
from accounts.models import User
from cases.models import (
    Action,
    Case,
    Closing,
    LevelChange,
    LevelChangeState,
    Measure,
    MeasureState,
    PlanGoal,
    Youth,
    YouthMerge,
)
from cases.rules.youths import Match


def merge_role(youth_id: int) -> str:
    """Whether this youth is absorbed, keeps another, or neither: also of a merge that the asker may not see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_merge_role(%s)", [youth_id])
        role: str = cursor.fetchone()[0]
    return role


@dataclass(frozen=True)
class Side:
    """One of the two, as this reader knows it."""

    youth: Youth
    cases: list[Case]
    partners: list[str]
    actions: list[Action]
    goals: int
    measures: int
    has_proposal: bool

    @property
    def open_case(self) -> Case | None:
        return next((case for case in self.cases if case.closed_at is None), None)


def side_of(youth: Youth, user: User) -> Side:
    """Who it is, which cases there are, and in the open one: who takes part and what runs."""
    cases = list(Case.objects.visible_to(user).filter(youth=youth).order_by("-opened_at", "-pk"))
    current = next((case for case in cases if case.closed_at is None), None)
    seats = Participation.objects.visible_to(user).active().filter(compartment=current and current.room_id)
    actions = Action.objects.visible_to(user).running().filter(case=current)
    measures = Measure.objects.visible_to(user).filter(case__youth=youth, state=MeasureState.RUNNING)
    proposed = LevelChange.objects.visible_to(user).filter(case=current, state=LevelChangeState.PROPOSED)
    return Side(
        youth=youth,
        cases=cases,
        partners=[str(seat.partner) for seat in seats.select_related("partner").order_by("partner__name")],
        actions=list(actions.select_related("owner_partner", "owner_person").order_by("due_on", "pk")),
        goals=PlanGoal.objects.visible_to(user).running().filter(case=current).count(),
        measures=measures.count(),
        has_proposal=proposed.exists(),
    )


def mark_of(sides: Iterable[Side]) -> str:
    """What was on the screen, in short: who the two are and which cases are open."""
    found = sorted(sides, key=lambda side: side.youth.pk)
    return "-".join(
        f"{side.youth.version}.{side.open_case.pk if side.open_case else 0}.{len(side.actions)}"
        for side in found
    )


def closed_by(merge: YouthMerge, user: User) -> Closing | None:
    """The closing of the case that this merge closed, as long as it is closed."""
    closings = Closing.objects.visible_to(user).filter(
        case__youth=merge.absorbed_id, is_merge=True, reopened_at=None, closed_at__gte=merge.made_at
    )
    found: Closing | None = closings.select_related("case").order_by("-closed_at").first()
    return found


def merges_of(youth_id: int, user: User) -> list[YouthMerge]:
    """The live merges of this youth of which this reader may know both sides."""
    merges = YouthMerge.objects.visible_to(user).live().filter(Q(kept=youth_id) | Q(absorbed=youth_id))
    return list(merges.select_related("kept", "absorbed", "made_by").order_by("made_at", "pk"))


def as_one(matches: list[Match], user: User) -> tuple[list[Match], list[Youth]]:
    """Who stays is offered instead of who was absorbed, under both names. Also gives who was named beside."""
    merges = YouthMerge.objects.visible_to(user).live().filter(absorbed__in=[m.youth.pk for m in matches])
    into = {merge.absorbed_id: merge.kept for merge in merges.select_related("kept__municipality")}
    if not into:
        return matches, []
    best: dict[int, Match] = {}
    for match in matches:
        kept = into.get(match.youth.pk)
        if kept:
            match = replace(match, youth=kept, reasons=(*match.reasons, f"Ook bekend als {match.youth.name}"))
        other = best.get(match.youth.pk)
        if other:
            first, second = sorted((other, match), key=lambda one: -one.points)
            reasons = (*first.reasons, *(r for r in second.reasons if r not in first.reasons))
            match = replace(first, reasons=reasons)
        best[match.youth.pk] = match
    named = [match.youth for match in matches if match.youth.pk in into]
    return sorted(best.values(), key=lambda one: (-one.points, one.youth.pk)), named
