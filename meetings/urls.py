"""Addresses of series, meetings, agendas and minutes."""

from django.urls import path

from meetings.views import (
    agenda,
    breaks,
    closing_days,
    contributions,
    deputies,
    desk,
    follow,
    group_points,
    live,
    meetings,
    minutes,
    series,
    topics,
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
    path("beheer/reeksen/<uuid:uuid>/plaatsvervangers/", deputies.deputy_list, name="deputy_list"),
    path("beheer/plaatsvervangers/<uuid:uuid>/beeindigen/", deputies.deputy_end, name="deputy_end"),
    path("beheer/sluitingsdagen/", closing_days.closing_day_list, name="closing_day_list"),
    path("beheer/sluitingsdagen/overnemen/", closing_days.closing_days_take, name="closing_days_take"),
    path("beheer/sluitingsdagen/weghalen/", closing_days.closing_day_remove, name="closing_day_remove"),
    # meetings and their agenda
    path("overleg/", meetings.meeting_list, name="meeting_list"),
    path("overleg/dossier/<uuid:uuid>/", meetings.case_items, name="case_items"),
    path("overleg/<uuid:uuid>/", agenda.meeting_detail, name="meeting_detail"),
    path("overleg/<uuid:uuid>/annuleren/", meetings.meeting_cancel, name="meeting_cancel"),
    path("overleg/<uuid:uuid>/wie-komt/", deputies.meeting_absences, name="meeting_absences"),
    path("overleg/<uuid:uuid>/plaats/", meetings.meeting_place, name="meeting_place"),
    path("overleg/<uuid:uuid>/agenda/maken/", agenda.agenda_build, name="agenda_build"),
    path("overleg/<uuid:uuid>/agenda/vaststellen/", agenda.agenda_agree, name="agenda_agree"),
    path("overleg/<uuid:uuid>/agenda/toevoegen/", agenda.agenda_add, name="agenda_add"),
    path("overleg/<uuid:uuid>/pauze/", breaks.break_put, name="break_put"),
    path("overleg/<uuid:uuid>/pauze/verplaatsen/", breaks.break_move, name="break_move"),
    path("overleg/<uuid:uuid>/pauze/weghalen/", breaks.break_remove, name="break_remove"),
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
    # topics of a partneroverleg
    path("overleg/<uuid:uuid>/onderwerp/", topics.topic_add, name="topic_add"),
    path("overleg/onderwerp/<uuid:uuid>/", topics.topic_edit, name="topic_edit"),
    path("overleg/onderwerp/<uuid:uuid>/uitkomst/", topics.topic_write, name="topic_write"),
    path("overleg/onderwerp/<uuid:uuid>/verplaatsen/", topics.topic_move, name="topic_move"),
    path("overleg/onderwerp/<uuid:uuid>/weghalen/", topics.topic_remove, name="topic_remove"),
    # the live page
    path("overleg/<uuid:uuid>/leiden/", live.live, name="live"),
    path("overleg/<uuid:uuid>/starten/", live.live_start, name="live_start"),
    path("overleg/<uuid:uuid>/leiden/namen/", live.live_names, name="live_names"),
    path("overleg/<uuid:uuid>/aanwezig/", live.live_attendance, name="live_attendance"),
    path("overleg/<uuid:uuid>/sluiten/", live.live_close, name="live_close"),
    path("overleg/<uuid:uuid>/leiden/<uuid:item>/", desk.live_item, name="live_item"),
    path("overleg/<uuid:uuid>/leiden/<uuid:item>/notitie/", desk.item_note, name="item_note"),
    path("overleg/<uuid:uuid>/leiden/<uuid:item>/besluit/", desk.item_decide, name="item_decide"),
    path(
        "overleg/<uuid:uuid>/leiden/<uuid:item>/besluit/<uuid:decision>/terug/",
        desk.decision_take_back,
        name="decision_take_back",
    ),
    path("overleg/<uuid:uuid>/leiden/<uuid:item>/actie/", desk.item_act, name="item_act"),
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
    path("overleg/<uuid:uuid>/verslag/stand/", minutes.minutes_progress, name="minutes_progress"),
    path("overleg/<uuid:uuid>/verslag/vaststellen/", minutes.minutes_confirm, name="minutes_confirm"),
    path("overleg/<uuid:uuid>/verslag/opnieuw/", minutes.minutes_again, name="minutes_again"),
    path("documenten/<uuid:uuid>/", minutes.document, name="document"),
]
