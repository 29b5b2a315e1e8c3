"""What stays behind in the browser of somebody who worked here: nothing."""

import re

KEPT = """async () => ({
  local: Object.entries(localStorage), session: Object.entries(sessionStorage),
  databases: (await indexedDB.databases()).map(d => d.name),
  caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length,
  readable: document.cookie})"""
# HTMX remembers in this tab at which address it is: no name stands in an address.
PATH = "htmx-current-path-for-history"
NOTHING = {"local": [], "session": [], "databases": [], "caches": [], "workers": 0, "readable": ""}


def kept(page):
    """What the browser holds of us, without the address this tab is at."""
    found = page.evaluate(KEPT)
    for name, value in found["session"]:
        assert name != PATH or re.fullmatch(r"[a-z0-9/?-]*", value), value
    found["session"] = [entry for entry in found["session"] if entry[0] != PATH]
    return found


def test_a_session_leaves_nothing_in_the_browser(person):
    """Lists, a form that saves itself, going back and forth: no name in any store, and no cookie scripts can read."""
    mentor = person("mentor")
    mentor.go("/signalen/nieuw/")
    mentor.press("Begin")
    mentor.page.get_by_label("Voornaam").fill("Sem")
    mentor.page.get_by_label("Wat is er gezien of gehoord?").fill("Drie weken niet op school geweest.")
    mentor.page.get_by_text("Opgeslagen om").wait_for(timeout=15_000)  # saved while typing
    assert kept(mentor.page) == NOTHING
    for path in ("/signalen/", "/", "/signalen/nieuw/"):
        assert mentor.go(path) == 200
        assert kept(mentor.page) == NOTHING, path
    mentor.page.go_back()
    mentor.page.go_forward()
    assert kept(mentor.page) == NOTHING
    mentor.page.evaluate("localStorage.setItem('proef', 'x')")
    mentor.page.get_by_role("button", name="Uitloggen").first.click()
    mentor.page.wait_for_url("**/inloggen/**")
    assert kept(mentor.page) == NOTHING, "logging out empties the browser"
    assert mentor.violations == []


def test_going_back_after_logging_out_shows_nothing(person):
    agent = person("agent")
    agent.go("/dossiers/")
    agent.page.get_by_role("button", name="Uitloggen").first.click()
    agent.page.wait_for_url("**/inloggen/**")
    agent.page.go_back()
    agent.page.wait_for_load_state()
    assert agent.page.locator("input[type=password]").count() == 1
