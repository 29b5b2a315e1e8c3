"""The screen while somebody is at the table who may not hear a point, and who was there."""

import pytest
from django.urls import reverse

from foundation.scope import acting_as
from meetings.models import AgendaItem, ItemPresence, Presence
from meetings.operations import presence
from tests.factories import meetings as factory


@pytest.fixture
def meeting(regisseur, partners):
    """The first point for the police and JENS, the others for the police alone; both sit at the table."""
    table = [partners["politie"], partners["jens"]]
    with acting_as(regisseur):
        made = factory.running_meeting(by=regisseur, partners=table)
        seen = [presence.Seen(one, Presence.PRESENT, "Kim") for one in table]
        presence.note_attendance(meeting=made, seen=seen, by=regisseur)
        return made


@pytest.fixture
def points(regisseur, meeting):
    with acting_as(regisseur):
        found = AgendaItem.objects.filter(meeting=meeting).on_agenda()
        return list(found.select_related("case__youth", "meeting"))


@pytest.fixture
def lead(client, regisseur):
    client.force_login(regisseur)
    return client


def to(name, item):
    return reverse(f"meetings:{name}", args=[item.meeting.uuid, item.uuid])


def test_a_point_is_a_door_while_somebody_must_leave(lead, points):
    first, second, third = (item.case.youth.name for item in points)
    page = lead.get(to("live_item", points[1])).content.decode()
    assert "Eerst van tafel" in page and "JENS" in page
    assert first in page and second not in page and third not in page
    typed = {"kind": "preventive", "key": points[1].uuid, "text": "Typte ik al"}
    decided = lead.post(to("item_decide", points[1]), typed)
    refused = decided.content.decode()
    assert decided.status_code == 409 and "Eerst van tafel: JENS" in refused and "Typte ik al" in refused
    assert (
        lead.post(to("item_clear", points[1]), {"seen": "HALT"}).status_code == 409
    )  # read before JENS came
    assert lead.post(to("item_clear", points[1]), {"seen": "JENS"}).status_code == 303
    page = lead.get(to("live_item", points[1])).content.decode()
    assert "Eerst van tafel" not in page and second in page and third not in page


def test_the_door_shuts_behind_the_table(lead, points):
    second = points[1].case.youth.name
    lead.post(to("item_clear", points[1]), {"seen": "JENS"})
    assert second in lead.get(to("live_item", points[1])).content.decode()
    lead.get(to("live_item", points[0]))  # the table goes elsewhere, and who left comes back
    page = lead.get(to("live_item", points[1])).content.decode()
    assert "Eerst van tafel" in page and second not in page


def test_who_must_leave_is_said_in_advance(lead, meeting, points):
    assert "Hierna van tafel: JENS" in lead.get(to("live_item", points[0])).content.decode()
    begin = lead.get(reverse("meetings:live", args=[meeting.uuid])).content.decode()
    assert "Wie gaat wanneer van tafel" in begin and begin.count(": JENS") == 2
    assert lead.post(to("item_later", points[1])).status_code == 303
    page = lead.get(to("live_item", points[1])).content.decode()
    assert "Punt 3 van 3" in page and "Zet dit punt aan het eind" not in page


def test_a_point_for_everybody_has_no_door(lead, points):
    page = lead.get(to("live_item", points[0])).content.decode()
    assert points[0].case.youth.name in page and "Eerst van tafel" not in page


def test_who_was_there_is_corrected_at_the_point(lead, regisseur, partners, points):
    page = lead.get(to("live_item", points[0])).content.decode()
    assert "Wie was er bij dit punt" in page and "nog niet opgeschreven" in page
    assert lead.post(to("item_presence", points[0]), {"partners": [partners["jens"].pk]}).status_code == 303
    with acting_as(regisseur):
        rows = ItemPresence.objects.filter(item=points[0]).values_list("partner", "is_present")
        assert set(rows) == {(partners["jens"].pk, True), (partners["politie"].pk, False)}
    lead.post(to("item_presence", points[0]), {"partners": [partners["halt"].pk]})
    with acting_as(regisseur):
        assert not ItemPresence.objects.filter(partner=partners["halt"]).exists()


def test_after_the_close_nobody_sits_there_any_more(lead, regisseur, meeting, points):
    for item in points:
        lead.post(to("item_clear", item), {"seen": "JENS" if item != points[0] else ""})
        lead.post(to("item_decide", item), {"kind": "preventive", "key": item.uuid})
    assert lead.post(reverse("meetings:live_close", args=[meeting.uuid])).status_code == 303
    assert points[2].case.youth.name in lead.get(to("live_item", points[2])).content.decode()
