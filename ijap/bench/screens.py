"""Who is at the measured meeting behind a real Chromium: two who type, and one who follows."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import CommandError

from ijap.bench.measure import Timing

# When a line is on the screen: after the paint that follows it.
NOTE_WHAT_IS_SHOWN = """() => {
  window.seen = {};
  const place = document.querySelector("[data-follow]");
  const look = () => {
    for (const [mark] of place.textContent.matchAll(/\\bR\\d+\\.\\d+\\b/g)) window.seen[mark] ??= Date.now() / 1000;
  };
  document.addEventListener("follow:shown", () => requestAnimationFrame(() => setTimeout(look)));
}"""
# From the key going down to after the paint that follows it.
NOTE_KEYS = """() => {
  window.painted = [];
  addEventListener("keydown", (event) => {
    requestAnimationFrame(() => setTimeout(() => window.painted.push(performance.now() - event.timeStamp)));
  }, true);
}"""


@contextmanager
def browser() -> Iterator[Any]:
    path = os.environ.get("CHROMIUM", "")
    if not path:
        raise CommandError("Zonder Chromium is dit niet te meten.")
    from playwright.sync_api import sync_playwright

    from tests.journeys.conftest import FLAGS

    # Playwright runs a loop in our thread; Django would refuse its database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=None if path == "playwright" else path, args=FLAGS
        )
        yield opened
        opened.close()


class Typist:
    """Somebody who types lines in the note of one point, and lets the page save them."""

    def __init__(self, person: Any, item: Any, number: int) -> None:
        self.person, self.page, self.number = person, person.page, number
        self.marks: list[str] = []
        person.go(f"/overleg/{item.meeting.uuid}/leiden/{item.uuid}/")
        self.page.locator("#note_text").focus()

    def type_line(self) -> None:
        mark = f"R{self.number}.{len(self.marks) + 1}"
        self.page.keyboard.type(f"{mark} vader komt mee.\n")
        self.marks.append(mark)

    def log_in_beside(self) -> None:
        """In another tab, as the page asks; the text stays, and is saved again."""
        mine, self.person.page = self.page, self.person.context.new_page()
        self.person.log_in()
        self.person.page.close()
        self.person.page = mine
        mine.bring_to_front()
        mine.locator("#note_text").focus()
        self.save()

    def save(self) -> None:
        self.page.keyboard.press("Control+s")


def key_to_paint(person: Any, item: Any, keys: int = 100) -> dict[str, Timing]:
    """Milliseconds from a key to what it changed on the screen, in the note and in the line of an action."""
    person.go(f"/overleg/{item.meeting.uuid}/leiden/{item.uuid}/")
    person.page.evaluate(NOTE_KEYS)
    found = {}
    for name, place in (("in de notitie", "#note_text"), ("in de regel voor een actie", "#action_text")):
        person.page.locator(place).focus()
        person.page.evaluate("window.painted = []")
        for number in range(keys):
            person.page.keyboard.press("moeder belt "[number % 12])
        person.page.wait_for_timeout(200)
        found[name] = Timing(person.page.evaluate("window.painted"))
    return found
