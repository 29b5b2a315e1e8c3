"""Two who write in one meeting, in a real browser: what one saves stands on the screen of the other, and what the
other has in hand stays in hand.
"""

import re
from uuid import uuid4

import pytest
from django.db.models.functions import Now
from playwright.sync_api import expect

from accounts.models import User
from foundation.scope import acting_as
from meetings.models import AgendaItem, DecisionKind, Slot
from meetings.operations import desk
from tests import cast
from tests.factories import meetings as factory
from tests.journeys.parts import Hand

SINCE = re.compile(r"/leiden/[0-9a-f-]{36}/\d+/$")


@pytest.fixture(scope="module")
def other(site):
    """The colleague who writes too, elsewhere."""
    return User.objects.get(username="tweede_regisseur")


@pytest.fixture
def meeting(site, other):
    with acting_as(other):
        return factory.running_meeting(by=other, partners=[cast.partners()["politie"]], items=2)


@pytest.fixture
def item(meeting, other):
    with acting_as(other):
        return AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("case__youth", "meeting__series", "slot").first()  # fmt: skip


@pytest.fixture
def writer(person, item):
    somebody = person("regisseur")
    somebody.go(f"/overleg/{item.meeting.uuid}/leiden/{item.uuid}/")
    return somebody


def other_saves(site, item, text, version):
    answer = Hand(site, "tweede_regisseur").save_note(item, text, version)
    assert answer.status == 200, answer.text


def other_decides(item, other, text):
    with acting_as(other):
        desk.decide(item=item, kind=DecisionKind.PREVENTIVE, text=text, key=uuid4(), by=other)


def note(writer):
    return writer.page.get_by_label("Notitie").first


def test_what_the_other_saves_stands_there_and_what_is_typed_stays(site, item, other, writer):
    page = writer.page
    page.get_by_label("Toelichting of reden").fill("Nog niet verstuurd")
    page.get_by_label("Nieuwe actie").click()
    page.keyboard.type("JENS huisbe")
    other_decides(item, other, "Halt belt vader.")
    other_saves(site, item, "Moeder belt morgen", 0)
    page.get_by_text("Halt belt vader.").wait_for(
        timeout=6000
    )  # no live process here: it asks every three seconds
    page.locator("#agenda-besloten", has_text="1 van 2 besloten").wait_for()
    assert note(writer).input_value() == "Moeder belt morgen"  # nobody was typing there
    page.keyboard.type("zoek")  # the focus did not move
    assert page.get_by_label("Nieuwe actie").input_value() == "JENS huisbezoek"
    assert page.get_by_label("Toelichting of reden").input_value() == "Nog niet verstuurd"
    writer.check_accessible()
    # What came is as whole as what was there: its button works.
    page.locator("button", has_text="Neem terug: Preventieve inzet").click()
    page.get_by_text("Teruggenomen om").wait_for()
    # And the note that came is saved on top of the newest one.
    note(writer).fill("Moeder belt morgen om tien uur")
    page.get_by_text("Opgeslagen om").first.wait_for(timeout=15_000)
    with acting_as(other):
        assert item.notes.order_by("-version").first().text == "Moeder belt morgen om tien uur"


def test_a_note_in_hand_is_not_touched_and_a_line_says_so(site, item, other, writer):
    page = writer.page
    note(writer).click()
    other_saves(site, item, "Van de ander", 0)
    line = page.get_by_text("wijzigde deze notitie om")
    line.wait_for(timeout=6000)
    assert note(writer).input_value() == ""
    writer.check_accessible()
    writer.picture("twee-schrijvers")
    page.keyboard.type("Van mij")
    page.get_by_text("Uw tekst is nog niet opgeslagen").wait_for(timeout=10_000)
    assert note(writer).input_value() == "Van mij"
    page.get_by_role("button", name="Neem deze tekst over").click()
    page.get_by_label("Nieuwe actie").click()
    line.wait_for(state="hidden", timeout=6000)
    assert note(writer).input_value() == "Van de ander"


