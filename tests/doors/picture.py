"""Doors of the picture, of what is around a youth, and of the ledger of who was informed."""

from tests.doors import Door
from tests.doors.cases import ONLY_READ, READERS, REGIE, _case
from tests.doors.measures import AT_THE_TABLE, KEEPER


def _remark(w):
    return {"uuid": w.remark.uuid}


def _attachment(w):
    return {"uuid": w.attachment.uuid}


def _of_case(name):
    return lambda w: {"uuid": w.case.uuid, "what": getattr(w, name).uuid}


WRITES = {"ok": AT_THE_TABLE, "also": {"mentor": 403}}
DOORS = {
    "cases:picture_detail": Door(kwargs=_case, ok=READERS),
    "cases:remark_add": Door(kwargs=_case, **WRITES),
    "cases:remark_detail": Door(kwargs=_remark, ok=READERS),
    "cases:remark_withdraw": Door(kwargs=_remark, ok=REGIE, also=ONLY_READ),  # regie said it
    "cases:attachment_list": Door(kwargs=_case, ok=READERS),
    "cases:attachment_add": Door(kwargs=_case, **WRITES),
    "cases:attachment_detail": Door(kwargs=_attachment, ok=READERS),
    "cases:attachment_open": Door(kwargs=_attachment, ok=READERS),
    "cases:attachment_withdraw": Door(kwargs=_attachment, ok=REGIE, also=ONLY_READ),  # regie sent it
    "cases:youth_change": Door(kwargs=_case, ok=REGIE, also=ONLY_READ),
    "cases:around_detail": Door(kwargs=_case, ok=READERS),
    "cases:place_note": Door(kwargs=_case, **WRITES),
    "cases:relative_note": Door(kwargs=_case, **WRITES),
    "cases:place_end": Door(kwargs=_of_case("place"), **WRITES),
    "cases:relative_end": Door(kwargs=_of_case("relative"), **WRITES),
    "cases:informing_note": Door(kwargs=_case, ok=READERS),
    # Of the two regisseurs, who did not ask for it agrees.
    "cases:informing_agree": Door(
        kwargs=lambda w: {"uuid": w.informing.uuid},
        ok={"tweede_regisseur"},
        also=ONLY_READ | {"regisseur": 403},
        method="POST",
        status=303,
    ),
    "cases:life_area_change": Door(kwargs=lambda w: {"code": "school"}, ok=KEEPER, otherwise=403),
}
