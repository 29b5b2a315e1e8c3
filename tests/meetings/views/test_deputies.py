"""The pages of deputies, and the button in the meeting."""

import re

import pytest

from foundation.scope import acting_as
from meetings.models import Attendance, Deputy, Presence
from meetings.operations import agenda, deputies, live, points
from meetings.operations import series as rhythm
from tests.factories import accounts, cases, meetings


@pytest.fixture
def meeting(beheerder, partners, jongerenwerker):
    made = meetings.meeting(by=beheerder)
    rhythm.add_standing(series=made.series, partner=partners["jens"], person=jongerenwerker, by=beheerder)
    return made


@pytest.fixture
def colleague(partners):
    return accounts.deelnemer(partners["jens"], username="collega")


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_beheerder_names_a_deputy_and_takes_the_name_back(client, meeting, colleague, agent, beheerder):
    client.force_login(beheerder)
    address = f"/beheer/reeksen/{meeting.series.uuid}/plaatsvervangers/"
    assert "nog geen plaatsvervangers" in text_of(client.get(address))
    assert client.post(address, {"person": agent.pk}).status_code == 400
    assert client.post(address, {"person": colleague.pk}).status_code == 303
    assert str(colleague) in text_of(client.get(address))
    end = f"/beheer/plaatsvervangers/{Deputy.objects.get().uuid}/beeindigen/"
    assert client.post(end).status_code == 303
    assert "nog geen plaatsvervangers" in text_of(client.get(address))


def test_the_regisseur_says_who_comes(client, meeting, colleague, jongerenwerker, regisseur, beheerder):
    seat = meeting.series.standing_participants.select_related("series", "partner").get()
    deputies.name_deputy(seat=seat, person=colleague, by=beheerder)
    client.force_login(regisseur)
    address = f"/overleg/{meeting.uuid}/wie-komt/"
    assert "komt niet." not in text_of(client.get(address))
    form = {"partner": str(seat.partner.uuid)}
    assert client.post(address, form | {"komt": "nee"}).status_code == 303
    assert f"{jongerenwerker} komt niet. In de plaats: {colleague}" in text_of(client.get(address))
    client.post(address, form | {"komt": "ja"})
    assert "komt niet." not in text_of(client.get(address))


def test_one_press_puts_the_deputy_there(client, meeting, colleague, regisseur, beheerder, partners):
    seat = meeting.series.standing_participants.select_related("series", "partner").get()
    deputies.name_deputy(seat=seat, person=colleague, by=beheerder)
    with acting_as(regisseur):
        case = cases.case(by=regisseur, partners=[partners["politie"]])
        points.add(meeting=meeting, case=case, by=regisseur)
        agenda.agree(meeting=meeting, by=regisseur)
        live.start(meeting=meeting, by=regisseur)
    client.force_login(regisseur)
    page = client.get(f"/overleg/{meeting.uuid}/leiden/").content.decode()
    [button] = re.findall(r'name="deputy" value="([^"]+)"', page)
    jens, police = partners["jens"].pk, partners["politie"].pk
    form = {f"presence_{police}": "present", f"people_{police}": "Kim", f"presence_{jens}": "excused"}
    assert client.post(f"/overleg/{meeting.uuid}/aanwezig/", form | {"deputy": button}).status_code == 303
    seen = {row.partner_id: (row.presence, row.people) for row in Attendance.objects.all()}
    assert seen == {jens: (Presence.PRESENT, str(colleague)), police: (Presence.PRESENT, "Kim")}
    wrong = client.post(f"/overleg/{meeting.uuid}/aanwezig/", {"deputy": f"{police} {colleague}"})
    assert wrong.status_code == 400 and "kan daar nu niet zitten" in text_of(wrong)
    assert Attendance.objects.get(partner=jens).people == str(colleague)
