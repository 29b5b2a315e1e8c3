"""What is sent when nobody is there to take it: no connection, a lost session, a login of somebody else, a page that
stays. In a real browser.
"""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from accounts.models import User
from foundation.scope import acting_as
from meetings.models import AgendaItem, AgreedAction, Decision, MinutesRemark, Note
from tests import cast
from tests.factories import meetings as factory
from tests.journeys.conftest import PASSWORD
from tests.journeys.parts import HALF, Hand, decision_text, hold, note, stored, wait_until

# The button itself is there without scripts only; other forms that save by themselves do have one.
PRESSED = "document.querySelector('#notitie form').requestSubmit()"
UNSAVED = "document.querySelectorAll('form[data-unsaved]').length"


@pytest.fixture
def remarker(person, regie):
    """At a point of minutes that can still be remarked upon: a form that takes the page with it."""
    with acting_as(regie):
        meeting = factory.full_meeting(by=regie, partners=[cast.partners()["politie"]])
        item = AgendaItem.objects.filter(meeting=meeting).on_agenda().first()
    agent = person("agent")
    agent.go(f"/overleg/punt/{item.uuid}/nalezen/")
    agent.page.get_by_label("Wat moet er anders").fill(HALF)
    return agent


def log_out_elsewhere(person):
    [cookie] = [one for one in person.context.cookies() if one["name"] == "session"]
    assert Session.objects.filter(pk=cookie["value"]).delete()[0]


def log_in_here(person, username, password=PASSWORD):
    over = person.page.get_by_role("dialog", name="Uw sessie is voorbij")
    over.get_by_label("Gebruikersnaam").fill(username)
    over.get_by_label("Wachtwoord", exact=True).fill(password)
    over.get_by_role("button", name="Inloggen", exact=True).click()
    return over


def log_in_in_another_tab(person, username):
    """Out and in again: the tokens of the first tab are worthless now."""
    mine, person.page = person.page, person.context.new_page()
    person.go("/account/")
    person.press("Uitloggen")
    person.page.wait_for_url("**/inloggen/**")
    person.username = username
    person.log_in()
    person.page.close()
    person.page = mine


def remarks():
    with acting_as(User.objects.get(username="regisseur")):
        return list(MinutesRemark.objects.values_list("text", flat=True))


# --- no connection --------------------------------------------------------------------------------------------
def test_a_note_that_cannot_be_saved_does_not_leave_with_its_button(writer, regie):
    page = writer.page
    note(page).fill("Eerst dit.")
    page.locator("[data-save-status]", has_text="Opgeslagen om").wait_for()
    writer.context.set_offline(True)
    note(page).fill(HALF)
    page.evaluate(PRESSED)
    page.get_by_text("Dit is niet verstuurd").wait_for()
    assert note(page).input_value() == HALF and page.evaluate("location.protocol") == "http:"
    writer.context.set_offline(False)
    wait_until(lambda: stored(Note, regie)[:1] == [HALF] or page.wait_for_timeout(50), 15, "saved")
    # What is refused by a page is not fetched again to put that page in the place of the text.
    page.route("**/notitie/", lambda route: route.fulfill(status=403, body="Forbidden"))
    note(page).fill(f"{HALF} en meer")
    page.evaluate(PRESSED)
    page.locator("[data-save-status]", has_text="Niet opgeslagen").wait_for()
    page.wait_for_timeout(300)
    assert note(page).input_value() == f"{HALF} en meer" and "/leiden/" in page.url


def test_a_note_that_comes_back_with_a_reason_is_not_left_without_a_question(writer, asked):
    """Guard: it is stored nowhere, and no longer being typed in."""
    page, long = writer.page, f"{HALF}{chr(10) * 500}einde"
    note(page).fill(long)
    page.locator("[data-save-status]", has_text="niet meer dan").wait_for()
    page.evaluate(PRESSED)
    page.locator("#notitie .error-summary").wait_for()
    assert note(page).input_value() == long and page.evaluate(UNSAVED) == 1
    page.locator(".agenda__link").nth(1).click(no_wait_after=True)
    wait_until(lambda: asked or page.wait_for_timeout(50), 10, "a question before leaving")
    assert note(page).input_value() == long


def test_a_form_that_leaves_the_page_stays_without_a_connection(remarker):
    page = remarker.page
    remarker.context.set_offline(True)
    page.get_by_role("button", name="Stuur naar de regisseur").click()
    page.get_by_text("Dit is niet verstuurd").wait_for()
    assert page.get_by_label("Wat moet er anders").input_value() == HALF and page.evaluate(UNSAVED) == 1
    remarker.context.set_offline(False)
    page.get_by_role("button", name="Stuur naar de regisseur").dblclick()
    page.get_by_text(HALF).first.wait_for()
    assert remarks().count(HALF) == 1


