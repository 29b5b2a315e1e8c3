"""Doors of the actions. The action is of the youth work organisation, in the case of the world."""

from tests.doors import Door
from tests.doors.cases import ONLY_READ, READERS, REGIE, _case

OWNERS = {*REGIE, "jongerenwerker"}
LIST = {*OWNERS, "lja_heerlen", "lja_kerkrade", "pga", "agent", "coach_lja", "haltmedewerker"}


def _action(w):
    return {"uuid": w.action.uuid}


DOORS = {
    "cases:action_list": Door(ok=LIST, otherwise=403),
    "cases:action_detail": Door(kwargs=_action, ok=READERS),
    "cases:action_move": Door(
        kwargs=_action, ok=OWNERS, also={"agent": 403, "mentor": 403}, method="POST", status=400
    ),
    "cases:action_agree": Door(kwargs=_case, ok=REGIE, also=ONLY_READ),
}
