"""The break on the pages: set by hand, seen by everybody, passed by next and previous."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.scope import acting_as
from meetings.models import AgendaItem, Meeting, Slot
from meetings.operations import agenda, live
from tests.factories import cases, meetings


@pytest.fixture
def meeting(beheerder, regisseur, partners):
    """K0, a break, K1, K2; JENS sits at K1 only."""
    made = meetings.meeting(by=beheerder, minutes=40, break_after_minutes=8, break_minutes=6)
    with acting_as(regisseur):
        for n in range(3):
            cases.case(
                by=regisseur,
                partners=[partners["jens" if n == 1 else "politie"]],
                first_name=f"K{n}",
                review_on=timezone.localdate() - timedelta(days=9 - n),
            )
        agenda.build_agenda(meeting=made, by=regisseur)
    return made


@pytest.fixture
def running(meeting, regisseur):
    with acting_as(regisseur):
        agenda.agree(meeting=meeting, by=regisseur)
        return live.start(meeting=meeting, by=regisseur)


def text_of(client, user, address):
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def live_url(meeting, name, regisseur):
    with acting_as(regisseur):
        item = AgendaItem.objects.get(meeting=meeting, case__youth__first_name=name)
    return f"/overleg/{meeting.uuid}/leiden/{item.uuid}/"


def order():
    return [slot.minutes if slot.is_break else "punt" for slot in Slot.objects.filter(withdrawn_at=None)]


def test_by_hand_without_and_with_htmx(client, meeting, regisseur):
    page = f"/overleg/{meeting.uuid}/"
    assert "Pauze" in text_of(client, regisseur, page) and order() == ["punt", 6, "punt", "punt"]
    answer = client.post(f"{page}pauze/", {"after": 2, "minutes": 12})
    assert (answer.status_code, answer["Location"]) == (303, f"{page}#agenda")
    assert order() == ["punt", 6, "punt", 12, "punt"]
    part = client.post(
        f"{page}pauze/verplaatsen/", {"direction": "op", "seen": 4}, headers={"HX-Request": "true"}
    )
    assert "<html" not in part.content.decode() and order() == ["punt", 6, 12, "punt", "punt"]
    client.post(f"{page}pauze/weghalen/", {"seen": 2})
    assert order() == ["punt", 12, "punt", "punt"]
    client.post(f"{page}pauze/weghalen/", {"seen": 1})  # a point, and no break
    assert order() == ["punt", 12, "punt", "punt"]
    for wrong in ({"after": 3, "minutes": 5}, {"after": 1, "minutes": 0}, {}):
        assert client.post(f"{page}pauze/", wrong).status_code == 409
    assert "3 van de 3 punten" in text_of(client, regisseur, page)


def test_what_fits_is_counted_with_the_break(client, meeting, regisseur):
    Meeting.objects.filter(pk=meeting.pk).update(minutes=29)
    text = text_of(client, regisseur, f"/overleg/{meeting.uuid}/")
    assert "2 van de 3 punten" in text and "30 minuten gepland, 1 te veel" in text


def test_everybody_sees_it_and_the_points_keep_their_numbers(client, running, jongerenwerker, regisseur):
    for address in (f"/overleg/{running.uuid}/", f"/overleg/{running.uuid}/volgen/"):
        text = text_of(client, jongerenwerker, address)
        assert "Pauze, 6 minuten" in text and "Punt 3" in text and "Punt 4" not in text
    assert "3 punten, waarvan 1 voor u" in text_of(client, jongerenwerker, f"/overleg/{running.uuid}/")
    assert "Punt 2 van 3" in text_of(client, regisseur, live_url(running, "K1", regisseur))
    assert "Punt 2 van 3" in text_of(client, jongerenwerker, f"/overleg/{running.uuid}/volgen/")


def test_next_and_previous_pass_it_and_say_so(client, running, regisseur):
    first, second = (live_url(running, name, regisseur) for name in ("K0", "K1"))
    client.force_login(regisseur)
    page = client.get(first).content.decode()
    assert f'href="{second}"' in page and "Hierna 6 minuten pauze" in page and "Pauze, 6 minuten" in page
    page = client.get(second).content.decode()
    assert f'href="{first}"' in page and "Hierna" not in page


def test_ticking_off_goes_past_it(client, running, regisseur):
    client.force_login(regisseur)
    client.get(live_url(running, "K0", regisseur))
    client.post(f"{live_url(running, 'K0', regisseur)}besproken/", {"besproken": "ja"})
    at = Meeting.objects.select_related("at_slot").get(pk=running.pk).at_slot
    with acting_as(regisseur):
        assert at == AgendaItem.objects.select_related("slot").get(case__youth__first_name="K1").slot
    assert not at.is_break
