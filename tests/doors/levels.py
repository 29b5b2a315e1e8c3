"""Doors of the levels. The proposal is from JPP to LJA Heerlen."""

from tests.doors import Door
from tests.doors.cases import ONLY_READ, REGIE, _case

LEADS = {*REGIE, "lja_heerlen", "lja_kerkrade", "pga"}
AT_THE_TABLE = {"agent": 403, "jongerenwerker": 403}


def _change(w):
    return {"uuid": w.level_change.uuid}


DOORS = {
    "cases:level_change_propose": Door(kwargs=_case, ok=REGIE, also=ONLY_READ),
    "cases:level_change_list": Door(ok=LEADS, otherwise=403),
    "cases:level_change_detail": Door(kwargs=_change, ok={*REGIE, "lja_heerlen"}, also=AT_THE_TABLE),
    "cases:level_change_withdraw": Door(
        kwargs=_change, ok=REGIE, also={**AT_THE_TABLE, "lja_heerlen": 403}, method="POST", status=303
    ),
}
