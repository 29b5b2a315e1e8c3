"""Every page of the house, as somebody who may open it, wide and narrow: axe finds nothing, nothing overflows."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests import cast, world
from tests.doors import ANYBODY, all_doors

NOT_A_PAGE = {
    "foundation:live",
    "foundation:ready",
    "foundation:security_txt",
    "accounts:login_passkey",
    "accounts:session_left",
    "reports:chart",
    "reports:partner_chart",
    "cases:attachment_open",
    "cases:measure_strip",
    "cases:story_picture",
    "cases:group_network",
    "cases:group_finder_network",
    "reports:summary_download",
    "meetings:document",
    "meetings:agenda_sheet",
    "meetings:action_sheet",
    "meetings:extract_sheet",
    "oversight:paper_download",
    "retention:certificate_download",
}
# Off unless a ground is set: its own tests open it (tests/cases/test_citizen_numbers.py).
OFF = {"cases:number_note"}
# Parts of a page: they are looked at where they stand.
NOT_WHOLE = {
    "jobs:job_status",
    "meetings:follow_since",
    "meetings:live_item_since",
    "meetings:minutes_progress",
}
PAGES = {
    name: door
    for name, door in all_doors().items()
    if door.method == "GET" and door.status == 200 and name not in NOT_A_PAGE | NOT_WHOLE | OFF
}


@pytest.fixture(scope="module")
def made(site):
    return world.gather()


@pytest.fixture(scope="module")
def browsers(chromium, site, made):
    """A logged-in context per person; made when first asked for."""
    opened = {}

    def browser(who):
        if who not in opened:
            context = chromium.new_context(locale="nl-NL")
            if who != "nobody":
                client = Client()
                client.force_login(User.objects.get(username=who))
                cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
                context.add_cookies(
                    [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site.url}]
                )
            opened[who] = context.new_page()
        return opened[who]

    yield browser
    for page in opened.values():
        page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_page(name, site, made, browsers, axe):
    door = PAGES[name]
    # Whoever may open it; the fewest different people, so that few logins are needed.
    who = "nobody" if door.ok == ANYBODY else min(door.ok, key=list(cast.PEOPLE).index)
    page = browsers(who)
    answer = page.goto(site.url + reverse(name, kwargs=door.kwargs(made)))
    assert answer.status == 200
    assert page.locator("h1").count() == 1
    assert page.title().endswith("IJAP")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe(page) == []
        too_wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert too_wide <= 0, f"{name} is {too_wide} px too wide at {width}"
