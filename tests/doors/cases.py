"""Doors of the case: the list, the case, its plan and its end. The mentor was given access by name."""

from tests.doors import Door

REGIE = {"regisseur", "tweede_regisseur"}
READERS = {*REGIE, "agent", "jongerenwerker", "mentor"}
LIST = {*READERS, "lja_heerlen", "lja_kerkrade", "pga", "coach_lja", "haltmedewerker"}
ONLY_READ = dict.fromkeys(READERS - REGIE, 403)


def _case(w):
    return {"uuid": w.case.uuid}


DOORS = {
    "cases:case_list": Door(ok=LIST, otherwise=403),
    "cases:case_detail": Door(kwargs=_case, ok=READERS),
    "cases:case_plan": Door(kwargs=_case, ok=REGIE, also=ONLY_READ),
    "cases:case_close": Door(kwargs=_case, ok=REGIE, also=ONLY_READ),
    "cases:case_reopen": Door(
        kwargs=lambda w: {"uuid": w.closed_case.uuid}, ok=REGIE, also={"agent": 403, "jongerenwerker": 403}
    ),
}
