"""Doors of the meeting while it runs: only for who leads it. Who sits at the table is refused, others know nothing."""

from uuid import UUID

from tests.doors import Door

LEADERS = {"regisseur", "tweede_regisseur"}
AT_THE_TABLE = {"agent": 403, "jongerenwerker": 403, "haltmedewerker": 403}
NOT_THERE = UUID(int=1)


def _meeting(world):
    return {"uuid": world.meeting_running.uuid}


def _item(world):
    return {"uuid": world.meeting_running.uuid, "item": world.item.uuid}


def _leading(kwargs, **more):
    return Door(kwargs=kwargs, ok=LEADERS, also=AT_THE_TABLE, **more)


FOLLOWERS = LEADERS | set(AT_THE_TABLE)
DOORS = {
    "meetings:follow": Door(kwargs=_meeting, ok=FOLLOWERS),
    "meetings:follow_since": Door(kwargs=lambda w: _meeting(w) | {"version": 0}, ok=FOLLOWERS),
    "meetings:follow_allowed": Door(kwargs=_meeting, ok=FOLLOWERS, status=204),
    "meetings:live_names": _leading(_meeting, method="POST", status=303),
    "meetings:live": _leading(_meeting),
    "meetings:live_start": _leading(_meeting, method="POST", status=303),
    "meetings:live_attendance": _leading(_meeting, method="POST", status=303),
    "meetings:live_close": _leading(_meeting),
    "meetings:live_item": _leading(_item),
    "meetings:item_clear": _leading(_item, method="POST", status=303),
    "meetings:item_later": _leading(_item, method="POST", status=409),  # it was discussed
    "meetings:item_presence": _leading(_item, method="POST", status=303),
    "meetings:live_item_since": _leading(lambda w: _item(w) | {"version": 0}),
    "meetings:item_note": _leading(_item, method="POST", status=400),
    "meetings:item_decide": _leading(_item, method="POST", status=400),
    "meetings:decision_take_back": _leading(
        lambda w: _item(w) | {"decision": w.decision.uuid}, method="POST", status=303
    ),
    "meetings:item_act": _leading(_item, method="POST", status=400),
    "meetings:item_act_read": _leading(_item, method="POST"),
    "meetings:action_take_back": _leading(
        lambda w: _item(w) | {"action": NOT_THERE}, method="POST", status=404
    ),
    "meetings:item_discussed": _leading(_item, method="POST", status=303),
}
