"""Doors of the rhythm, the meetings and their agenda."""

from uuid import UUID

from tests.doors import Door

KEEPER = {"beheerder"}
REGIE = {"regisseur", "tweede_regisseur"}
TABLE = {*REGIE, "agent", "jongerenwerker", "haltmedewerker"}
ATTEND = {*TABLE, "lja_heerlen", "lja_kerkrade", "pga", "coach_lja"}
# A deelnemer knows the meeting and does not prepare it.
SEATS = dict.fromkeys(TABLE - REGIE, 403)


def _series(w):
    return {"uuid": w.series.uuid}


def _draft(w):
    return {"uuid": w.meeting_draft.uuid}


def _item(w):
    """A point of an agenda that can still be changed: not of the one that runs."""
    return {"uuid": w.draft_item.uuid}


def _topic(w):
    return {"uuid": w.topic.uuid}


DOORS = {
    "meetings:series_list": Door(ok=KEEPER, otherwise=403),
    "meetings:series_add": Door(ok=KEEPER, otherwise=403),
    "meetings:series_detail": Door(kwargs=_series, ok=KEEPER, otherwise=403),
    "meetings:series_edit": Door(kwargs=_series, ok=KEEPER, otherwise=403),
    "meetings:series_end": Door(kwargs=_series, ok=KEEPER, otherwise=403, method="POST", status=303),
    "meetings:standing_add": Door(kwargs=_series, ok=KEEPER, otherwise=403, method="POST", status=400),
    "meetings:standing_end": Door(kwargs=_series, ok=KEEPER, otherwise=403, method="POST", status=303),
    "meetings:deputy_list": Door(kwargs=_series, ok=KEEPER, otherwise=403),
    # Nobody is a deputy yet: also for who keeps them there is none with this number.
    "meetings:deputy_end": Door(
        kwargs=lambda w: {"uuid": UUID(int=1)},
        ok=set(),
        otherwise=403,
        also={"beheerder": 404},
        method="POST",
    ),
    "meetings:closing_day_list": Door(ok=KEEPER, otherwise=403),
    "meetings:closing_days_take": Door(ok=KEEPER, otherwise=403, method="POST", status=400),
    "meetings:closing_day_remove": Door(ok=KEEPER, otherwise=403, method="POST", status=303),
    "meetings:meeting_list": Door(ok=ATTEND, otherwise=403),
    "meetings:meeting_detail": Door(kwargs=_draft, ok=TABLE),
    "meetings:meeting_cancel": Door(kwargs=_draft, ok=REGIE, also=SEATS),
    "meetings:meeting_absences": Door(kwargs=_draft, ok=REGIE, also=SEATS),
    "meetings:meeting_place": Door(kwargs=_draft, ok=REGIE, also=SEATS),
    "meetings:agenda_preview": Door(
        kwargs=lambda w: {"uuid": w.meeting_draft.uuid, "partner": w.seat.partner.uuid}, ok=REGIE, also=SEATS
    ),
    "meetings:contribution_list": Door(
        kwargs=lambda w: {"uuid": w.meeting_agreed.uuid}, ok=TABLE - REGIE, also=dict.fromkeys(REGIE, 403)
    ),
    # The police and the youth work organisation are invited; nothing was answered, so the form is refused.
    "meetings:contribute": Door(
        kwargs=lambda w: {"uuid": w.agreed_item.uuid},
        ok={"agent", "jongerenwerker"},
        also=dict.fromkeys(REGIE, 403),
        method="POST",
        status=400,
    ),
    "meetings:agenda_build": Door(kwargs=_draft, ok=REGIE, also=SEATS, method="POST", status=303),
    # Without points there is nothing to confirm; with them it is done once: 303.
    "meetings:agenda_agree": Door(
        kwargs=lambda w: {"uuid": w.meeting_agreed.uuid}, ok=REGIE, also=SEATS, method="POST", status=303
    ),
    "meetings:agenda_add": Door(kwargs=_draft, ok=set(), also=SEATS, method="POST"),
    "meetings:urgent_call": Door(
        kwargs=lambda w: {"uuid": w.case.uuid},
        ok=REGIE,
        also=dict.fromkeys(("agent", "jongerenwerker", "mentor"), 403),
    ),
    # Nothing is chosen: it says so. Nothing stands there: the page of the agenda again.
    "meetings:break_put": Door(kwargs=_draft, ok=REGIE, also=SEATS, method="POST", status=409),
    "meetings:break_move": Door(kwargs=_draft, ok=REGIE, also=SEATS, method="POST", status=303),
    "meetings:break_remove": Door(kwargs=_draft, ok=REGIE, also=SEATS, method="POST", status=303),
    "meetings:topic_add": Door(
        kwargs=lambda w: {"uuid": w.partners_meeting.uuid}, ok=REGIE, also=SEATS, method="POST", status=400
    ),
    "meetings:topic_edit": Door(kwargs=_topic, ok=REGIE, also=SEATS),
    # The meeting has not begun: nothing can have come of it.
    "meetings:topic_write": Door(kwargs=_topic, ok=REGIE, also=SEATS, status=409),
    "meetings:topic_move": Door(kwargs=_topic, ok=REGIE, also=SEATS, method="POST", status=303),
    "meetings:topic_remove": Door(kwargs=_topic, ok=REGIE, also=SEATS, method="POST", status=303),
    "meetings:item_prepare": Door(kwargs=_item, ok=REGIE),
    "meetings:item_move": Door(kwargs=_item, ok=REGIE, method="POST", status=303),
    "meetings:item_remove": Door(kwargs=_item, ok=REGIE, method="POST", status=303),
    "meetings:case_items": Door(
        kwargs=lambda w: {"uuid": w.case.uuid}, ok={*REGIE, "agent", "jongerenwerker", "mentor"}
    ),
}
