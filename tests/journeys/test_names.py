"""Hiding the names for the beamer, in a real browser: at once, and also when the network is away."""

import pytest

from accounts.models import User
from foundation.scope import acting_as
from meetings.models import AgendaItem
from tests import cast
from tests.factories import meetings as factory


@pytest.fixture
def item(site):
    by = User.objects.get(username="regisseur")
    with acting_as(by):
        meeting = factory.running_meeting(by=by, partners=[cast.partners()["politie"]], items=1)
        return AgendaItem.objects.filter(meeting=meeting).select_related("meeting").get()


def test_names_stay_hidden_after_a_network_that_was_away(person, item):
    regisseur = person("regisseur")
    address = f"/overleg/{item.meeting.uuid}/leiden/{item.uuid}/"
    regisseur.go(address)
    page = regisseur.page
    page.get_by_label("Toelichting of reden").fill("Half besluit")
    regisseur.context.set_offline(True)
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    page.locator("body.hides-names").wait_for()
    assert page.get_by_label("Toelichting of reden").input_value() == "Half besluit"
    with page.expect_response(lambda answer: answer.request.method == "POST", timeout=15_000):
        regisseur.context.set_offline(False)
    regisseur.go(address)
    page.locator("body.hides-names").wait_for()
