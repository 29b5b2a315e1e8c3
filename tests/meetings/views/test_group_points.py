"""The pages of a group at a meeting: agenda, meeting screen, group, minutes."""

import re

import pytest

from foundation.scope import acting_as
from meetings.models import GroupPoint
from meetings.operations import group_points, live
from tests.factories import cases as make_case
from tests.factories import groups as make_group
from tests.factories import meetings as make
from tests.factories.audit import logged


@pytest.fixture
def meeting(regisseur, partners):
    with acting_as(regisseur):
        made = make.agreed_meeting(by=regisseur)
        case = make_case.case(by=regisseur, partners=[partners["halt"]])
        make.point(by=regisseur, meeting=made, case=case, partners=[partners["halt"]])
        return made


@pytest.fixture
def group(regisseur, partners):
    with acting_as(regisseur):
        return make_group.naming(by=regisseur, partners=[partners["politie"]])


@pytest.fixture
def point(regisseur, meeting, group):
    with acting_as(regisseur):
        return group_points.put(
            meeting=meeting, group=group, question="Lukt het op vrijdag?", minutes=15, by=regisseur
        )


def text_of(client, user, address, status=200):
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_from_the_agenda_to_the_page_of_the_group(client, regisseur, meeting, group):
    agenda = f"/overleg/{meeting.uuid}/"
    assert group.name in text_of(client, regisseur, agenda)
    put = f"{agenda}groep/{group.uuid}/"
    assert client.post(put, {"question": "", "minutes": "10", "version": "0"}).status_code == 400
    assert client.post(put, {"question": "Lukt het?", "minutes": "15", "version": "0"}).status_code == 303
    text = text_of(client, regisseur, agenda)
    assert "Lukt het?" in text and "15 minuten" in text and "23 minuten gepland" in text
    told = text_of(client, regisseur, f"/overleg/groep/{group.uuid}/")
    assert "Lukt het?" in told


def test_only_who_takes_part_sees_it_on_the_agenda(client, agent, haltmedewerker, meeting, group, point):
    agenda = f"/overleg/{meeting.uuid}/"
    assert "Lukt het op vrijdag?" in text_of(client, agent, agenda)
    text = text_of(client, haltmedewerker, agenda)
    assert "Groepen" not in text[text.index("1 punten") :] and group.name not in text
    text_of(client, haltmedewerker, f"/overleg/groepspunt/{point.uuid}/", status=404)
    assert logged("meeting.agenda_viewed")


def test_written_in_the_meeting_and_read_after_it(client, regisseur, agent, meeting, point):
    with acting_as(regisseur):
        live.start(meeting=meeting, by=regisseur)
    page = f"/overleg/groepspunt/{point.uuid}/"
    screen = text_of(client, regisseur, f"/overleg/{meeting.uuid}/leiden/")
    assert "Groep 1" in screen and point.group.name not in screen  # the whole table looks at it
    sent = {"version": "1", "outcome": "Sport op vrijdag"}
    client.force_login(agent)
    assert client.post(page, sent).status_code == 403
    client.force_login(regisseur)
    assert client.post(page, sent).status_code == 303
    assert "Sport op vrijdag" in text_of(client, agent, page)
    assert "Opgeschreven door" in text_of(client, agent, page)


def test_an_old_page_keeps_its_text_and_shows_the_newer(client, regisseur, meeting, point):
    with acting_as(regisseur):
        live.start(meeting=meeting, by=regisseur)
        group_points.write(point=point, outcome="Eerst", version=1, by=regisseur)
    client.force_login(regisseur)
    answer = client.post(f"/overleg/groepspunt/{point.uuid}/", {"version": "1", "outcome": "Later"})
    assert answer.status_code == 409
    assert b"Eerst" in answer.content and b"Later" in answer.content
    assert b'name="version" value="2"' in answer.content


def test_off_the_agenda(client, regisseur, meeting, point):
    client.force_login(regisseur)
    assert client.post(f"/overleg/groepspunt/{point.uuid}/weghalen/").status_code == 303
    with acting_as(regisseur):
        assert not GroupPoint.objects.visible_to(regisseur).standing().exists()


def test_the_minutes_have_a_part_about_groups(client, regisseur, meeting, point):
    with acting_as(regisseur):
        live.start(meeting=meeting, by=regisseur)
        group_points.write(point=point, outcome="Sport op vrijdag", version=1, by=regisseur)
        make.decide_all(by=regisseur, meeting=meeting)
        live.close(meeting=meeting, by=regisseur)
    text = text_of(client, regisseur, f"/overleg/{meeting.uuid}/verslag/")
    assert "Groepen" in text and "Sport op vrijdag" in text


def test_on_the_page_of_who_follows_only_who_reads_the_group_sees_it(
    client, meeting, point, regisseur, agent, haltmedewerker
):
    """Of a group others see nothing, not even a number (ADR 0067)."""
    address = f"/overleg/{meeting.uuid}/volgen/"
    with acting_as(regisseur):
        live.start(meeting=meeting, by=regisseur)
        group_points.write(point=point, outcome="Toezicht op vrijdag.", version=1, by=regisseur)
    mine, theirs = (text_of(client, who, address) for who in (agent, haltmedewerker))
    assert (
        "Lukt het op vrijdag?" in mine and "Toezicht op vrijdag." in mine and "Geen punten voor u" not in mine
    )
    assert point.group.name not in theirs and "vrijdag" not in theirs
    assert [row.details["shown"] for row in logged("meeting.followed")] == [1, 1]
