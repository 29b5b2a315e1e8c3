"""Doors of finding: words, kept views, exports. The view of the world is the regisseur's own."""

from tests.doors import Door
from tests.doors.cases import LIST, REGIE

LEADS = {*REGIE, "lja_heerlen", "lja_kerkrade", "pga"}

DOORS = {
    "cases:case_search": Door(ok=LIST - {"mentor"}, otherwise=403),
    # Without a name there is nothing to keep.
    "cases:saved_view_keep": Door(ok=LIST, otherwise=403, method="POST", status=400),
    "cases:saved_view_remove": Door(
        kwargs=lambda w: {"uuid": w.saved_view.uuid}, ok={"regisseur"}, method="POST", status=303
    ),
    "cases:case_export": Door(ok=LEADS, otherwise=403),
    "cases:case_export_list": Door(ok={*LEADS, "fg"}, otherwise=403),
}