def test_a_wifi_page_is_not_taken_for_a_lost_session(remarker):
    """Guard: the dialog to log in cannot be closed, so it comes only when the site itself asks for it."""
    page = remarker.page
    page.route("**/inloggen/**", lambda route: route.fulfill(status=200, body="<html><p>Wifi</p></html>"))
    page.get_by_role("button", name="Stuur naar de regisseur").click()
    page.get_by_text("Dit is niet verstuurd").wait_for()
    assert not page.locator("dialog[data-session]").is_visible()
    page.unroute("**/inloggen/**")
    page.get_by_role("button", name="Stuur naar de regisseur").click()
    page.get_by_text("De regisseur leest uw opmerking").wait_for()


@pytest.mark.parametrize("answer", [(403, "Forbidden"), (418, "<p>Theepot</p>")], ids=["words", "unknown"])
def test_what_is_not_of_the_site_is_not_put_on_the_page(writer, answer):
    page = writer.page
    body = {"status": answer[0], "body": answer[1], "content_type": "text/html"}
    page.route("**/besluit/", lambda route: route.fulfill(**body), times=1)
    page.get_by_label("Soort besluit").select_option("preventive")
    decision_text(page).fill(HALF)
    writer.press("Leg het besluit vast")
    page.get_by_text("Dit is niet verstuurd").wait_for()
    assert decision_text(page).input_value() == HALF and page.evaluate(UNSAVED) == 1


# --- nobody logged in, or somebody else -----------------------------------------------------------------------
def test_a_form_that_leaves_the_page_waits_until_somebody_logged_in(remarker):
    page = remarker.page
    log_out_elsewhere(remarker)
    page.get_by_role("button", name="Stuur naar de regisseur").click()
    wrong = log_in_here(remarker, "agent", "verkeerd")
    wrong.get_by_text("horen niet bij elkaar").first.wait_for()
    log_in_here(remarker, "agent").wait_for(state="hidden")
    page.get_by_text("is nog niet verstuurd").wait_for()
    remarker.check_accessible()
    assert page.get_by_label("Wat moet er anders").input_value() == HALF
    page.get_by_role("button", name="Stuur naar de regisseur").click()
    page.get_by_text("U bent weer ingelogd").wait_for(state="detached")
    assert HALF in remarks()


def test_who_logged_in_again_in_another_tab_goes_on(writer, regie):
    """Guard: the tokens of this page are of the session before; without new ones nothing can be sent from it."""
    page = writer.page
    log_in_in_another_tab(writer, "regisseur")
    note(page).fill(HALF)
    wait_until(lambda: stored(Note, regie)[:1] == [HALF] or page.wait_for_timeout(50), 10, "saved")
    log_in_in_another_tab(writer, "regisseur")
    page.get_by_label("Soort besluit").select_option("preventive")
    decision_text(page).fill(HALF)
    writer.press("Leg het besluit vast")
    page.get_by_text("is nog niet verstuurd").wait_for()
    writer.press("Leg het besluit vast")
    page.locator("#besluitlijst", has_text=HALF).wait_for()
    assert stored(Decision, regie)[0] == HALF
    assert not page.locator("dialog[data-session]").is_visible()


@pytest.mark.parametrize("kind", ["note", "form"])
def test_nothing_of_the_first_is_stored_under_the_name_of_the_second(writer, remarker, regie, kind):
    before = stored(Note, regie), remarks()
    first = writer if kind == "note" else remarker
    log_in_in_another_tab(first, "tweede_regisseur")
    if kind == "note":
        note(first.page).fill(HALF)
    else:
        first.page.get_by_role("button", name="Stuur naar de regisseur").click()
    first.page.wait_for_url(f"{first.site.url}/")
    assert (stored(Note, regie), remarks()) == before


def test_a_screen_is_not_filled_with_what_somebody_else_may_do(writer, items, site):
    """Guard: the rows would carry the tokens of who logged in last, and what the first one types would be theirs."""
    log_in_in_another_tab(writer, "tweede_regisseur")
    assert Hand(site, "regisseur").save_note(items[0], "Moeder belt", 0).status == 200
    writer.page.wait_for_url(f"{site.url}/")


def test_a_login_page_that_breaks_off_is_fetched_again(writer):
    page = writer.page
    log_out_elsewhere(writer)
    page.evaluate("""() => {
        const whole = Response.prototype.text;
        let times = 0;
        Response.prototype.text = function () {
            return this.url.includes("/inloggen/") && times++ === 0 ? Promise.reject(new TypeError("cut")) : whole.call(this);
        };
    }""")
    note(page).fill(HALF)
    page.get_by_text("Geen verbinding. Wij proberen het opnieuw.").wait_for(timeout=10_000)
    log_in_here(writer, "regisseur").wait_for(state="hidden", timeout=10_000)
    page.locator("[data-save-status]", has_text="Opgeslagen om").wait_for(timeout=10_000)
    assert note(page).input_value() == HALF


