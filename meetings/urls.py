"""Addresses of series, meetings, agendas and minutes."""

from django.urls import path

from meetings.views import (
    agenda,
    closing_days,
    contributions,
    corrections,
    desk,
    follow,
    group_points,
    live,
    meetings,
    minutes,
    notes,
    presence,
    proofs,
    series,
    sheets,
    urgent,
)

app_name = "meetings"
urlpatterns = [
    # the rhythm, kept by the beheerder
    path("beheer/reeksen/", series.series_list, name="series_list"),
    path("beheer/reeksen/nieuw/", series.series_add, name="series_add"),
    path("beheer/reeksen/<uuid:uuid>/", series.series_detail, name="series_detail"),
    path("beheer/reeksen/<uuid:uuid>/wijzigen/", series.series_edit, name="series_edit"),
    path("beheer/reeksen/<uuid:uuid>/stoppen/", series.series_end, name="series_end"),
    path("beheer/reeksen/<uuid:uuid>/deelnemers/toevoegen/", series.standing_add, name="standing_add"),
    path("beheer/reeksen/<uuid:uuid>/deelnemers/beeindigen/", series.standing_end, name="standing_end"),
    path("beheer/sluitingsdagen/", closing_days.closing_day_list, name="closing_day_list"),
    path("beheer/sluitingsdagen/overnemen/", closing_days.closing_days_take, name="closing_days_take"),
    path("beheer/sluitingsdagen/weghalen/", closing_days.closing_day_remove, name="closing_day_remove"),
    # meetings and their agenda
    path("overleg/", meetings.meeting_list, name="meeting_list"),
    path("overleg/dossier/<uuid:uuid>/", meetings.case_items, name="case_items"),
    path("overleg/<uuid:uuid>/", agenda.meeting_detail, name="meeting_detail"),
    path("overleg/<uuid:uuid>/annuleren/", meetings.meeting_cancel, name="meeting_cancel"),
    path("overleg/<uuid:uuid>/agenda/maken/", agenda.agenda_build, name="agenda_build"),
    path("overleg/<uuid:uuid>/agenda/vaststellen/", agenda.agenda_agree, name="agenda_agree"),
    path("overleg/<uuid:uuid>/agenda/toevoegen/", agenda.agenda_add, name="agenda_add"),
    path("overleg/punt/<uuid:uuid>/", agenda.item_prepare, name="item_prepare"),
    path("overleg/punt/<uuid:uuid>/verplaatsen/", agenda.item_move, name="item_move"),
    path("overleg/punt/<uuid:uuid>/weghalen/", agenda.item_remove, name="item_remove"),
    path("overleg/<uuid:uuid>/zo-ziet/<uuid:partner>/", agenda.agenda_preview, name="agenda_preview"),
    # what organisations say beforehand
    path("overleg/<uuid:uuid>/inbreng/", contributions.contribution_list, name="contribution_list"),
    path("overleg/punt/<uuid:uuid>/inbreng/", contributions.contribute, name="contribute"),
    path("overleg/dossier/<uuid:uuid>/spoed/", urgent.urgent_call, name="urgent_call"),
    # groups on an agenda
    path("overleg/groep/<uuid:uuid>/", group_points.group_points, name="group_points"),
    path("overleg/<uuid:uuid>/groep/<uuid:group>/", group_points.group_put, name="group_put"),
    path("overleg/groepspunt/<uuid:uuid>/", group_points.group_point, name="group_point"),
    path("overleg/groepspunt/<uuid:uuid>/weghalen/", group_points.group_remove, name="group_remove"),
    # the live page
    path("overleg/<uuid:uuid>/leiden/", live.live, name="live"),
    path("overleg/<uuid:uuid>/starten/", live.live_start, name="live_start"),
    path("overleg/<uuid:uuid>/leiden/namen/", live.live_names, name="live_names"),
    path("overleg/<uuid:uuid>/aanwezig/", live.live_attendance, name="live_attendance"),
    path("overleg/<uuid:uuid>/sluiten/", live.live_close, name="live_close"),
    path("overleg/<uuid:uuid>/leiden/<uuid:item>/", desk.live_item, name="live_item"),
    path("overleg/<uuid:uuid>/leiden/<uuid:item>/openen/", presence.item_clear, name="item_clear"),
    path("overleg/<uuid:uuid>/leiden/<uuid:item>/later/", presence.item_later, name="item_later"),
    path("overleg/<uuid:uuid>/leiden/<uuid:item>/aan-tafel/", presence.item_presence, name="item_presence"),
    path(
        "overleg/<uuid:uuid>/leiden/<uuid:item>/<int:version>/", desk.live_item_since, name="live_item_since"
    ),
    path("overleg/<uuid:uuid>/leiden/<uuid:item>/notitie/", notes.item_note, name="item_note"),
    path("overleg/<uuid:uuid>/leiden/<uuid:item>/besluit/", desk.item_decide, name="item_decide"),
    path(
        "overleg/<uuid:uuid>/leiden/<uuid:item>/besluit/<uuid:decision>/terug/",
        desk.decision_take_back,
        name="decision_take_back",
    ),
    path("overleg/<uuid:uuid>/leiden/<uuid:item>/actie/", desk.item_act, name="item_act"),
    path("overleg/<uuid:uuid>/leiden/<uuid:item>/actie/gelezen/", desk.item_act_read, name="item_act_read"),
    path(
        "overleg/<uuid:uuid>/leiden/<uuid:item>/actie/<uuid:action>/terug/",
        desk.action_take_back,
        name="action_take_back",
    ),
    path("overleg/<uuid:uuid>/leiden/<uuid:item>/besproken/", desk.item_discussed, name="item_discussed"),
    # who follows
    path("overleg/<uuid:uuid>/volgen/", follow.follow, name="follow"),
    path("overleg/<uuid:uuid>/volgen/mag/", follow.follow_allowed, name="follow_allowed"),
    path("overleg/<uuid:uuid>/volgen/<int:version>/", follow.follow_since, name="follow_since"),
    # the minutes
    path("overleg/<uuid:uuid>/verslag/", minutes.minutes, name="minutes"),
    path("overleg/punt/<uuid:uuid>/verslag/", corrections.minutes_item, name="minutes_item"),
    path("overleg/opmerking/<uuid:uuid>/antwoord/", corrections.remark_answer, name="remark_answer"),
    path("overleg/<uuid:uuid>/verslag/stand/", minutes.minutes_progress, name="minutes_progress"),
    path("overleg/<uuid:uuid>/verslag/vaststellen/", minutes.minutes_confirm, name="minutes_confirm"),
    path("overleg/<uuid:uuid>/verslag/opnieuw/", minutes.minutes_again, name="minutes_again"),
    path("documenten/<uuid:uuid>/", minutes.document, name="document"),
    path("overleg/<uuid:uuid>/agenda/pdf/", sheets.agenda_sheet, name="agenda_sheet"),
    path("overleg/<uuid:uuid>/acties/pdf/", sheets.action_sheet, name="action_sheet"),
    path("overleg/punt/<uuid:uuid>/verslag/", sheets.extract, name="extract"),
    path("overleg/punt/<uuid:uuid>/verslag/pdf/", sheets.extract_sheet, name="extract_sheet"),
    # for who holds one, without a login
    path("echt/", proofs.proof_find, name="proof_find"),
    path("echt/<slug:code>/", proofs.proof, name="proof"),
    path("echt/<slug:code>/bestand/", proofs.proof_compare, name="proof_compare"),
]
