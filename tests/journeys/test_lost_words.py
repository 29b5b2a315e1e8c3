"""What is half typed stays: when somebody leaves, when what answers is not the site, when an answer is under way, and
when the session is over. In a real browser.
"""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from foundation.scope import acting_as
from meetings.models import AgreedAction, Decision, Note
from tests import cast
from tests.factories import cases as make_case
from tests.factories import meetings as factory
from tests.journeys.conftest import PASSWORD
from tests.journeys.parts import HALF, Hand, address_of, decision_text, hold, note, stored, wait_until


# --- leaving ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("leave", ["n", "d", "link"])
def test_leaving_a_half_typed_decision_asks_first(writer, asked, items, leave):
    page = writer.page
    decision_text(page).fill(HALF)
    page.keyboard.press("Escape")
    if leave == "link":
        page.locator(".agenda__link").nth(1).click(no_wait_after=True)
    else:
        page.keyboard.press(leave)
    wait_until(lambda: asked or page.wait_for_timeout(50), 10, "a question before leaving")
    assert asked == ["beforeunload"] and page.url.endswith(address_of(items[0]))
    assert decision_text(page).input_value() == HALF


def test_what_was_sent_asks_nothing(writer, asked, items, regie):
    page = writer.page
    page.get_by_label("Soort besluit").select_option("preventive")
    decision_text(page).fill("Halt belt vader.")
    writer.press("Leg het besluit vast")
    page.get_by_text("Halt belt vader.").wait_for()
    note(page).fill("Moeder belt")
    page.keyboard.press("Escape")
    page.keyboard.press("d")  # waits until the note is saved
    page.wait_for_url(f"**{address_of(items[1])}")
    assert asked == [] and stored(Note, regie)[0] == "Moeder belt"


def test_a_note_that_is_refused_is_not_left_without_a_question(writer, asked, items):
    """Guard: `d` waits for the note, and a note that cannot be stored is asked about."""
    page = writer.page
    reason = '{"reason": "Deze naam mag hier niet staan."}'
    page.route("**/notitie/", lambda route: route.fulfill(status=409, body=reason))
    note(page).fill(HALF)
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    wait_until(lambda: asked or page.wait_for_timeout(50), 10, "a question before leaving")
    assert page.url.endswith(address_of(items[0])) and note(page).input_value() == HALF
    assert "Deze naam mag hier niet staan" in page.locator("[data-save-status]").inner_text()


# --- what answers is not the site ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "answer",
    [
        {"status": 502, "body": "<html><body>Bad gateway</body></html>", "content_type": "text/html"},
        {"status": 503, "body": "upstream connect error", "content_type": "text/plain"},
        {"status": 200, "body": "", "content_type": "text/html"},
        {"status": 200, "body": "<!doctype html><html><p>Wifi</p></html>", "content_type": "text/html"},
    ],
    ids=["proxy", "words", "nothing", "portal"],
)
def test_an_answer_that_is_not_ours_takes_nothing_away(writer, regie, answer):
    page = writer.page
    page.route("**/besluit/", lambda route: route.fulfill(**answer), times=1)
    page.get_by_label("Soort besluit").select_option("preventive")
    decision_text(page).fill(HALF)
    writer.press("Leg het besluit vast")
    page.get_by_text("Dit is niet verstuurd").wait_for()
    assert decision_text(page).input_value() == HALF
    assert page.locator("form.decide[data-unsaved]").count() == 1  # leaving still asks
    writer.press("Leg het besluit vast")
    page.locator("#besluitlijst", has_text=HALF).wait_for()
    assert stored(Decision, regie)[0] == HALF


def test_half_an_answer_does_not_stop_saving(writer, regie):
    """Guard: what is no answer of ours is tried again, also when its head was fine."""
    page = writer.page
    page.route("**/notitie/", lambda route: route.fulfill(status=200, body='{"versi'), times=1)
    note(page).fill("Eerst dit.")
    page.locator("[data-save-status]", has_text="geen verbinding").wait_for()
    page.locator("[data-save-status]", has_text="Opgeslagen om").wait_for(timeout=10_000)
    assert stored(Note, regie)[0] == "Eerst dit."
    note(page).fill("Eerst dit. Dan dat.")
    wait_until(lambda: stored(Note, regie)[0] == "Eerst dit. Dan dat.", 10, "saved again")


def test_who_was_logged_out_keeps_the_decision(writer, regie):
    page = writer.page
    [cookie] = [one for one in writer.context.cookies() if one["name"] == "session"]
    decision_text(page).fill(HALF)
    page.get_by_label("Soort besluit").select_option("preventive")
    assert Session.objects.filter(pk=cookie["value"]).delete()[0]
    writer.press("Leg het besluit vast")
    over = page.get_by_role("dialog", name="Uw sessie is voorbij")
    over.get_by_label("Gebruikersnaam").fill("regisseur")
    over.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    over.get_by_role("button", name="Inloggen", exact=True).click()
    over.wait_for(state="hidden")
    assert "/leiden/" in page.url and decision_text(page).input_value() == HALF
    writer.press("Leg het besluit vast")  # with the token of the new session
    page.locator("#besluitlijst", has_text=HALF).wait_for()
    assert stored(Decision, regie)[0] == HALF


