"""The pages of the sender: works, who may not, bad input, nothing lost, and nothing given away."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import PartnerKind, RoleAssignment, User
from accounts.roles import Role
from cases.models import Signal, SignalState, ToldSignal
from cases.operations import signals, triage
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories.audit import logged

JSON = {"accept": "application/json"}


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def at(name, signal=None):
    return reverse(f"cases:{name}", args=[signal.uuid] if signal else [])


def made(by, **changes):
    with acting_as(by):
        return make.signal(by=by, **changes)


def now(signal, by):
    with acting_as(by):
        return Signal.objects.get(pk=signal.pk)


def typed(version=2, town=None, **changes):
    """The form as a browser sends it."""
    content = make.SIGNAL | {"municipality": "", "is_birth_unknown": "", "version": version} | changes
    return content | ({"municipality": town.pk} if town else {})


def begin(client):
    answer = client.post(at("signal_add"), {"key": uuid4()})
    assert answer.status_code == 303
    return answer["Location"]


# --- from nothing to sent -----------------------------------------------------------------------
def test_a_signal_from_button_to_sent(mentor):
    client = as_(mentor)
    address = begin(client)
    assert client.get(address).status_code == 200
    answer = client.post(address, typed(version=1, action="submit"))
    with acting_as(mentor):
        signal = Signal.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, at("signal_detail", signal))
    assert signal.state == SignalState.SUBMITTED
    assert "Toonde aan twee anderen" in client.get(answer["Location"]).text
    # The second press of the same button, and the back button: one effect, no refusal.
    again = client.post(address, typed(version=1, action="submit"))
    assert (again.status_code, again["Location"]) == (303, at("signal_detail", signal))
    assert client.get(address).status_code == 303


def test_pressing_begin_twice_makes_one_draft(mentor):
    client, key = as_(mentor), uuid4()
    places = {client.post(at("signal_add"), {"key": key})["Location"] for _ in range(2)}
    assert len(places) == 1
    assert client.post(at("signal_add"), {"key": "geen sleutel"}).status_code == 303


def test_sending_too_early_says_what_lacks_and_keeps_what_was_typed(mentor):
    signal = made(mentor, submit=False)
    answer = as_(mentor).post(at("signal_edit", signal), typed(observed="", purpose="Rust", action="submit"))
    assert answer.status_code == 400
    assert "Schrijf op wat er is gezien of gehoord." in answer.text
    assert 'name="version" value="3"' in answer.text
    kept = now(signal, mentor)
    assert (kept.state, kept.purpose) == (SignalState.DRAFT, "Rust")


def test_typing_saves(mentor):
    signal = made(mentor, submit=False)
    answer = as_(mentor).post(at("signal_edit", signal), {"version": 2, "first_name": "B"}, headers=JSON)
    assert answer.status_code == 200
    assert answer.json()["version"] == 3
    assert re.fullmatch(r"\d\d:\d\d", answer.json()["saved_at"])
    assert now(signal, mentor).first_name == "B"


def test_a_boa_is_asked_in_which_capacity(mentor):
    mentor.partner.kind = PartnerKind.ENFORCEMENT
    mentor.partner.save()
    signal = made(mentor, submit=False)
    client = as_(mentor)
    assert "toezicht of bij opsporing" in client.get(at("signal_edit", signal)).text
    refused = client.post(at("signal_edit", signal), typed(action="submit"))
    assert (refused.status_code, "Kies toezicht of opsporing." in refused.text) == (400, True)
    data = typed(version=3, boa_capacity="supervision", action="submit")
    assert client.post(at("signal_edit", signal), data).status_code == 303


def test_question_answer_and_news(mentor, regisseur):
    signal, client = made(mentor), as_(mentor)
    with acting_as(regisseur):
        triage.ask_more(signal=signal, question="Wie was erbij?", by=regisseur)
    assert "Nieuw" in client.get(at("signal_list")).text
    assert "Wie was erbij?" in client.get(at("signal_detail", signal)).text
    assert "Nieuw" not in client.get(at("signal_list")).text
    assert client.post(at("signal_answer", signal), {"text": " "}).status_code == 400
    assert client.post(at("signal_answer", signal), {"text": "Twee anderen"}).status_code == 303
    assert client.post(at("signal_answer", signal), {"text": "Twee anderen"}).status_code == 303
    late = client.post(at("signal_answer", signal), {"text": "Nog iets"})
    assert (late.status_code, "Nog iets" in late.text, "geen vraag" in late.text) == (409, True, True)
    assert now(signal, mentor).state == SignalState.SUBMITTED


def test_withdrawing(mentor, regisseur):
    signal, other = made(mentor), made(mentor)
    client = as_(mentor)
    assert client.post(at("signal_withdraw", signal)).status_code == 303
    assert now(signal, mentor).state == SignalState.WITHDRAWN
    with acting_as(regisseur):
        triage.reject(signal=other, reason="own_chain", feedback="Nee", by=regisseur)
    refused = client.post(at("signal_withdraw", other))
    assert (refused.status_code, "al afgewezen" in refused.text) == (409, True)


# --- who may not --------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["wijkagent", "agent", "regisseur", "lja_heerlen"])
def test_somebody_elses_signal_is_not_there(request, mentor, who):
    sent, draft = made(mentor), made(mentor, submit=False)
    client = as_(request.getfixturevalue(who))
    assert client.get(at("signal_detail", sent)).status_code == 404
    assert client.get(at("signal_edit", draft)).status_code == 404
    assert client.post(at("signal_edit", draft), typed()).status_code == 404
    assert client.post(at("signal_withdraw", sent)).status_code == 404
    assert client.get(reverse("cases:signal_detail", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("who", ["manager", "fg", "beheerder"])
def test_who_does_not_register_is_refused(request, who):
    client = as_(request.getfixturevalue(who))
    for name in ("signal_list", "signal_add", "told_signal_list"):
        assert client.get(at(name)).status_code == 403


def test_the_list_shows_only_ones_own(mentor, wijkagent):
    made(mentor, first_name="Sem")
    made(wijkagent, first_name="Lot")
    page = as_(mentor).get(at("signal_list")).text
    assert "Sem" in page and "Lot" not in page


# --- bad input ----------------------------------------------------------------------------------
def test_a_text_that_is_too_long_stays_on_the_screen(mentor):
    signal, client = made(mentor, submit=False), as_(mentor)
    data = typed(observed="z" * 20_001)
    page = client.post(at("signal_edit", signal), data)
    assert (page.status_code, "z" * 20_001 in page.text) == (400, True)
    answer = client.post(at("signal_edit", signal), data, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["reason"].startswith("Wat is er gezien of gehoord?")
    assert now(signal, mentor).observed == make.SIGNAL["observed"]
    exact = "y" * 19_999 + "\r\n"
    assert (
        client.post(at("signal_edit", signal), typed(observed=exact + "."), headers=JSON).status_code == 400
    )
    assert (
        client.post(at("signal_edit", signal), typed(observed="y" * 10_000 + "\r\n" * 2000)).status_code
        == 303
    )


@pytest.mark.parametrize(
    ("typed_name", "stored"),
    [("Se\x00m", "Sem"), ("Se\u200bm", "Sem"), ("\u202eSem", "Sem"), ("  Sem ", "Sem"), ("<b>Sem", "<b>Sem")],
)
def test_characters_nobody_sees_go_and_markup_stays_text(mentor, typed_name, stored):
    signal, client = made(mentor, submit=False), as_(mentor)
    assert (
        client.post(at("signal_edit", signal), typed(first_name=typed_name), headers=JSON).status_code == 200
    )
    assert now(signal, mentor).first_name == stored
    assert "<b>Sem" not in client.get(at("signal_edit", signal)).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"birth_on": "31-02-2011"}, {"birth_on": "0011-03-04"}, {"nature": "roddel"}, {"themes": ["niets"]},
        {"municipality": "999999"}, {"municipality": "x"}, {"role": "x" * 5000}, {"version": "vier"},
    ],
)  # fmt: skip
def test_what_cannot_be_stored_is_told(mentor, wrong):
    signal, client = made(mentor, submit=False), as_(mentor)
    assert client.post(at("signal_edit", signal), typed(**wrong)).status_code == 400
    assert client.post(at("signal_edit", signal), typed(**wrong), headers=JSON).json()["reason"]
    assert now(signal, mentor).version == 2


@pytest.mark.parametrize("name", ["signal_answer", "signal_withdraw"])
def test_what_changes_something_is_not_a_link(mentor, name):
    assert as_(mentor).get(at(name, made(mentor))).status_code == 405


# --- two tabs, a lost session -------------------------------------------------------------------
def test_a_stale_save_shows_both_texts_and_saves_neither(mentor, lja_heerlen):
    signal, client = made(mentor, submit=False), as_(mentor)
    client.post(at("signal_edit", signal), typed(observed="Van de telefoon", role="victim"), headers=JSON)
    for headers in (JSON, {}):
        answer = client.post(at("signal_edit", signal), typed(observed="Van de computer"), headers=headers)
        assert answer.status_code == 409
        assert "Van de telefoon" in answer.text and "Van de computer" in answer.text
        assert 'data-conflict-field="role" data-conflict-value="victim"' in answer.text
        assert 'data-conflict-version="3"' in answer.text
    assert 'name="version" value="3"' in answer.text
    assert now(signal, mentor).observed == "Van de telefoon"
    assert client.post(at("signal_edit", signal), typed(version=3, observed="Samen")).status_code == 303


def test_typing_on_in_another_tab_after_sending_loses_nothing(mentor):
    signal, client = made(mentor), as_(mentor)
    answer = client.post(at("signal_edit", signal), typed(observed="Nog iets gezien"))
    assert answer.status_code == 409
    assert "Nog iets gezien" in answer.text and "al ingediend" in answer.text
    auto = client.post(at("signal_edit", signal), typed(observed="Nog iets gezien"), headers=JSON)
    assert (auto.status_code, "al ingediend" in auto.text) == (409, True)
    assert now(signal, mentor).observed == make.SIGNAL["observed"]


def test_a_lost_session_keeps_the_text(mentor):
    signal = made(mentor, submit=False)
    stranger = Client()
    auto = stranger.post(at("signal_edit", signal), typed(observed="Bijna klaar"), headers=JSON)
    assert (auto.status_code, auto.json()["reason"]) == (401, "U bent uitgelogd.")
    page = stranger.post(at("signal_edit", signal), typed(observed="<b>Bijna klaar"))
    assert page.status_code == 401
    assert "&lt;b&gt;Bijna klaar" in page.text
    assert make.SIGNAL["purpose"] in page.text
    assert stranger.get(at("signal_edit", signal)).status_code == 302


def test_without_the_token_nothing_is_saved(mentor):
    signal = made(mentor, submit=False)
    client = Client(enforce_csrf_checks=True)
    client.force_login(mentor)
    assert client.post(at("signal_edit", signal), typed(observed="Vals")).status_code == 403
    assert now(signal, mentor).version == 2


# --- nothing given away -------------------------------------------------------------------------
def pages_of_a_sender(mentor, name, town):
    """Everything the sender gets to see while registering this name, without what changes every time."""
    client = as_(mentor)
    address = begin(client)
    data = typed(version=1, town=town, first_name=name, last_name=name)
    answers = [
        client.get(address),
        client.post(address, data, headers=JSON),
        client.post(address, data | {"version": 2, "action": "submit", "observed": ""}),
        client.post(address, data | {"version": 3, "action": "submit"}),
        client.get(address.replace("bewerken/", "")),
        client.get(at("signal_list")),
    ]
    body = "".join(f"{answer.status_code}{answer.text}" for answer in answers)
    signal_uuid = address.split("/")[2]
    for changing in (
        signal_uuid,
        r'value="[0-9a-f-]{36}"',
        r'csrfmiddlewaretoken" value="\w+"',
        r"\d\d:\d\d",
        r'data-left="\d+"',
    ):
        body = re.sub(changing, "~", body)
    with acting_as(mentor):
        signals.withdraw(signal=Signal.objects.get(uuid=signal_uuid), by=mentor)
    return body.replace(name, "~")


def test_the_form_is_the_same_for_a_known_and_an_unknown_youth(mentor, regisseur):
    with acting_as(regisseur):
        town = make.case(by=regisseur, first_name="Bekend", last_name="Bekend").municipality
    known = pages_of_a_sender(mentor, "Bekend", town)
    # Two senders, because the first signal of one stands in the list of its second.
    colleague = User.objects.create(
        username="collega", first_name="Collega", last_name="Test", partner=mentor.partner
    )
    RoleAssignment.objects.create(user=colleague, role=Role.MELDER)
    unknown = pages_of_a_sender(colleague, "Onbekend", town)
    assert known.replace("Mentor Test", "~").replace(str(mentor.uuid), "~") == unknown.replace(
        "Collega Test", "~"
    ).replace(str(colleague.uuid), "~")


def test_feedback_says_nothing_of_the_youth(mentor, regisseur):
    signal = made(mentor, first_name="Sem", last_name="Fictief")
    with acting_as(regisseur):
        case = make.case(by=regisseur, first_name="Ander", last_name="Gezicht")
        make.told(by=regisseur, signal=signal, case=case)
    page = as_(mentor).get(at("signal_detail", signal)).text
    assert "Gezicht" not in page and str(case.uuid) not in page
    assert "School kan dit niet alleen" not in page
    assert "Wij nemen uw signaal mee." in page


# --- what was told at tables --------------------------------------------------------------------
def told(regisseur, sender, partners, **about):
    signal = made(sender)
    with acting_as(regisseur):
        case = make.case(by=regisseur, partners=partners, **about)
        return make.told(by=regisseur, signal=signal, case=case)


def test_told_signals_are_for_who_takes_part(
    mentor, regisseur, agent, jongerenwerker, haltmedewerker, partners
):
    told(regisseur, mentor, [partners["politie"]], first_name="Sem")
    row = told(regisseur, mentor, [partners["jens"]], first_name="Lot", town="Kerkrade")
    seen = {user.username: as_(user).get(at("told_signal_list")).text
            for user in (regisseur, agent, jongerenwerker, haltmedewerker)}  # fmt: skip
    assert [("Sem Voorbeeld" in page, "Lot Voorbeeld" in page) for page in seen.values()] == [
        (True, True), (True, False), (False, True), (False, False)
    ]  # fmt: skip
    with acting_as(regisseur):
        youth_id = ToldSignal.objects.get(pk=row.pk).case.youth_id
    assert youth_id in logged("told_signal.listed")[2].youth_ids
    assert youth_id not in logged("told_signal.listed")[1].youth_ids


def test_told_signals_are_narrowed_by_the_address(mentor, regisseur, partners):
    told(regisseur, mentor, [], first_name="Sem")
    told(regisseur, mentor, [], first_name="Lot", town="Kerkrade")
    client = as_(regisseur)
    for query, names in [
        ("gemeente=GM0928", {"Lot"}),
        ("thema=weapons", {"Sem", "Lot"}),
        ("thema=drugs", set()),
        ("aard=observed", {"Sem", "Lot"}),
        ("aard=roddel&gemeente=x", {"Sem", "Lot"}),
        ("na=onzin", {"Sem", "Lot"}),
    ]:
        page = client.get(f"{at('told_signal_list')}?{query}").text
        assert {name for name in ("Sem", "Lot") if f"{name} Voorbeeld" in page} == names, query


@pytest.mark.parametrize("name", ["told_signal_list", "signal_list", "triage_list"])
def test_lists_cost_as_many_queries_with_many_rows(mentor, regisseur, name):
    def fill(count):
        for number in range(count):
            told(regisseur, regisseur, [], first_name=f"Sem{number}")
            made(regisseur)

    def queries():
        client = as_(regisseur)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(at(name)).status_code == 200
        return len(seen)

    fill(2)
    few = queries()
    fill(4)
    assert queries() == few
