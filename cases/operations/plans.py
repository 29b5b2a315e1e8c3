"""Everything that changes a plan van aanpak."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from access.models import Participation
from accounts.models import Partner, User
from audit.log import record
from cases.events import CaseEvent
from cases.models import Case, GoalResult, LifeArea, PlanGoal
from cases.operations.cases import lock
from cases.permissions.cases import check_can_plan
from cases.rules.actions import check_owner_takes_part
from cases.rules.plans import check_has_plan, check_running
from foundation.errors import NotPossible


@transaction.atomic
def set_goal(
    *, case: Case, area: LifeArea, text: str, partner: Partner, due_on: date, key: UUID, by: User
) -> PlanGoal:
    """Set a goal. The same key twice is one goal. Who sees to it takes part, else it could not read its own goal."""
    case = lock(case=case, by=by)
    sent: PlanGoal | None = PlanGoal.objects.visible_to(by).filter(uuid=key).first()
    if sent:
        return sent
    check_can_plan(by, case)
    check_has_plan(case.level)
    sitting = Participation.objects.visible_to(by).active().filter(compartment=case.room_id)
    check_owner_takes_part(sitting.filter(partner=partner).exists())
    goal = PlanGoal.objects.create(
        uuid=key,
        case=case,
        compartment_id=case.room_id,
        area=area,
        text=text,
        partner=partner,
        due_on=due_on,
        set_by=by,
    )
    record(CaseEvent.GOAL_SET, by=by, about=goal, recipients=[partner.pk])
    return goal


@transaction.atomic
def evaluate(*, goal: PlanGoal, result: GoalResult, evaluation: str, by: User) -> None:
    """Say how it went. Saying it twice is saying it once."""
    found = PlanGoal.objects.visible_to(by).select_for_update(no_key=True, of=("self",))
    kept: PlanGoal | None = found.select_related("case").filter(pk=goal.pk).first()
    if kept is None:
        raise NotPossible("U kunt dit doel niet meer zien.")
    check_can_plan(by, kept.case)
    if (kept.result, kept.evaluation, kept.evaluated_by_id) == (result, evaluation, by.pk):
        return
    check_running(kept)
    if not evaluation.strip():
        raise NotPossible("Zeg hoe het ging.")
    PlanGoal.objects.filter(pk=kept.pk).update(
        result=result, evaluation=evaluation, evaluated_at=Now(), evaluated_by=by
    )
    record(CaseEvent.GOAL_EVALUATED, by=by, about=kept, result=result)
