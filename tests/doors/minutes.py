"""Doors of the minutes: the whole for regie, a part for each partner that was invited."""

from tests.doors import Door

LEADERS = {"regisseur", "tweede_regisseur"}
AT_THE_TABLE = {"agent": 403, "jongerenwerker": 403, "haltmedewerker": 403}


def _meeting(world):
    return {"uuid": world.meeting_closed.uuid}


DOORS = {
    "meetings:minutes": Door(kwargs=_meeting, ok=LEADERS | {"agent", "jongerenwerker"}),
    "meetings:minutes_progress": Door(kwargs=_meeting, ok=LEADERS, also=AT_THE_TABLE),
    "meetings:minutes_confirm": Door(
        kwargs=_meeting, ok=LEADERS, also=AT_THE_TABLE, method="POST", status=303
    ),
    "meetings:minutes_again": Door(kwargs=_meeting, ok=LEADERS, also=AT_THE_TABLE, method="POST", status=303),
    "meetings:minutes_item": Door(
        kwargs=lambda w: {"uuid": w.closed_item.uuid}, ok=LEADERS | {"agent", "jongerenwerker"}
    ),
    "meetings:remark_answer": Door(
        kwargs=lambda w: {"uuid": w.minutes_remark.uuid},
        ok=LEADERS,
        also={"agent": 403, "jongerenwerker": 403},
        method="POST",
        status=400,  # the empty form comes back
    ),
    # Papers made while one waits: who sits at the table gets what that organisation reads, if only numbers and times.
    "meetings:agenda_sheet": Door(kwargs=_meeting, ok=LEADERS | set(AT_THE_TABLE)),
    "meetings:action_sheet": Door(kwargs=_meeting, ok=LEADERS | set(AT_THE_TABLE)),
    "meetings:extract": Door(
        kwargs=lambda w: {"uuid": w.confirmed_item.uuid}, ok=LEADERS | {"agent", "jongerenwerker"}
    ),
    "meetings:extract_sheet": Door(
        kwargs=lambda w: {"uuid": w.confirmed_item.uuid}, ok=LEADERS | {"agent", "jongerenwerker"}
    ),
    "meetings:document": Door(kwargs=lambda w: {"uuid": w.document_cut.uuid}, ok=LEADERS | {"agent"}),
}
