"""Following a meeting in a real browser: what is saved stands on the other screen at once, with and without the live
process, and what one may not see any more goes.
"""

import pytest

from access.models import Participation
from access.operations import end_participation
from accounts.models import User
from foundation.scope import acting_as
from meetings.models import AgendaItem
from tests import cast
from tests.factories import meetings as factory
from tests.journeys.parts import Hand


@pytest.fixture(scope="module")
def regie(site):
    return User.objects.get(username="regisseur")


@pytest.fixture(scope="module")
def meeting(site, regie):
    site.start("live")
    table = cast.partners()
    with acting_as(regie):
        return factory.running_meeting(by=regie, partners=[table["politie"], table["jens"]], items=3)


@pytest.fixture(scope="module")
def items(meeting, regie):
    with acting_as(regie):
        found = (
            AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("case__youth", "meeting")
        )
        return list(found.order_by("slot__position"))


@pytest.fixture
def follower(person, meeting):
    worker = person("jongerenwerker")
    worker.go(f"/overleg/{meeting.uuid}/volgen/")
    return worker


def save(site, item, text, version):
    answer = Hand(site, "regisseur").save_note(item, text, version)
    assert answer.status == 200, answer.text


def seen(follower, text, seconds):
    follower.page.get_by_text(text).wait_for(timeout=seconds * 1000)


def test_what_is_saved_stands_on_the_other_screen_at_once(site, items, follower):
    follower.page.wait_for_timeout(1500)  # the line is there
    follower.page.evaluate("window.stays = true")
    save(site, items[0], "Moeder belt morgen met school", 0)
    seen(follower, "Moeder belt morgen met school", 1)  # without the live process it asks at three seconds
    assert follower.page.evaluate("window.stays")  # the page itself stayed
    assert items[1].case.youth.name not in follower.page.content()
    follower.check_accessible()
    follower.picture("volgen")


def test_without_the_live_process_it_asks_by_itself(site, items, follower):
    follower.page.wait_for_timeout(1000)
    site.stop("live", 9)
    try:
        save(site, items[0], "Vader ook", 1)
        seen(follower, "Vader ook", 15)
    finally:
        site.start("live")
    follower.page.wait_for_timeout(4000)  # the browser tries anew every two seconds
    save(site, items[0], "En de mentor", 2)
    seen(follower, "En de mentor", 2)


def test_a_web_that_was_away_loses_nothing_and_says_so(site, items, follower):
    follower.page.wait_for_timeout(1000)
    site.stop("web", 9)
    try:
        follower.page.evaluate("window.dispatchEvent(new Event('online'))")
        seen(follower, "Geen verbinding", 5)
        assert "En de mentor" in follower.page.content()
    finally:
        site.start("web")
        site.wait_until_it_answers()
    save(site, items[0], "Na de storing", 3)
    seen(follower, "Na de storing", 30)


def test_at_360_pixels_too(person, meeting):
    phone = person("agent", width=360, height=740)
    phone.go(f"/overleg/{meeting.uuid}/volgen/")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
    phone.check_accessible()
    phone.picture("volgen-360")


def test_a_right_that_ends_takes_the_text_from_the_screen(items, follower, regie):
    """The last test: nothing is written in the meeting, and still the other screen is empty at once."""
    follower.page.wait_for_timeout(1500)
    assert items[0].case.youth.name in follower.page.content()
    with acting_as(regie):
        partner = User.objects.get(username="jongerenwerker").partner
        seat = Participation.objects.active().get(compartment=items[0].case.room_id, partner=partner)
        end_participation(participation=seat, by=regie)
    seen(follower, "Geen punten voor u", 3)
    assert items[0].case.youth.name not in follower.page.content()
