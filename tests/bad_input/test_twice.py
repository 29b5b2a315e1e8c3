"""Sent twice, at the same moment, or too late: one effect, and no text lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.models import User
from foundation.scope import acting_as
from foundation.templatetags.components import shown
from tests.bad_input.browser import filled, forms_of, post, problem_of
from tests.test_house import OURS

# What grows with every request, and with every repeated no.
LOGS = {"audit_event"}
# Each makes something; the second time there is nothing more to make.
CREATING = {
    "regisseur": [
        "cases:signal_add", "cases:action_agree", "cases:level_change_propose", "cases:participation_add",
        "cases:grant_give", "cases:triage_accept", "cases:triage_tell", "cases:triage_ask",
        "cases:triage_refer", "cases:triage_reject", "cases:case_reopen",
        "meetings:item_act", "meetings:item_decide", "meetings:item_note", "meetings:agenda_add",
        "meetings:agenda_build", "meetings:urgent_call", "meetings:meeting_cancel", "meetings:live_attendance",
        "meetings:live_close", "reports:summary_make", "cases:action_detail", "meetings:minutes_item",
        "meetings:group_put", "cases:group_add", "cases:group_place_add", "cases:group_goal_add", "cases:group_member_add",
        "cases:merge_confirm", "cases:wrong_youth_unlink",
        "cases:saved_view_keep", "cases:case_export", "cases:attachment_add",
    ],
    "beheerder": [
        "accounts:partner_add", "accounts:user_add", "accounts:role_add", "meetings:series_add",
        "meetings:standing_add", "meetings:closing_day_list", "meetings:closing_days_take",
    ],
    "lja_heerlen": ["cases:level_change_detail"],
    "wijkagent": ["cases:signal_edit"],
    "mentor": ["cases:signal_take_back", "cases:signal_correct"],
}  # fmt: skip
CREATORS = [(who, name) for who, names in CREATING.items() for name in names]


@pytest.fixture(scope="module")
def forms(shared_world):
    """{person: every form that person meets}."""

    def of(who):
        client = Client()
        client.force_login(User.objects.get(username=who))
        return forms_of(client, shared_world)

    return {who: of(who) for who in CREATING}


def counted(person):
    """How many rows there are of everything, as far as this person and its own keys can see."""
    with acting_as(person):
        return {m._meta.label: m.objects.count() for m in OURS if m._meta.db_table not in LOGS}


@pytest.mark.parametrize(("who", "name"), CREATORS)
def test_sending_twice_is_sending_once(who, name, undone, forms, client_of):
    client, person = client_of(who), User.objects.get(username=who)
    url, form = forms[who][name]
    answers = filled(form)
    before = counted(person)
    first = post(client, url, answers)
    once = counted(person)
    second = post(client, url, answers)
    assert first.status_code in (200, 303), problem_of(first)
    assert second.status_code in (200, 303, 400, 403, 404, 409), problem_of(second)
    assert counted(person) == once
    assert once != before or name in CHANGING


# These change a row that is there.
CHANGING = {"meetings:item_note", "cases:case_reopen", "cases:signal_edit", "meetings:meeting_cancel", "meetings:live_close",
            "meetings:agenda_add", "cases:level_change_detail", "meetings:agenda_build",
            "cases:action_detail", "meetings:group_put"}  # fmt: skip


# --- at the same moment --------------------------------------------------------------------------
def total(table):
    with connections["bulk"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.fixture
def at_once(request):
    """How many send: what is made stays, so not once with few and once with many."""
    return 20 if request.config.getoption("--full") else 4


# Whoever sends again is told what came of the first: where it is.
KEYED = {"cases:action_agree", "meetings:item_decide", "cases:signal_add", "cases:attachment_add",
         "accounts:partner_add", "meetings:series_add"}  # fmt: skip


@pytest.mark.parametrize(
    ("who", "name", "table"),
    [
        ("regisseur", "cases:action_agree", "cases_action"),
        ("regisseur", "meetings:item_decide", "meetings_decision"),
        ("regisseur", "cases:signal_add", "cases_signal"),
        ("regisseur", "cases:attachment_add", "cases_attachment"),
        ("regisseur", "cases:grant_give", "access_grant"),
        ("regisseur", "cases:participation_add", "access_participation"),
        ("regisseur", "cases:triage_accept", "cases_toldsignal"),
        ("beheerder", "accounts:partner_add", "accounts_partner"),
        ("beheerder", "meetings:series_add", "meetings_series"),
    ],
)
def test_sending_at_the_same_moment_is_sending_once(
    who, name, table, at_once, shared_world, forms, client_of
):
    url, form = forms[who][name]
    answers, before = filled(form), total(table)
    clients = [client_of(who) for _ in range(at_once)]

    def send(client):
        try:
            return post(client, url, answers)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(at_once) as threads:
        given = list(threads.map(send, clients))
    assert {a.status_code for a in given} <= {200, 303, 400, 403, 409}, [problem_of(a) for a in given]
    assert 303 in {a.status_code for a in given}
    assert total(table) == before + 1
    if name in KEYED:
        assert len({a.get("Location") for a in given}) == 1, "each is told the same"


# --- too late ------------------------------------------------------------------------------------
def test_a_signal_saved_elsewhere_gives_both_texts(undone, forms, client_of):
    url, form = forms["wijkagent"]["cases:signal_edit"]
    mine, theirs = filled(form), filled(form)
    mine |= {"action": ["save"], "observed": ["Mijn <tekst>"]}
    theirs |= {"action": ["save"], "observed": ["Andere tekst"]}
    client = client_of("wijkagent")
    assert post(client, url, theirs).status_code == 303
    for headers in ({}, {"HTTP_ACCEPT": "application/json"}):
        answer = post(client, url, mine, **headers)
        assert answer.status_code == 409
        assert "Mijn &lt;tekst&gt;" in answer.content.decode()
        assert "Andere tekst" in answer.content.decode()


def test_a_note_saved_elsewhere_gives_both_texts(undone, forms, client_of):
    url, form = forms["regisseur"]["meetings:item_note"]
    assert post(client_of("tweede_regisseur"), url, filled(form) | {"text": ["Andere"]}).status_code == 303
    for headers in ({}, {"HTTP_X_REQUESTED_WITH": "autosave"}):
        answer = post(client_of("regisseur"), url, filled(form) | {"text": ["Mijn <b>"]}, **headers)
        assert answer.status_code == 409
        assert "Mijn &lt;b&gt;" in answer.content.decode()
        assert "Andere" in answer.content.decode()


def test_a_plan_saved_elsewhere_gives_both_days(undone, forms, client_of):
    url, form = forms["regisseur"]["cases:case_plan"]
    mine, theirs = filled(form), filled(form)
    today = timezone.localdate()
    mine["review_on"], theirs["review_on"] = [(today + timedelta(days=18)).isoformat()], [today.isoformat()]
    assert post(client_of("tweede_regisseur"), url, theirs).status_code == 303
    answer = post(client_of("regisseur"), url, mine)
    assert answer.status_code == 409
    assert mine["review_on"][0] in answer.content.decode()
    assert shown(today) in answer.content.decode()


def test_a_record_that_is_gone_meanwhile(undone, forms, client_of):
    """The form was open, then the signal was sent: another text stays on the screen."""
    url, form = forms["wijkagent"]["cases:signal_edit"]
    client = client_of("wijkagent")
    sent = filled(form) | {"action": ["submit"]}
    assert post(client, url, sent).status_code == 303
    answer = post(client, url, sent | {"observed": ["Nog iets <b>"]})
    assert answer.status_code == 409
    assert "Nog iets &lt;b&gt;" in answer.content.decode()
    assert post(client, url, sent).status_code == 303
