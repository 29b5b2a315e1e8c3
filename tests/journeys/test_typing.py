"""What somebody types is kept on the screen and saved once, whatever breaks: network, web, database, session, a tab.

In a real browser, against a site whose parts are broken while it types.
"""

import os
import signal
from contextlib import contextmanager

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from accounts.models import User
from cases.models import Signal
from foundation.scope import acting_as
from meetings.models import AgendaItem, AgreedAction, Note
from tests import cast
from tests.conftest import as_superuser
from tests.factories import meetings as factory
from tests.journeys.parts import end_sessions, wait_until
from tests.journeys.test_leaves_nothing import NOTHING, kept

LINES = [f"Regel {number}: moeder belt morgen met school." for number in range(1, 201)]
TEN_MINUTES = 600_000


@pytest.fixture
def item(regie):
    with acting_as(regie):
        meeting = factory.running_meeting(by=regie, partners=[cast.partners()["jens"]], items=1)
        return AgendaItem.objects.select_related("meeting").get(meeting=meeting)


@pytest.fixture
def writer(person, item):
    """Somebody who wrote one line at this point, which is saved."""
    somebody = person("regisseur")
    somebody.page.clock.install()
    somebody.go(f"/overleg/{item.meeting.uuid}/leiden/{item.uuid}/")
    somebody.page.locator("#note_text").focus()
    write(somebody, "Eerst dit.")
    said(somebody, "Opgeslagen om")
    return somebody


def write(somebody, text):
    somebody.page.locator("#note_text").focus()
    somebody.page.keyboard.insert_text(text)
    somebody.page.clock.run_for(1100)  # who stops for a second is saved


def said(somebody, words):
    """What the page says of saving; its clock goes on until it says so."""
    place = somebody.page.locator("[data-save-status]")

    def is_said():
        somebody.page.clock.run_for(1000)
        return words in place.inner_text()

    wait_until(is_said, 30, f"{words!r} said, but {place.inner_text()!r}")


def on_screen(somebody):
    return somebody.page.locator("#note_text").input_value()


def versions(item, by):
    with acting_as(by):
        return list(Note.objects.filter(item=item).order_by("version").values_list("text", flat=True))


def check_saved_once(somebody, item, by, text):
    """One version more than the first line, and it is what stands on the screen."""
    assert on_screen(somebody) == text
    assert versions(item, by) == ["Eerst dit.", text]


def test_ten_minutes_without_a_network(writer, item, regie):
    """Two hundred lines typed meanwhile are on the screen, in no store, and saved once when the network is back."""
    writer.context.set_offline(True)
    write(writer, "\n")
    for line in LINES:
        writer.page.keyboard.insert_text(f"{line}\n")
    writer.page.clock.run_for(TEN_MINUTES)
    said(writer, "Niet opgeslagen: geen verbinding")
    assert kept(writer.page) == NOTHING
    text = "\n".join(["Eerst dit.", *LINES])
    assert on_screen(writer).strip() == text
    assert versions(item, regie) == ["Eerst dit."]
    writer.context.set_offline(False)
    said(writer, "Opgeslagen om")
    assert versions(item, regie) == ["Eerst dit.", text]


def test_a_web_that_restarts(site, writer, item, regie):
    site.stop("web", signal.SIGKILL)
    try:
        write(writer, "\nTijdens de storing.")
        said(writer, "Niet opgeslagen: geen verbinding")
    finally:
        site.start("web")
        site.wait_until_it_answers()
    said(writer, "Opgeslagen om")
    check_saved_once(writer, item, regie, "Eerst dit.\nTijdens de storing.")


@contextmanager
def frozen(site):
    process = site.processes["web"]
    os.killpg(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGCONT)


def test_a_web_that_hangs(site, writer, item, regie):
    """Guard: the page waits fifteen seconds for an answer, not for ever. What arrives twice is stored once."""
    with frozen(site):
        write(writer, "\nTijdens het hangen.")
        said(writer, "Niet opgeslagen: geen verbinding")
    said(writer, "Opgeslagen om")
    check_saved_once(writer, item, regie, "Eerst dit.\nTijdens het hangen.")


def test_saving_by_key_while_a_save_is_under_way(site, writer, item, regie):
    """Guard: what is asked meanwhile is done after it. Else the page says that it is busy, for ever."""
    with writer.page.expect_response("**/notitie/"), frozen(site):
        write(writer, "\nNog een regel.")
        writer.page.keyboard.press("Control+s")
    writer.page.wait_for_timeout(
        300
    )  # the page heard the answer; before it said when the first line was saved
    said(writer, "Opgeslagen om")
    check_saved_once(writer, item, regie, "Eerst dit.\nNog een regel.")


def test_a_database_that_restarts(site, writer, item, regie):
    name = connection.settings_dict["NAME"]
    as_superuser(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    try:
        end_sessions()
        write(writer, "\nTijdens de herstart.")
        said(writer, "Wij proberen het zo opnieuw")
    finally:
        as_superuser(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    said(writer, "Opgeslagen om")
    check_saved_once(writer, item, regie, "Eerst dit.\nTijdens de herstart.")


def test_a_session_that_ended(site, writer, item, regie):
    """The text stays; after logging in beside it, it is saved once."""
    [cookie] = [one for one in writer.context.cookies() if one["name"] == "session"]
    assert Session.objects.filter(pk=cookie["value"]).delete()[0]
    write(writer, "\nNa het einde.")
    said(writer, "U bent uitgelogd")
    assert kept(writer.page) == NOTHING
    mine, writer.page = writer.page, writer.context.new_page()
    writer.log_in()
    writer.page.close()
    writer.page = mine
    mine.evaluate("dispatchEvent(new Event('focus'))")  # back in this tab
    said(writer, "Opgeslagen om")
    check_saved_once(writer, item, regie, "Eerst dit.\nNa het einde.")


def test_closing_a_tab_with_unsaved_text_warns_and_without_does_not(writer):
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    writer.page.on("dialog", stay)
    writer.context.set_offline(True)
    write(writer, "\nNog niet weg.")
    said(writer, "Niet opgeslagen")
    writer.page.close(run_before_unload=True)
    wait_until(lambda: asked or writer.page.wait_for_timeout(50), 10, "a question before the tab closes")
    assert asked == ["beforeunload"]
    assert on_screen(writer).endswith("Nog niet weg.")
    writer.context.set_offline(False)
    said(writer, "Opgeslagen om")
    with writer.page.expect_event("close", timeout=5000):
        writer.page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_a_double_click_makes_one_action(person, item, regie):
    """Guard: the key in the form."""
    somebody = person("regisseur")
    somebody.go(f"/overleg/{item.meeting.uuid}/leiden/{item.uuid}/")
    somebody.page.get_by_label("Nieuwe actie").fill("JENS gaat op huisbezoek")
    somebody.page.get_by_role("button", name="Voeg toe").dblclick()
    somebody.page.locator(".actions__what", has_text="aat op huisbezoek").first.wait_for()
    somebody.page.wait_for_load_state("networkidle")
    with acting_as(regie):
        assert AgreedAction.objects.filter(item=item, withdrawn_at=None).count() == 1


def test_back_and_again_begins_one_signal(person):
    """Guard: the key in the form; the page that comes back with the back button sends the same one again."""
    mentor, author = person("mentor"), User.objects.get(username="mentor")

    def count():
        with acting_as(author):
            return Signal.objects.count()

    before = count()
    mentor.go("/signalen/nieuw/")
    for _ in range(2):
        mentor.press("Begin")
        mentor.page.get_by_label("Voornaam").wait_for()
        mentor.page.go_back()
    assert count() == before + 1
