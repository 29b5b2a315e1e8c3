"""The site that is measured: its processes, a meeting of twenty points with the cast of the tests, and who follows it."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from accounts.models import User
from foundation.scope import acting_as
from ijap.bench.followers import Follower
from meetings.models import AgendaItem, Meeting

ITEMS, LONG_AGENDA = 20, 40
FOLLOWERS = ("agent", "jongerenwerker", "haltmedewerker") * 3
LOG = Path(settings.BASE_DIR, ".local", "log", "bench", "site.log")


@dataclass
class Room:
    """The site that is measured and its meeting."""

    site: Any
    meeting: Meeting
    items: list[AgendaItem]
    long_item: AgendaItem
    regie: User
    broken: list[tuple[float, float]] = field(default_factory=list)  # when the web was away
    versions: int = 0  # of notes, when the part that is measured began

    def hand(self, username: str) -> Any:
        from tests.journeys.parts import Hand

        return Hand(self.site, username)


@contextlib.contextmanager
def room() -> Iterator[Room]:
    """The cast of the tests at a meeting, and the processes of a site that shows it."""
    from tests import cast
    from tests.factories import meetings as factory
    from tests.journeys.conftest import Site, give_passwords

    cast.gather()
    give_passwords()
    regie, table = User.objects.get(username="regisseur"), cast.partners()
    seats = [table["politie"], table["jens"], table["halt"]]
    with acting_as(regie):
        meeting = factory.running_meeting(by=regie, partners=seats, items=ITEMS)
        long = factory.running_meeting(by=regie, partners=seats, items=LONG_AGENDA)
        items, long_items = ([*_items(one)] for one in (meeting, long))
    site = Site(connections["default"].settings_dict["NAME"], LOG.open("ab"))
    site.env["PLAIN_STATIC"] = "false"
    site.web_workers = 2  # as in the image
    del site.live_env["LIVE_ASK_SECONDS"]  # as it runs for real
    try:
        for process in ("web", "live"):
            site.start(process)
        site.wait_until_it_answers()
        yield Room(site, meeting, items, long_items[10], regie)
    finally:
        for process in list(site.processes):
            site.stop(process, 9)
        site.log.close()


def _items(meeting: Meeting) -> Iterator[AgendaItem]:
    found = AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("meeting")
    return iter(found.order_by("slot__position"))


def followers_of(here: Room, people: Iterable[str]) -> list[Follower]:
    return [Follower(here.hand(who), here.meeting, here.site.live_port).start() for who in people]
