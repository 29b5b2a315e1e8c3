"""Who is let into the room of a case, and what is put there: never more than the regime of its level admits."""

from typing import Any

from django.db import transaction

from access.models import Compartment
from access.operations import add_participation, room_of_class
from accounts.models import Partner, User
from accounts.roles import DataClass
from cases.models import Case, LevelRegime
from cases.operations.cases import lock
from cases.permissions.cases import check_can_plan
from cases.rules.levels import check_admitted, check_class_admitted


def room_for(*, case: Case, data_class: DataClass, by: User) -> int:
    """The id of the room of this class at the present level of the case. Basis is everywhere."""
    if data_class != DataClass.BASIS:
        check_class_admitted(data_class, LevelRegime.objects.get(level=case.level))
    return room_of_class(beside=case.room_id, data_class=data_class, by=by)


@transaction.atomic
def let_in(
    *, case: Case, partner: Partner, data_class: DataClass = DataClass.BASIS, by: User, **said: Any
) -> None:
    """An organisation takes part in the case at its present level, and reads this class of it."""
    case = lock(case=case, by=by)
    check_can_plan(by, case)
    check_admitted([partner], LevelRegime.objects.get(level=case.level))
    room = Compartment.objects.visible_to(by).get(pk=room_for(case=case, data_class=data_class, by=by))
    add_participation(compartment=room, partner=partner, by=by, **said)
