"""When a youth moved house: the case follows, and an LJA hands it to the LJA of the new municipality."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from access.operations import prepare_room
from accounts.models import User
from accounts.roles import Level
from audit.log import record
from cases.events import CaseEvent
from cases.models import Case, LevelChange, LevelChangeState
from cases.operations.cases import lock
from cases.operations.levels import taking_part
from cases.permissions.cases import check_can_plan
from cases.rules.house_moves import check_follows, check_hands_over, check_moved
from cases.rules.levels import check_none_proposed

LOOK_AGAIN = timedelta(days=14)


@transaction.atomic
def follow(*, case: Case, by: User) -> Case:
    """The municipality where the youth lives now sees to the case. Twice is once."""
    case = lock(case=case, by=by)
    check_can_plan(by, case)
    check_follows(case.level)
    if not case.is_moved:
        return case
    old, case.municipality = case.municipality_id, case.youth.municipality
    case.save(update_fields=["municipality"])
    record(CaseEvent.CASE_MOVED, by=by, about=case, old=old, new=case.municipality_id)
    return case


@transaction.atomic
def hand_over(*, case: Case, by: User) -> LevelChange:
    """Ask the LJA of the new municipality to take the case over. Asking twice is asking once.

    It is a level change from LJA to LJA: its room is made ready at once, and who accepts chooses afresh who takes part.
    """
    case = lock(case=case, by=by)
    mine = LevelChange.objects.visible_to(by).filter(case=case)
    check_can_plan(by, case)
    check_hands_over(case.level)
    check_moved(case)
    home, today = case.youth.municipality, timezone.localdate()
    standing: LevelChange | None = mine.filter(state=LevelChangeState.PROPOSED).first()
    if standing and standing.municipality_id == case.youth.municipality_id:
        return standing
    check_none_proposed(standing is not None)
    change = LevelChange.objects.create(
        case=case,
        compartment_id=case.compartment_id,
        room_id=prepare_room(within=case.compartment_id, level=Level.LJA, municipality=home, by=by),
        old=Level.LJA,
        new=Level.LJA,
        municipality=home,
        reason=f"De jongere verhuisde van {case.municipality or 'elders'} naar {home}.",
        tried="Niet van toepassing: het niveau blijft gelijk.",
        review_on=max(case.review_on or today, today + LOOK_AGAIN),
        partner_ids=taking_part(case=case, by=by),
        proposed_by=by,
    )
    record(CaseEvent.LEVEL_PROPOSED, by=by, about=change, old=change.old, new=change.new)
    return change
