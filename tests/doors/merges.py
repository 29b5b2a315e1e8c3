"""Doors of youths who are one, and of signals that stood with the wrong youth."""

from tests.doors import Door
from tests.doors.cases import ONLY_READ, REGIE, _case


def _wrong(w):
    return {"uuid": w.wrong_youth.uuid}


LEADS = {*REGIE, "lja_heerlen", "lja_kerkrade", "pga"}
DOORS = {
    "cases:merge_find": Door(kwargs=_case, ok=REGIE, also=ONLY_READ),
    "cases:merge_confirm": Door(
        kwargs=lambda w: {"uuid": w.case.uuid, "other": w.other_youth.uuid}, ok=REGIE, also=ONLY_READ
    ),
    "cases:merge_undo": Door(kwargs=lambda w: {"uuid": w.merge.uuid}, ok=REGIE),
    "cases:wrong_youth_unlink": Door(kwargs=_case, ok=REGIE, also=ONLY_READ),
    "cases:wrong_youth_list": Door(ok={*LEADS, "fg"}, otherwise=403),
    "cases:wrong_youth_detail": Door(kwargs=_wrong, ok={*REGIE, "fg"}),
    "cases:wrong_youth_note": Door(kwargs=_wrong, ok=REGIE, also={"fg": 403}),
}