# --- an answer under way --------------------------------------------------------------------------------------
def test_the_next_action_is_typed_while_the_first_is_under_way(writer, regie):
    page, police = writer.page, cast.partners()["politie"]
    let_go = hold(page, "**/actie/")
    action = page.get_by_label("Nieuwe actie")
    action.fill(f"{police} huisbezoek")
    page.keyboard.press("Enter")
    action.fill(f"{police} belt school")
    let_go()
    page.locator("#actielijst", has_text="huisbezoek").wait_for()
    assert action.input_value() == f"{police} belt school"
    page.keyboard.press("Enter")
    page.locator("#actielijst", has_text="belt school").wait_for()
    assert action.input_value() == ""
    assert stored(AgreedAction, regie) == ["belt school", "huisbezoek"]


def test_words_beside_an_answer_that_is_under_way(person, regie):
    with acting_as(regie):
        meeting = factory.agreed_meeting(by=regie)
        police = [cast.partners()["politie"]]
        case = make_case.case(by=regie, partners=police)
        item = factory.point(by=regie, meeting=meeting, case=case, partners=police)
        item.invitations.create(compartment=item.compartment, partner=police[0])
    agent = person("agent")
    agent.go(f"/overleg/{meeting.uuid}/inbreng/")
    page = agent.page
    let_go = hold(page, "**/inbreng/")
    page.keyboard.press("j")
    page.keyboard.press("b")
    page.keyboard.press("t")
    page.keyboard.type(HALF)
    let_go()
    page.locator("[aria-pressed=true]").wait_for()
    words = page.get_by_label("Kort erbij").first
    assert words.input_value() == HALF and words.is_visible()
    page.keyboard.type(" en meer")
    assert words.input_value() == f"{HALF} en meer"
    # A refusal says so where the words are.
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.get_by_text("kies dan Bekend").first.wait_for()
    expect(words).to_be_focused()
    agent.check_accessible()


# --- keys and focus -------------------------------------------------------------------------------------------
def test_after_a_button_the_focus_is_where_one_goes_on(writer, items, regie):
    page, police = writer.page, cast.partners()["politie"]
    action = page.get_by_label("Nieuwe actie")
    action.fill(f"{police} huisbezoek")
    page.get_by_role("button", name="Voeg toe").click()
    page.locator("#actielijst", has_text="huisbezoek").wait_for()
    expect(action).to_be_focused()
    expect(page.locator("[data-spoken]")).to_have_text("Actie toegevoegd.")
    # Who went on elsewhere meanwhile stays there.
    let_go = hold(page, "**/actie/")
    action.fill(f"{police} belt school")
    page.keyboard.press("Enter")
    note(page).focus()
    let_go()
    page.locator("#actielijst", has_text="belt school").wait_for()
    expect(note(page)).to_be_focused()
    # Ctrl+Enter sends the form in hand and no other.
    decision_text(page).fill(HALF)
    page.get_by_label("Soort besluit").select_option("preventive")
    note(page).focus()
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(500)
    assert page.locator("#besluitlijst").inner_text().strip() == ""
    action.fill(f"{police} praat met vader")
    page.get_by_role("button", name="Voeg toe").focus()  # also from a button of that form
    page.keyboard.press("Control+Enter")
    page.locator("#actielijst", has_text="praat met vader").wait_for()
    assert page.locator("#besluitlijst").inner_text().strip() == ""
    # Two texts: the key to save says what has to be done first.
    answer = Hand(writer.site, "tweede_regisseur").save_note(items[0], "Van de ander", 0)
    assert answer.status == 200
    note(page).fill("Van mij")
    page.get_by_text("Uw tekst is nog niet opgeslagen").wait_for(timeout=10_000)
    note(page).focus()
    page.keyboard.press("Control+s")
    expect(page.get_by_role("button", name="Sla mijn tekst op")).to_be_focused()
    assert "kies eerst welke tekst" in page.locator("[data-save-status]").inner_text()


def test_who_reads_a_point_that_changes_stays_there(person, items, site):
    agent = person("agent")
    agent.go(f"/overleg/{items[0].meeting.uuid}/volgen/")
    page = agent.page
    page.evaluate("const row = document.getElementById('punt-1'); row.tabIndex = -1; row.focus()")
    assert Hand(site, "regisseur").save_note(items[0], "Moeder belt morgen", 0).status == 200
    page.get_by_text("Moeder belt morgen").wait_for(timeout=8000)
    assert page.evaluate("document.activeElement.closest('[data-row]')?.id") == "punt-1"