# --- who stays --------------------------------------------------------------------------------------------------
def test_what_was_on_its_way_when_somebody_stayed_can_be_sent_again(remarker):
    """Guard: the form said that it was sent, and heard no press for ten seconds."""
    page = remarker.page
    answers = ["dismiss", "accept"]
    page.on("dialog", lambda dialog: getattr(dialog, answers.pop(0))())
    page.evaluate("""() => {
        const other = document.createElement("form");
        other.setAttribute("data-unsaved", "");
        document.body.append(other);
    }""")
    page.get_by_role("button", name="Stuur naar de regisseur").click(no_wait_after=True)
    wait_until(lambda: len(answers) == 1 or page.wait_for_timeout(50), 10, "asked once")
    wait_until(lambda: page.evaluate(UNSAVED) == 2 or page.wait_for_timeout(50), 10, "marked again")
    page.get_by_role("button", name="Stuur naar de regisseur").click(no_wait_after=True)
    page.locator("form[data-unsaved]").first.wait_for(state="detached")
    assert HALF in remarks() and not answers


def test_a_button_without_text_can_be_pressed_again_too(writer, items, asked):
    page = writer.page
    note(page).fill(f"{HALF}{chr(10) * 500}einde")
    page.locator("[data-save-status]", has_text="niet meer dan").wait_for()
    done = page.get_by_role("button", name="Besproken, naar het volgende punt")
    done.click(no_wait_after=True)
    wait_until(lambda: asked or page.wait_for_timeout(50), 10, "asked")
    page.locator("form[data-sent]").wait_for(state="detached", timeout=5000)  # of itself it takes ten seconds
    note(page).fill(HALF)
    page.locator("[data-save-status]", has_text="Opgeslagen om").wait_for()
    done.click(no_wait_after=True)
    page.wait_for_url(f"**{items[1].uuid}/", timeout=5000)
    assert len(asked) == 1


def test_what_is_on_its_way_takes_no_more_text(remarker):
    """Guard: what is typed beside an answer that takes the page with it was never sent, and nobody would ask."""
    page = remarker.page
    heard = []
    page.on("console", lambda message: heard.append(message.text))
    page.evaluate("""() => document.addEventListener("submit", () => setTimeout(() => {
        const typing = new InputEvent("beforeinput", { bubbles: true, cancelable: true, data: "x" });
        document.querySelector("textarea").dispatchEvent(typing);
        console.log(`refused ${typing.defaultPrevented}`);
    }))""")
    page.get_by_role("button", name="Stuur naar de regisseur").click()
    page.get_by_text("De regisseur leest uw opmerking").wait_for()
    assert heard == ["refused true"] and HALF in remarks()


def test_a_signal_that_is_not_complete_is_stored_and_asks_nothing(person):
    """Guard: what only cannot be sent yet is no unsaved text."""
    mentor = person("mentor")
    mentor.go("/signalen/nieuw/")
    mentor.press("Begin")
    mentor.page.get_by_label("Wat is er gezien of gehoord?").fill(HALF)
    mentor.page.get_by_text("Opgeslagen om").wait_for(timeout=15_000)
    mentor.press("Indienen")
    mentor.page.locator(".error-summary").wait_for()
    assert mentor.page.evaluate(UNSAVED) == 0


# --- what comes back ----------------------------------------------------------------------------------------------
def test_who_types_on_in_the_next_field_stays_there(writer, regie):
    """Guard: the focus went to the first field, and what was typed blindly became keys."""
    page, police = writer.page, cast.partners()["politie"]
    let_go = hold(page, "**/actie/")
    page.get_by_label("Nieuwe actie").fill(f"{police} huisbezoek")
    page.keyboard.press("Enter")
    page.get_by_label("Nieuwe actie").fill(f"{police} belt school")
    due = page.get_by_label("Voor", exact=True)
    due.fill("2031-01-08")
    let_go()
    page.locator("#actielijst", has_text="huisbezoek").wait_for()
    page.wait_for_timeout(200)
    expect(due).to_be_focused()
    assert due.input_value() == "2031-01-08"


def test_a_refused_form_is_the_one_that_is_marked(writer, regie):
    """Guard: the mark went to the first form beside the reasons, the button "Neem terug"."""
    page, police = writer.page, cast.partners()["politie"]
    page.get_by_label("Nieuwe actie").fill(f"{police} huisbezoek")
    writer.press("Voeg toe")
    page.locator("#actielijst", has_text="huisbezoek").wait_for()
    page.get_by_label("Nieuwe actie").fill(f"{police} belt")
    page.get_by_label("Voor", exact=True).fill("2001-01-01")
    writer.press("Voeg toe")
    page.locator("#acties .error-summary").wait_for()
    marked = page.locator("form[data-unsaved]")
    expect(marked).to_have_count(1)
    assert "/actie/" in marked.get_attribute("action")
    assert len(stored(AgreedAction, regie)) >= 1
