"""The pages on which the beheerder keeps the rhythm."""

import re
from datetime import date, datetime
from uuid import uuid4

import pytest
import time_machine

from meetings.models import ClosingDay, Series, StandingParticipant
from meetings.rules.rhythm import AMSTERDAM
from tests.factories import meetings

FORM = {
    "name": "JPP Parkstad", "kind": "rhythm", "level": "1", "municipality": "", "first_on": "2027-01-12", "time": "09:30",
    "every_weeks": "2", "minutes": "120", "location": "Zaal 1", "video_url": "https://video.example/jpp",
    "break_after_minutes": "90", "break_minutes": "15",
}  # fmt: skip


@pytest.fixture(autouse=True)
def winter():
    with time_machine.travel(datetime(2027, 1, 4, 8, tzinfo=AMSTERDAM), tick=True):
        yield


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_series_is_made_and_planned_at_once(client, beheerder):
    client.force_login(beheerder)
    assert client.get("/beheer/reeksen/nieuw/").status_code == 200
    form = FORM | {"key": str(uuid4())}
    for _ in range(2):
        answer = client.post("/beheer/reeksen/nieuw/", form)
        assert answer.status_code == 303, answer.content.decode()
    made = Series.objects.get()
    assert made.meetings.count() == 13
    text = text_of(client.get(answer["Location"]))
    assert "https://video.example/jpp" in text and "15 minuten, na ongeveer 90 minuten" in text
    assert "12 januari 2027" in text and "09:30 uur, zomer en winter" in text
    assert "JPP Parkstad" in text_of(client.get("/beheer/reeksen/"))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"first_on": "2027-01-16"}, "Kies een maandag"),
        ({"time": "02:30"}, "Kies een tijd tussen"),
        ({"name": ""}, "verplicht"),
        ({"name": "Bestaat"}, "al een reeks met deze naam"),
        ({"minutes": "0"}, "15"),
        ({"video_url": "http://video.example/jpp"}, "dat met https:// begint"),
        ({"video_url": "javascript:alert(1)"}, "Videolink"),
        ({"break_minutes": ""}, "Vul allebei in"),
    ],
)
def test_a_wrong_series_says_why_and_keeps_what_was_typed(client, beheerder, change, word):
    meetings.series(by=beheerder, name="Bestaat")
    client.force_login(beheerder)
    answer = client.post("/beheer/reeksen/nieuw/", FORM | {"key": str(uuid4())} | change)
    assert answer.status_code == 400
    assert word in text_of(answer) and "Zaal 1" in answer.content.decode()


def test_seats(client, beheerder, partners, agent):
    made = meetings.series(by=beheerder)
    address = f"/beheer/reeksen/{made.uuid}/deelnemers/"
    client.force_login(beheerder)
    wrong = client.post(address + "toevoegen/", {"partner": partners["jens"].pk, "person": agent.pk})
    assert wrong.status_code == 400 and "werkt niet bij JENS" in text_of(wrong)
    client.post(address + "toevoegen/", {"partner": partners["politie"].pk, "person": agent.pk})
    assert "Agent Test" in text_of(client.get(f"/beheer/reeksen/{made.uuid}/"))
    client.post(address + "beeindigen/", {"partner": partners["politie"].pk})
    assert not StandingParticipant.objects.filter(ended_at=None).exists()
    assert client.post(address + "beeindigen/", {"partner": "x"}).status_code == 303


def test_closing_days_are_proposed_and_nothing_is_closed_before_taking_over(client, beheerder):
    meetings.meeting(by=beheerder, first_on=date(2027, 1, 12))
    client.force_login(beheerder)
    text = text_of(client.get("/beheer/sluitingsdagen/?jaar=2027"))
    assert "Carnavalsmaandag" in text and "Bevrijdingsdag (keuze)" in text
    assert not ClosingDay.objects.exists()
    answer = client.post("/beheer/sluitingsdagen/overnemen/", {"jaar": "2027", "days": ["2027-02-09"]})
    assert answer.status_code == 303
    assert ClosingDay.objects.get().name == "Carnavalsdinsdag"
    text = text_of(client.get("/beheer/sluitingsdagen/"))
    assert "JPP Parkstad staat deze dag nog gepland" in text
    client.post("/beheer/sluitingsdagen/weghalen/", {"on": "2027-02-09"})
    assert not ClosingDay.objects.exists()


@pytest.mark.parametrize("days", [[], ["2027-02-10"], ["onzin"]])
def test_only_proposed_days_are_taken_over(client, beheerder, days):
    client.force_login(beheerder)
    answer = client.post("/beheer/sluitingsdagen/overnemen/", {"jaar": "2027", "days": days})
    assert answer.status_code == 400 and not ClosingDay.objects.exists()


def test_a_day_of_ones_own(client, beheerder):
    client.force_login(beheerder)
    assert (
        client.post("/beheer/sluitingsdagen/", {"on": "2027-03-02", "name": "Studiedag"}).status_code == 303
    )
    again = client.post("/beheer/sluitingsdagen/", {"on": "2027-03-02", "name": "Studiedag"})
    assert again.status_code == 400 and "al een sluitingsdag" in text_of(again)


def test_ending_and_changing(client, beheerder):
    made = meetings.series(by=beheerder)
    client.force_login(beheerder)
    client.post(
        f"/beheer/reeksen/{made.uuid}/wijzigen/", {"name": "JPP Noord", "minutes": 90, "location": ""}
    )
    client.post(f"/beheer/reeksen/{made.uuid}/stoppen/")
    made.refresh_from_db()
    assert (made.name, made.minutes, made.ended_at is not None) == ("JPP Noord", 90, True)
    assert (made.video_url, made.break_minutes) == ("", None)
    assert "Deze reeks is gestopt" in text_of(client.get(f"/beheer/reeksen/{made.uuid}/"))


@pytest.mark.parametrize("who", ["regisseur", "agent", "mentor", "manager"])
def test_nobody_else_opens_these_pages(client, who, request, beheerder):
    made = meetings.series(by=beheerder)
    client.force_login(request.getfixturevalue(who))
    for address in ("/beheer/reeksen/", f"/beheer/reeksen/{made.uuid}/", "/beheer/sluitingsdagen/"):
        assert client.get(address).status_code == 403
