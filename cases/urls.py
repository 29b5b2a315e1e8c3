"""Addresses of signals, cases, levels and actions."""

from django.urls import path

from cases.views import (
    access,
    access_requests,
    actions,
    cases,
    catalogue,
    group_finder,
    group_networks,
    group_parts,
    groups,
    levels,
    measures,
    secrets,
    signals,
    triage,
)

app_name = "cases"

urlpatterns = [
    # signals
    path("signalen/", signals.signal_list, name="signal_list"),
    path("signalen/nieuw/", signals.signal_add, name="signal_add"),
    path("signalen/ingebracht/", signals.told_signal_list, name="told_signal_list"),
    path("signalen/ingebracht/<uuid:uuid>/", signals.told_signal_detail, name="told_signal_detail"),
    path("signalen/<uuid:uuid>/", signals.signal_detail, name="signal_detail"),
    path("signalen/<uuid:uuid>/bewerken/", signals.signal_edit, name="signal_edit"),
    path("signalen/<uuid:uuid>/antwoorden/", signals.signal_answer, name="signal_answer"),
    path("signalen/<uuid:uuid>/intrekken/", signals.signal_withdraw, name="signal_withdraw"),
    path("beoordelen/", triage.triage_list, name="triage_list"),
    path("beoordelen/<uuid:uuid>/", triage.triage_detail, name="triage_detail"),
    path("beoordelen/<uuid:uuid>/accepteren/", triage.triage_accept, name="triage_accept"),
    path("beoordelen/<uuid:uuid>/nog-een-jongere/", triage.triage_tell, name="triage_tell"),
    path("beoordelen/<uuid:uuid>/vragen/", triage.triage_ask, name="triage_ask"),
    path("beoordelen/<uuid:uuid>/doorverwijzen/", triage.triage_refer, name="triage_refer"),
    path("beoordelen/<uuid:uuid>/afwijzen/", triage.triage_reject, name="triage_reject"),
    # cases
    path("dossiers/", cases.case_list, name="case_list"),
    path("dossiers/<uuid:uuid>/", cases.case_detail, name="case_detail"),
    path("dossiers/<uuid:uuid>/regie/", cases.case_plan, name="case_plan"),
    path("dossiers/<uuid:uuid>/sluiten/", cases.case_close, name="case_close"),
    path("dossiers/<uuid:uuid>/heropenen/", cases.case_reopen, name="case_reopen"),
    # who can see a case
    path("dossiers/<uuid:uuid>/toegang/", access.case_access, name="case_access"),
    path("dossiers/<uuid:uuid>/toegang/organisatie/", access.participation_add, name="participation_add"),
    path(
        "dossiers/<uuid:uuid>/toegang/organisatie/stoppen/",
        access.participation_end,
        name="participation_end",
    ),
    path("dossiers/<uuid:uuid>/toegang/persoon/", access.grant_give, name="grant_give"),
    path("dossiers/<uuid:uuid>/toegang/persoon/stoppen/", access.grant_end, name="grant_end"),
    path("dossiers/<uuid:uuid>/toegang/uitgesloten/", access.exclusion_end, name="exclusion_end"),
    path("dossiers/<uuid:uuid>/niet-voor-mij/", access.case_step_aside, name="case_step_aside"),
    # asking for access, break-glass among it
    path("toegang/", access_requests.access_request_list, name="access_request_list"),
    path("toegang/vragen/", access_requests.access_request_add, name="access_request_add"),
    path("toegang/<uuid:uuid>/", access_requests.access_request_detail, name="access_request_detail"),
    path("toegang/<uuid:uuid>/ja/", access_requests.access_request_answer, name="access_request_answer"),
    path("toegang/<uuid:uuid>/nee/", access_requests.access_request_refuse, name="access_request_refuse"),
    path("toegang/<uuid:uuid>/openen/", access_requests.access_request_open, name="access_request_open"),
    path("toegang/<uuid:uuid>/oordeel/", access_requests.access_request_review, name="access_request_review"),
    # what is secret
    path("dossiers/<uuid:uuid>/geheim-adres/", secrets.address_note, name="address_note"),
    path("signalen/<uuid:uuid>/bron/", secrets.reporter_note, name="reporter_note"),
    path("geheim/", secrets.reveal_list, name="reveal_list"),
    path("geheim/adres/<uuid:uuid>/", secrets.address_reveal, name="address_reveal"),
    path("geheim/bron/<uuid:uuid>/", secrets.reporter_reveal, name="reporter_reveal"),
    path("geheim/<uuid:uuid>/nagekeken/", secrets.reveal_see, name="reveal_see"),
    # measures
    path("dossiers/<uuid:uuid>/maatregelen/nieuw/", measures.measure_note, name="measure_note"),
    path("dossiers/<uuid:uuid>/maatregelen/strook.svg", measures.measure_strip, name="measure_strip"),
    path("dossiers/<uuid:uuid>/waarschuwing/", measures.clash_answer, name="clash_answer"),
    path("maatregelen/<uuid:uuid>/", measures.measure_detail, name="measure_detail"),
    path("maatregelen/<uuid:uuid>/wijzigen/", measures.measure_change, name="measure_change"),
    path("maatregelen/<uuid:uuid>/verlengen/", measures.measure_renew, name="measure_renew"),
    path("maatregelen/<uuid:uuid>/bevestigen/", measures.measure_confirm, name="measure_confirm"),
    # the catalogue of measures
    path("catalogus/", catalogue.measure_kind_list, name="measure_kind_list"),
    path("catalogus/nieuw/", catalogue.measure_kind_add, name="measure_kind_add"),
    path("catalogus/<uuid:uuid>/", catalogue.measure_kind_change, name="measure_kind_change"),
    path("catalogus/<uuid:uuid>/stoppen/", catalogue.measure_kind_close, name="measure_kind_close"),
    path("catalogus/termijn/<slug:code>/", catalogue.rule_term_change, name="rule_term_change"),
    path("catalogus/leeftijd/<int:age>/", catalogue.age_limit_change, name="age_limit_change"),
    # groups
    path("groepen/", groups.group_list, name="group_list"),
    path("groepen/nieuw/", groups.group_add, name="group_add"),
    path("groepen/mogelijk/", group_finder.group_finder, name="group_finder"),
    path("groepen/mogelijk/netwerk.svg", group_networks.group_finder_network, name="group_finder_network"),
    path("groepen/<uuid:uuid>/", groups.group_detail, name="group_detail"),
    path("groepen/<uuid:uuid>/netwerk.svg", group_networks.group_network, name="group_network"),
    path("groepen/<uuid:uuid>/wijzigen/", groups.group_change, name="group_change"),
    path("groepen/<uuid:uuid>/stap/", groups.group_move, name="group_move"),
    path("groepen/<uuid:uuid>/sluiten/", groups.group_close, name="group_close"),
    path("groepen/<uuid:uuid>/plek/", group_parts.group_place_add, name="group_place_add"),
    path("groepen/<uuid:uuid>/organisatie/", group_parts.group_partner_add, name="group_partner_add"),
    path("groepen/<uuid:uuid>/organisatie/stoppen/", group_parts.group_partner_end, name="group_partner_end"),
    path("groepen/<uuid:uuid>/naam/", group_parts.group_member_add, name="group_member_add"),
    path("groepen/<uuid:uuid>/doel/", group_parts.group_goal_add, name="group_goal_add"),
    path("groepen/plek/<uuid:uuid>/stoppen/", group_parts.group_place_end, name="group_place_end"),
    path("groepen/naam/<uuid:uuid>/stoppen/", group_parts.group_member_end, name="group_member_end"),
    path("groepen/doel/<uuid:uuid>/resultaat/", group_parts.group_goal_report, name="group_goal_report"),
    # what group approaches work with
    path("groepsaanpak/", group_finder.group_settings, name="group_settings"),
    path(
        "groepsaanpak/partij/<slug:code>/", group_finder.convenant_kind_change, name="convenant_kind_change"
    ),
    path(
        "groepsaanpak/drempel/<slug:code>/",
        group_finder.finder_threshold_change,
        name="finder_threshold_change",
    ),
    # levels
    path("dossiers/<uuid:uuid>/niveau/", levels.level_change_propose, name="level_change_propose"),
    path("niveauwissels/", levels.level_change_list, name="level_change_list"),
    path("niveauwissels/<uuid:uuid>/", levels.level_change_detail, name="level_change_detail"),
    path("niveauwissels/<uuid:uuid>/intrekken/", levels.level_change_withdraw, name="level_change_withdraw"),
    # actions
    path("acties/", actions.action_list, name="action_list"),
    path("acties/<uuid:uuid>/", actions.action_detail, name="action_detail"),
    path("acties/<uuid:uuid>/stand/", actions.action_move, name="action_move"),
    path("dossiers/<uuid:uuid>/acties/nieuw/", actions.action_agree, name="action_agree"),
]
