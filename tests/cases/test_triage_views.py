"""The pages of regie: the inbox, matches with reasons, and each outcome with its refusals."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from access.models import Participation
from accounts.models import Municipality
from accounts.roles import DataClass
from cases.models import Case, Signal, SignalState, ToldSignal, Youth
from cases.operations import signals, triage
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories.audit import logged

OUTCOMES = ["triage_accept", "triage_ask", "triage_refer", "triage_reject"]


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


def telling(**changes):
    """The form of accepting as a browser sends it."""
    return {
        "key": uuid4(), "onto": "new", "first_name": "Testjongere", "prefix": "", "last_name": "Voorbeeld",
        "birth_on": "2011-03-04", "description": "", "school": "Vmbo De Test", "exception": "",
        "municipality": Municipality.objects.get(name="Heerlen").pk, "text": "Toonde een zakmes.",
        "role": "involved", "need": "School kan dit niet alleen", "feedback": "Wij nemen het mee.",
        "action": "accept",
    } | changes  # fmt: skip


# --- the inbox ----------------------------------------------------------------------------------
def test_the_inbox_has_the_most_urgent_first_and_no_drafts(mentor, wijkagent, regisseur):
    for urgency, name in [("normal", "Een"), ("today", "Twee"), ("soon", "Drie")]:
        made(mentor, urgency=urgency, first_name=name)
    made(wijkagent, submit=False, first_name="Concept")
    page = as_(regisseur).get(at("triage_list")).text
    assert page.index("Twee") < page.index("Drie") < page.index("Een ")
    assert "Concept" not in page


def test_what_waits_for_the_sender_stands_apart_and_comes_back(mentor, regisseur):
    signal, client = made(mentor, first_name="Sem"), as_(regisseur)
    client.post(at("triage_ask", signal), {"text": "Wie was erbij?"})
    assert "Sem" not in client.get(at("triage_list")).text
    assert "Sem" in client.get(at("triage_list") + "?wacht").text
    with acting_as(mentor):
        signals.answer(signal=signal, text="Twee anderen", by=mentor)
    assert "Antwoord binnen" in client.get(at("triage_list")).text
    assert "Twee anderen" in client.get(at("triage_detail", signal)).text


def test_pages_of_the_inbox_follow_each_other(mentor, regisseur):
    for number in range(52):
        made(mentor, urgency=["normal", "soon"][number % 2], first_name=f"Nr{number}x")
    client = as_(regisseur)
    first = client.get(at("triage_list"))
    second = client.get(at("triage_list") + first.context["page"].older_url)
    assert (len(first.context["page"].rows), len(second.context["page"].rows)) == (50, 2)
    assert not {row.pk for row in first.context["page"].rows} & {
        row.pk for row in second.context["page"].rows
    }


@pytest.mark.parametrize("name", ["triage_detail", *OUTCOMES, "triage_tell"])
def test_quarantine(request, mentor, name):
    """Until triage nobody but regie JPP reads a signal; the sender reads it elsewhere."""
    signal = made(mentor)
    for who, status in [
        ("mentor", 403),
        ("wijkagent", 404),
        ("agent", 404),
        ("lja_heerlen", 404),
        ("manager", 404),
    ]:
        client = as_(request.getfixturevalue(who))
        assert client.get(at(name, signal)).status_code == status, who
    assert as_(request.getfixturevalue("regisseur")).get(at(name, signal)).status_code == 200


def test_a_draft_is_not_there_for_regie(mentor, regisseur):
    draft, client = made(mentor, submit=False), as_(regisseur)
    for name in ("triage_detail", *OUTCOMES):
        assert client.get(at(name, draft)).status_code == 404
        assert client.post(at(name, draft), telling()).status_code in (404, 405)
    assert client.get(reverse("cases:triage_detail", args=[uuid4()])).status_code == 404


# --- matches ------------------------------------------------------------------------------------
def test_matches_stand_beside_the_signal_with_their_reasons(mentor, regisseur):
    with acting_as(regisseur):
        case = make.case(by=regisseur, first_name="Testjongre")
        make.youth(by=regisseur, first_name="Heel", last_name="Anders", birth_on=None)
    signal = made(mentor)
    page = as_(regisseur).get(at("triage_detail", signal)).text
    assert "Naam lijkt erop" in page and "Zelfde geboortedatum" in page
    assert reverse("cases:case_detail", args=[case.uuid]) in page
    assert "Heel Anders" not in page
    assert logged("youth.searched")[0].youth_ids == [case.youth_id]


def test_a_strong_likeness_asks_for_a_second_look(mentor, regisseur):
    with acting_as(regisseur):
        make.youth(by=regisseur)
    signal, client = made(mentor), as_(regisseur)
    refused = client.post(at("triage_accept", signal), telling())
    assert (refused.status_code, "sterk op lijkt" in refused.text) == (400, True)
    assert client.post(at("triage_accept", signal), telling(is_other="on")).status_code == 303
    with acting_as(regisseur):
        assert Youth.objects.count() == 2


def test_searching_again_keeps_what_was_typed_and_stores_nothing(mentor, regisseur):
    with acting_as(regisseur):
        make.youth(by=regisseur, first_name="Lot", last_name="Model", birth_on=None)
    signal = made(mentor)
    data = telling(first_name="Lot", last_name="Model", text="Al herschreven", action="search")
    page = as_(regisseur).post(at("triage_accept", signal), data)
    assert page.status_code == 200
    assert "zelfde naam" in page.text and "Al herschreven" in page.text
    assert now(signal, regisseur).state == SignalState.SUBMITTED


# --- accepting ----------------------------------------------------------------------------------
def test_accepting_makes_a_case_and_twice_is_once(mentor, regisseur):
    signal, client, data = made(mentor), as_(regisseur), telling()
    places = {client.post(at("triage_accept", signal), data | extra)["Location"]
              for extra in ({}, {"is_other": "on"})}  # fmt: skip
    with acting_as(regisseur):
        case, told = Case.objects.get(), ToldSignal.objects.get()
    assert places == {reverse("cases:case_detail", args=[case.uuid])}
    assert (told.text, told.need) == ("Toonde een zakmes.", "School kan dit niet alleen")
    assert client.get(places.pop()).status_code == 200
    assert "Wij nemen het mee." in as_(mentor).get(at("signal_detail", signal)).text


def test_accepting_onto_a_known_youth_lets_the_sender_sit(wijkagent, regisseur, partners):
    with acting_as(regisseur):
        case = make.case(by=regisseur)
    signal, client = made(wijkagent), as_(regisseur)
    assert "Politie Heerlen neemt deel" in client.get(at("triage_accept", signal)).text
    data = telling(onto=case.youth.uuid, takes_part="on", first_name="")
    assert client.post(at("triage_accept", signal), data).status_code == 303
    with acting_as(regisseur):
        assert ToldSignal.objects.get().case == case
        seats = Participation.objects.select_related("compartment")
        assert {seat.partner for seat in seats} == {partners["politie"]}
        # At the table, and beside it where the police data are.
        assert sorted(seat.compartment.data_class for seat in seats) == [DataClass.BASIS, DataClass.WPG]


def test_a_school_without_a_seat_is_not_offered_one(mentor, regisseur):
    page = as_(regisseur).get(at("triage_accept", made(mentor))).text
    assert "neemt deel" not in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"last_name": ""}, "Vul voornaam en achternaam in"),
        ({"birth_on": ""}, "Vul de geboortedatum in, of omschrijf"),
        ({"municipality": ""}, "woont niet in Parkstad"),
        ({"need": ""}, "verplicht"),
        ({"feedback": " "}, "verplicht"),
        ({"text": "z" * 20_001}, "20"),
        ({"onto": ""}, "verplicht"),
        ({"onto": str(uuid4())}, "geen"),
        ({"role": "baas"}, "geen"),
        ({"key": "x"}, "UUID"),
        ({"birth_on": "gisteren"}, "geldige"),
    ],
)
def test_what_lacks_is_told_and_nothing_is_made(mentor, regisseur, wrong, told):
    signal = made(mentor)
    page = as_(regisseur).post(at("triage_accept", signal), telling(**wrong))
    assert page.status_code == 400
    assert told in page.text
    with acting_as(regisseur):
        assert not Youth.objects.exists()


def test_outside_parkstad_needs_a_sentence(mentor, regisseur):
    signal = made(mentor, municipality=None)
    data = telling(municipality="", exception="Zit op school in Heerlen")
    assert as_(regisseur).post(at("triage_accept", signal), data).status_code == 303
    with acting_as(regisseur):
        assert ToldSignal.objects.get().exception == "Zit op school in Heerlen"


def test_the_same_signal_for_another_youth(mentor, regisseur):
    signal, client = made(mentor), as_(regisseur)
    client.post(at("triage_accept", signal), telling())
    brother = telling(first_name="Broertje", birth_on="2014-01-02", is_other="on")
    del brother["feedback"]
    for _ in range(2):
        assert client.post(at("triage_tell", signal), brother).status_code == 303
    with acting_as(regisseur):
        assert ToldSignal.objects.count() == 2
    assert client.get(at("triage_detail", signal)).status_code == 200


# --- somebody else was first --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("triage_accept", {}),
        ("triage_ask", {"text": "Mijn lange vraag"}),
        ("triage_refer", {"to": "VIOS", "feedback": "Mijn lange bericht"}),
        ("triage_reject", {"reason": "own_chain", "feedback": "Mijn lange bericht"}),
    ],
)
def test_the_second_regisseur_is_told_and_keeps_the_text(mentor, regisseur, tweede_regisseur, name, data):
    signal = made(mentor)
    with acting_as(regisseur):
        triage.refer(signal=signal, to="Politie", feedback="Dank", by=regisseur)
    data = data or telling()
    page = as_(tweede_regisseur).post(at(name, signal), data)
    assert page.status_code == 409
    assert "Dit signaal is al doorverwezen" in page.text
    assert (data.get("text") or data["feedback"]) in page.text
    assert [event.outcome for event in logged("request.refused")] == ["not_possible"]
    assert now(signal, regisseur).referred_to == "Politie"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("triage_ask", {"text": ""}),
        ("triage_ask", {"text": "z" * 4001}),
        ("triage_refer", {"to": "Maan", "feedback": "x"}),
        ("triage_refer", {"to": "VIOS", "feedback": "\x00\u200b"}),
        ("triage_reject", {"reason": "", "feedback": "x"}),
        ("triage_reject", {"reason": "own_chain", "feedback": ""}),
    ],
)
def test_each_no_needs_its_reason_and_a_sentence(mentor, regisseur, name, data):
    signal = made(mentor)
    assert as_(regisseur).post(at(name, signal), data).status_code == 400
    assert now(signal, regisseur).state == SignalState.SUBMITTED


@pytest.mark.parametrize(
    ("name", "data", "state"),
    [
        ("triage_ask", {"text": "Wie?"}, SignalState.MORE_ASKED),
        ("triage_refer", {"to": "Veilig Thuis", "feedback": "Bel hen vandaag."}, SignalState.REFERRED),
        ("triage_reject", {"reason": "own_chain", "feedback": "Dank."}, SignalState.REJECTED),
    ],
)
def test_each_no_twice_is_once(mentor, regisseur, name, data, state):
    signal, client = made(mentor), as_(regisseur)
    for _ in range(2):
        assert client.post(at(name, signal), data).status_code == 303
    assert now(signal, mentor).state == state
    assert len(logged({"triage_ask": "signal.more_asked"}.get(name, f"signal.{state}"))) == 1
