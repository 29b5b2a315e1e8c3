"""Addresses of signals, cases, levels and actions."""

from django.urls import path

from cases.views import access, actions, cases, levels, signals, triage

app_name = "cases"

urlpatterns = [
    # signals
    path("signalen/", signals.signal_list, name="signal_list"),
    path("signalen/nieuw/", signals.signal_add, name="signal_add"),
    path("signalen/ingebracht/", signals.told_signal_list, name="told_signal_list"),
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
