"""The regisseur finds a youth on the agenda without leaving the keyboard, and without a name leaving the screen."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from foundation.scope import acting_as
from meetings.models import AgendaItem
from tests import cast
from tests.factories import meetings as factory


@pytest.fixture
def leader(site, person):
    regie = User.objects.get(username="regisseur")
    with acting_as(regie):
        meeting = factory.running_meeting(by=regie, partners=[cast.partners()["politie"]], items=6)
        first = AgendaItem.objects.filter(meeting=meeting).on_agenda().order_by("slot__position").first()
    somebody = person("regisseur")
    somebody.go(f"/overleg/{meeting.uuid}/leiden/{first.uuid}/")
    return somebody


def names(page):
    return page.locator(".agenda__item:visible .agenda__name").all_text_contents()


def test_a_part_of_a_name_is_enough_and_accents_do_not_count(leader):
    page, asked = leader.page, []
    everybody = names(page)
    assert len(everybody) == 6 and any(name.startswith("Łukasz") for name in everybody)
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("/")
    page.keyboard.type("cagla")
    [found] = names(page)
    assert found.startswith("Çağla")
    expect(page.locator("[data-find-status]")).to_have_text("1 punt, Enter opent het")
    leader.check_accessible()
    leader.picture("zoek-op-de-agenda")
    page.locator("[data-find]").fill("lukasz")
    assert [name.split()[0] for name in names(page)] == ["Łukasz"]
    page.locator("[data-find]").fill("niemand")
    expect(page.locator("[data-find-status]")).to_have_text("Staat niet op de agenda")
    page.locator("[data-find]").fill("")
    assert names(page) == everybody
    assert not [url for url in asked if "agla" in url or "ukasz" in url]


def test_enter_opens_the_first_that_is_found(leader):
    page = leader.page
    page.keyboard.press("/")
    page.keyboard.type("4")
    [fourth] = names(page)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(fourth)


def test_without_scripts_there_is_no_field_that_does_nothing(leader):
    sent = leader.context.request.get(leader.page.url).text()
    assert re.search(r"data-find-place hidden", sent)
    assert leader.page.locator("[data-find]").is_visible()
