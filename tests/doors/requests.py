"""Doors of asking for access, break-glass, and what is secret. The agent asked; regie and the privacy officer judge."""

from tests.doors import Door
from tests.doors.cases import LIST, READERS, REGIE, _case

ASKERS = LIST - {"mentor"}  # who reads cases by role
LEADS = {"regisseur", "tweede_regisseur", "lja_heerlen", "lja_kerkrade", "pga"}
CLEARED = {"regisseur", "lja_heerlen", "pga"}


def _request(w):
    return {"uuid": w.access_request.uuid}


def _used(w):
    return {"uuid": w.break_glass.uuid}


DOORS = {
    "cases:access_request_list": Door(ok=ASKERS | {"fg"}, otherwise=403),
    "cases:access_request_add": Door(ok=ASKERS, otherwise=403),
    "cases:access_request_detail": Door(kwargs=_request, ok=REGIE | {"agent", "fg"}),
    "cases:access_request_answer": Door(
        kwargs=_request, ok=REGIE, also={"agent": 403, "fg": 403}, method="POST", status=400
    ),
    "cases:access_request_refuse": Door(
        kwargs=_request, ok=REGIE, also={"agent": 403, "fg": 403}, method="POST", status=400
    ),
    "cases:access_request_open": Door(
        kwargs=_used, ok=set(), also={"haltmedewerker": 409, **dict.fromkeys(REGIE, 403), "fg": 403}, method="POST"
    ),
    "cases:access_request_review": Door(
        kwargs=_used, ok=REGIE | {"fg"}, also={"haltmedewerker": 403}, method="POST", status=400
    ),
    "cases:exclusion_end": Door(
        kwargs=_case, ok=REGIE, also=dict.fromkeys(READERS - REGIE, 403), method="POST", status=400
    ),
    "cases:case_step_aside": Door(kwargs=_case, ok=READERS),
    "cases:number_note": Door(kwargs=_case, ok=set(), otherwise=404),  # off: no ground is set
    "cases:address_note": Door(
        kwargs=_case, ok={"regisseur"}, also=dict.fromkeys(READERS - {"regisseur"}, 403)
    ),
    "cases:reporter_note": Door(kwargs=lambda w: {"uuid": w.signal.uuid}, ok={"mentor"}),
    "cases:address_reveal": Door(kwargs=lambda w: {"uuid": w.secret_address.uuid}, ok={"regisseur"}),
    "cases:reporter_reveal": Door(kwargs=lambda w: {"uuid": w.reporter.uuid}, ok={"regisseur", "mentor"}),
    "cases:reveal_list": Door(ok=CLEARED, otherwise=403),
    "cases:reveal_see": Door(
        kwargs=lambda w: {"uuid": w.reveal.uuid}, ok=set(), otherwise=403,
        also={"lja_heerlen": 404, "pga": 404}, method="POST",
    ),
}  # fmt: skip
