"""Doors of groups. The police and the youth work organisation take part in the group of the world, at the JPP."""

from tests.doors import Door
from tests.doors.agenda import TABLE
from tests.doors.cases import REGIE

LEADS = {*REGIE, "lja_heerlen", "lja_kerkrade"}
AT_A_TABLE = {*LEADS, "pga", "agent", "jongerenwerker", "coach_lja", "haltmedewerker"}
READERS = {*REGIE, "agent", "jongerenwerker"}
ONLY_READ = dict.fromkeys(READERS - REGIE, 403)
KEEPER = {"beheerder"}


def _group(w):
    return {"uuid": w.group.uuid}


def _point(w):
    return {"uuid": w.group_point.uuid}


def _goal(w):
    return {"uuid": w.group_goal.uuid}


def change(kwargs=_group):
    return Door(kwargs=kwargs, ok=REGIE, also=ONLY_READ)


def button(kwargs):
    return Door(kwargs=kwargs, ok=REGIE, also=ONLY_READ, method="POST", status=303)


DOORS = {
    "cases:group_list": Door(ok=AT_A_TABLE, otherwise=403),
    "cases:group_add": Door(ok=LEADS, otherwise=403),
    "cases:group_finder": Door(ok={*LEADS, "pga"}, otherwise=403),
    "cases:group_finder_network": Door(ok={*LEADS, "pga"}, otherwise=403),
    "cases:group_detail": Door(kwargs=_group, ok=READERS),
    "cases:group_network": Door(kwargs=_group, ok=READERS),
    "cases:group_change": change(),
    "cases:group_move": change(),
    # Nothing runs in the quiet one: it can be closed. No organisation takes part in it.
    "cases:group_close": Door(kwargs=lambda w: {"uuid": w.quiet_group.uuid}, ok=REGIE),
    "cases:group_place_add": change(),
    "cases:group_place_end": button(lambda w: {"uuid": w.group_place.uuid}),
    "cases:group_partner_add": change(),
    "cases:group_partner_end": button(_group),
    "cases:group_member_add": change(),
    "cases:group_member_end": button(lambda w: {"uuid": w.member.uuid}),
    "cases:group_goal_add": change(),
    "cases:group_goal_report": Door(kwargs=_goal, ok={*REGIE, "jongerenwerker"}, also={"agent": 403}),
    "meetings:group_points": Door(kwargs=_group, ok=READERS),
    "meetings:group_put": Door(
        kwargs=lambda w: {"uuid": w.meeting_draft.uuid, "group": w.group.uuid},
        ok=REGIE,
        also=dict.fromkeys(TABLE - REGIE, 403),
    ),
    "meetings:group_point": Door(kwargs=_point, ok=READERS),
    "meetings:group_remove": button(_point),
    "cases:group_settings": Door(ok=KEEPER, otherwise=403),
    "cases:convenant_kind_change": Door(kwargs=lambda w: {"code": "school"}, ok=KEEPER, otherwise=403),
    "cases:finder_threshold_change": Door(kwargs=lambda w: {"code": "3-keer"}, ok=KEEPER, otherwise=403),
}
