"""Doors of the measures, and of their catalogue. The measure is of the youth work organisation, in the case of the world."""

from cases.models import MeasureKind
from tests.doors import Door
from tests.doors.cases import ONLY_READ, READERS, REGIE, _case

OWNERS = {*REGIE, "jongerenwerker"}
KEEPER = {"beheerder"}
AT_THE_TABLE = {*REGIE, "agent", "jongerenwerker"}


def _measure(w):
    return {"uuid": w.measure.uuid}


def _kind(w):
    return {"uuid": MeasureKind.objects.get(code="WEERBAAR").uuid}


DOORS = {
    "cases:measure_note": Door(kwargs=_case, ok=AT_THE_TABLE, also={"mentor": 403}),
    "cases:measure_strip": Door(kwargs=_case, ok=READERS),
    # Without saying which warning there is nothing to answer: back to the case.
    "cases:clash_answer": Door(kwargs=_case, ok=REGIE, also=ONLY_READ, status=303),
    "cases:measure_detail": Door(kwargs=_measure, ok=READERS),
    "cases:measure_change": Door(kwargs=_measure, ok=OWNERS, also={"agent": 403, "mentor": 403}),
    "cases:measure_renew": Door(kwargs=_measure, ok=OWNERS, also={"agent": 403, "mentor": 403}),
    "cases:measure_confirm": Door(
        kwargs=_measure, ok=OWNERS, also={"agent": 403, "mentor": 403}, method="POST", status=303
    ),
    "cases:measure_kind_list": Door(ok=KEEPER, otherwise=403),
    "cases:measure_kind_add": Door(ok=KEEPER, otherwise=403),
    "cases:measure_kind_change": Door(kwargs=_kind, ok=KEEPER, otherwise=403),
    "cases:measure_kind_close": Door(kwargs=_kind, ok=KEEPER, otherwise=403, method="POST", status=303),
    "cases:rule_term_change": Door(kwargs=lambda w: {"code": "huisbezoek"}, ok=KEEPER, otherwise=403),
    "cases:age_limit_change": Door(kwargs=lambda w: {"age": 12}, ok=KEEPER, otherwise=403),
}