def test_who_only_stood_in_the_note_gets_the_text_on_leaving_it(site, item, other, writer):
    note(writer).click()
    other_saves(site, item, "Van de ander", 0)
    writer.page.get_by_text("wijzigde deze notitie om").wait_for(timeout=6000)
    writer.page.get_by_label("Nieuwe actie").click()
    expect(note(writer)).to_have_value("Van de ander", timeout=6000)


def test_an_answer_asked_before_ones_own_decision_does_not_undo_it(site, item, writer):
    page, held = writer.page, []
    other_saves(site, item, "Van de ander", 0)
    page.route(SINCE, lambda route: held.append((route, route.fetch())), times=1)
    while not held:
        page.wait_for_timeout(100)
    page.get_by_label("Soort besluit").select_option("preventive")
    writer.press("Leg het besluit vast")
    decided = page.locator("#agenda-besloten", has_text="1 van 2 besloten")
    decided.wait_for()
    route, old = held[0]
    assert "0 van 2 besloten" in old.text()
    route.fulfill(response=old)
    for _ in range(5):
        page.wait_for_timeout(100)
        assert decided.is_visible()


def test_a_point_that_is_gone_leaves_the_screen_but_not_what_was_typed(item, other, writer):
    page = writer.page
    page.route("**/notitie/", lambda route: route.abort())  # nothing can be saved now
    note(writer).fill("Nog niet bewaard")
    with acting_as(other):
        Slot.objects.filter(pk=item.slot_id).update(withdrawn_at=Now())
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_text("dit punt is voor u gesloten").wait_for(timeout=40_000)
    assert item.case.youth.name not in page.locator(".meeting__item").inner_text()
    assert note(writer).input_value() == "Nog niet bewaard"


def test_on_a_phone_the_agenda_stays_unfolded(person, item, other):
    phone = person("regisseur", width=360, height=740)
    phone.go(f"/overleg/{item.meeting.uuid}/leiden/{item.uuid}/")
    page = phone.page
    page.get_by_role("button", name="Agenda, 0 van 2").click()
    other_decides(item, other, "Halt belt moeder.")
    page.get_by_role("button", name="Agenda, 1 van 2").wait_for(timeout=6000)
    assert page.locator("#agenda").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Agenda, 1 van 2").click()
    assert not page.locator("#agenda").is_visible()
    phone.check_accessible()
    phone.picture("twee-schrijvers-360")


def test_taking_back_leaves_what_is_half_typed(item, other, writer):
    """`z` and the buttons take one line away, not the next one that is being written."""
    page, police = writer.page, cast.partners()["politie"]
    page.get_by_label("Nieuwe actie").fill(f"{police} huisbezoek")
    page.keyboard.press("Control+Enter")
    page.locator("button", has_text="Neem terug: huisbezoek").wait_for()
    other_decides(item, other, "Halt belt vader.")
    page.get_by_text("Halt belt vader.").wait_for(timeout=6000)
    page.get_by_label("Toelichting of reden").fill("Half besluit")
    page.get_by_label("Nieuwe actie").fill("Half een actie")
    page.locator("button", has_text="Neem terug: Preventieve inzet").click()
    page.get_by_text("Teruggenomen om").wait_for()
    expect(page.get_by_role("heading", name="Besluit", exact=True)).to_be_focused()
    expect(page.locator("#agenda-besloten")).to_contain_text("0 van 2 besloten")  # the agenda beside it too
    page.keyboard.press("z")
    page.locator("button", has_text="Neem terug: huisbezoek").wait_for(state="detached")
    expect(page.locator("[data-spoken]")).to_have_text("Actie teruggenomen.")
    expect(page.get_by_role("heading", name="Besluit", exact=True)).to_be_focused()  # a key takes it nowhere
    assert page.get_by_label("Toelichting of reden").input_value() == "Half besluit"
    assert page.get_by_label("Nieuwe actie").input_value() == "Half een actie"
