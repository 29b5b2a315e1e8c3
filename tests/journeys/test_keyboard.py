"""A whole JPP with the keyboard alone: from logging in to the agenda, the meeting, the minutes and the PDF of a partner.

Nothing here touches a mouse, and the page itself keeps count: one press of a mouse button would fail the journey.
"""

import io
from datetime import timedelta

import pypdf
import pytest
from playwright.sync_api import expect

from accounts.models import User
from foundation.scope import acting_as
from meetings.models import Meeting, MeetingState
from meetings.operations import series as rhythm
from tests import cast
from tests.factories import cases as make_case
from tests.factories import meetings as make
from tests.journeys.conftest import PASSWORD, Person

NOTE = "Hij komt weer op school. Vader wil hulp bij de avonden."
COUNTS = "addEventListener('mousedown', () => sessionStorage.setItem('mouse', '1'), true)"
MOST_TABS = 150


class Typist(Person):
    """Somebody who has no mouse."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = self.page.keyboard

    def log_in(self):
        self.page.add_init_script(COUNTS)
        self.go("/inloggen/")
        self.tab_to(self.page.get_by_label("Gebruikersnaam"))
        self.page.keyboard.type(self.username)
        self.tab_to(self.page.get_by_label("Wachtwoord", exact=True))
        self.page.keyboard.type(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"{self.site.url}/")

    def tab_to(self, wanted):
        """Press Tab until it has the focus, and see that one can see that."""
        wanted = wanted.first
        wanted.wait_for()
        for _ in range(MOST_TABS):
            if wanted.evaluate("one => one === document.activeElement"):
                assert wanted.evaluate("one => one.matches(':focus-visible')")
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{MOST_TABS} times Tab does not reach {wanted}")

    def use(self, role, name, exact=False):
        self.tab_to(self.page.get_by_role(role, name=name, exact=exact))
        self.page.keyboard.press("Enter")

    def agree(self):
        """Yes, in the dialog that asks."""
        self.tab_to(self.page.locator("dialog button[value=yes]"))
        self.page.keyboard.press("Enter")

    def has_no_mouse(self):
        assert self.page.evaluate("sessionStorage.getItem('mouse')") is None


@pytest.fixture
def typist(chromium, site):
    opened = []

    def enter(username):
        opened.append(Typist(chromium, site, username))
        return opened[-1]

    yield enter
    for somebody in opened:
        somebody.context.close()


@pytest.fixture(scope="module")
def meeting(site):
    """The next meeting of a table with two seats, and two youths who are to be looked at again."""
    keeper, regie = (User.objects.get(username=name) for name in ("beheerder", "regisseur"))
    table = [cast.partners()["politie"], cast.partners()["jens"]]
    with acting_as(keeper):
        series = make.series(by=keeper, name="JPP Toetsenbord", seats=table)
        planned = rhythm.plan_ahead(series=series, until=series.first_on + timedelta(weeks=4), by=keeper)[0]
    with acting_as(regie):
        for name in ("Noor", "Sem"):
            make_case.case(by=regie, partners=table, first_name=name, review_on=series.first_on)
    return planned


def make_the_agenda(regisseur):
    page = regisseur.page
    regisseur.use("link", "Overleg", exact=True)
    regisseur.use("link", "JPP Toetsenbord")
    regisseur.use("button", "Maak de agenda")
    page.get_by_text("Sem Voorbeeld").first.wait_for(timeout=60_000)
    # Alt and an arrow move the point that has the focus.
    first = page.locator("[data-point]").first.text_content()
    regisseur.tab_to(page.locator("[data-point] a, [data-point] button"))
    regisseur.keys.press("Alt+ArrowDown")
    expect(page.locator("[data-point]").first).not_to_have_text(first)
    regisseur.picture("toetsenbord-agenda")
    regisseur.use("button", "Stel de agenda vast")
    regisseur.agree()
    page.get_by_text("agenda vastgesteld").first.wait_for()


def answer_beforehand(agent):
    agent.use("link", "Overleg", exact=True)
    agent.use("link", "JPP Toetsenbord")
    agent.use("link", "Vul het in")
    agent.page.get_by_text("0 van de 2").wait_for()
    agent.page.wait_for_load_state()
    for number, key in enumerate("bn", start=1):
        agent.keys.press("j")
        agent.keys.press(key)
        agent.page.get_by_text(f"{number} van de 2").wait_for()
    agent.check_accessible()
    agent.picture("toetsenbord-inbreng")


def run_the_meeting(regisseur):
    page, keys = regisseur.page, regisseur.keys
    page.reload()
    regisseur.use("link", "Ga naar het overleg")
    page.get_by_role("heading", name="Klaar om te beginnen").wait_for()
    page.wait_for_load_state()
    keys.press("n")
    for number in (1, 2):
        page.get_by_text(f"Punt {number} van 2").first.wait_for()
        page.wait_for_load_state()  # a key works as soon as the scripts of the page have run
        keys.press("t")
        keys.type(NOTE)
        keys.press("Control+s")
        page.get_by_text("Opgeslagen om").first.wait_for(timeout=15_000)
        keys.press("Escape")
        keys.press("b")
        keys.type("Preventieve inzet")  # a list is chosen from by typing
        regisseur.tab_to(page.get_by_label("Toelichting of reden"))
        keys.type("Halt biedt een training aan.")
        keys.press("Control+Enter")
        page.locator("button", has_text="Neem terug: Preventieve inzet").wait_for()
        # The new decisions take the focus when they have settled; a hand is slower than that, this one is not.
        page.wait_for_function("!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")
        keys.press("a")
        expect(page.get_by_label("Nieuwe actie")).to_be_focused()
        keys.type("JENS huisbezoek voor volgende JPP")
        page.get_by_text("JENS · huisbezoek · ").wait_for()  # how it is understood
        if number == 1:
            regisseur.check_accessible()
            regisseur.picture("toetsenbord-overleg")
        keys.press("Control+Enter")
        page.locator("button", has_text="Neem terug: huisbezoek").wait_for()
        keys.press("Escape")
        keys.press("d")
    page.get_by_text("Alle punten hebben een besluit").wait_for()
    page.wait_for_load_state()
    keys.press("n")
    regisseur.use("button", "Sluit het overleg")
    page.wait_for_url("**/verslag/")


def confirm_the_minutes(regisseur, second):
    page = regisseur.page
    page.get_by_text(NOTE).first.wait_for()
    regisseur.use("button", "Ik ga akkoord")
    page.get_by_text("Een andere regisseur stelt het verslag vast").first.wait_for()
    second.go(page.url.removeprefix(second.site.url))
    second.use("button", "Stel het verslag vast")
    second.agree()
    second.page.get_by_text("Vastgesteld").first.wait_for()
    page.reload()
    page.get_by_role("link", name="Deel voor Politie").wait_for(timeout=60_000)
    regisseur.picture("toetsenbord-verslag")


def open_the_part(agent, meeting):
    """The PDF of one's own organisation, as the browser gets it."""
    agent.go(f"/overleg/{meeting.uuid}/")
    agent.use("link", "Uw deel van het verslag")
    agent.page.get_by_role("link", name="Open het verslag").wait_for()
    agent.picture("toetsenbord-deel")
    with agent.page.expect_request("**/documenten/**") as asked:
        agent.use("link", "Open het verslag")
    answer = agent.context.request.get(asked.value.url)
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_whole_jpp_without_a_mouse(typist, meeting):
    regisseur, agent = typist("regisseur"), typist("agent")
    make_the_agenda(regisseur)
    answer_beforehand(agent)
    run_the_meeting(regisseur)
    confirm_the_minutes(regisseur, typist("tweede_regisseur"))
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.CONFIRMED
    regisseur.has_no_mouse()
    agent.has_no_mouse()
    part = open_the_part(agent, meeting)
    assert NOTE in part and "Halt biedt een training aan." in part and "Noor" in part and "Sem" in part
