"""Doors of the levels. The proposal is from JPP to LJA Heerlen."""

from cases.models import LevelCriterion
from tests.doors import Door
from tests.doors.cases import ONLY_READ, READERS, REGIE, _case

LEADS = {*REGIE, "lja_heerlen", "lja_kerkrade", "pga"}
AT_THE_TABLE = {"agent": 403, "jongerenwerker": 403}


def _change(w):
    return {"uuid": w.level_change.uuid}


def _plan(w):
    return {"uuid": w.plan_case.uuid}


def _pga(w):
    return {"uuid": w.pga_case.uuid}


PGA_READERS = {*REGIE, "pga", "agent", "jongerenwerker"}
KEEPER = {"beheerder"}
PLAN_READERS = {*REGIE, "lja_heerlen", "coach_lja", "agent", "jongerenwerker"}
DOORS = {
    "cases:level_change_propose": Door(kwargs=_case, ok=REGIE, also=ONLY_READ),
    "cases:level_change_list": Door(ok=LEADS, otherwise=403),
    "cases:level_change_detail": Door(kwargs=_change, ok={*REGIE, "lja_heerlen"}, also=AT_THE_TABLE),
    # Its criteria were ticked when it was proposed; ticking none is refused with a reason.
    "cases:level_change_tick": Door(
        kwargs=_change, ok=REGIE, also={**AT_THE_TABLE, "lja_heerlen": 403}, method="POST", status=409
    ),
    "cases:regime_list": Door(ok=KEEPER, otherwise=403),
    "cases:regime_change": Door(kwargs=lambda w: {"level": 1}, ok=KEEPER, otherwise=403),
    "cases:criterion_change": Door(
        kwargs=lambda w: {"uuid": LevelCriterion.objects.first().uuid}, ok=KEEPER, otherwise=403
    ),
    # The plan is of a case at the LJA; the JPP that had it reads its head only.
    "cases:plan_detail": Door(kwargs=_plan, ok=PLAN_READERS),
    "cases:goal_set": Door(
        kwargs=_plan, ok={"lja_heerlen"}, also=dict.fromkeys(PLAN_READERS - {"lja_heerlen"}, 403)
    ),
    "cases:goal_evaluate": Door(
        kwargs=lambda w: {"uuid": w.goal.uuid}, ok={"lja_heerlen"}, also={"coach_lja": 403}
    ),
    "cases:story_picture": Door(kwargs=_case, ok=READERS),
    # A question is of a case at the PGA.
    "cases:advice_list": Door(kwargs=_pga, ok=PGA_READERS),
    "cases:advice_ask": Door(kwargs=_pga, ok={"pga"}, also=dict.fromkeys(PGA_READERS - {"pga"}, 403)),
    "cases:advice_answer": Door(kwargs=lambda w: {"uuid": w.advice.uuid}, ok={"pga"}),
    # Nobody moved house: at the JPP nothing is to follow.
    "cases:case_move": Door(kwargs=_case, ok=REGIE, also=ONLY_READ, method="POST", status=303),
    "cases:level_change_withdraw": Door(
        kwargs=_change, ok=REGIE, also={**AT_THE_TABLE, "lja_heerlen": 403}, method="POST", status=303
    ),
}
