"""Getting in, in a real browser: passkeys, codes, lost sessions. A site that asks a second factor, as in production."""

import re
import time

import pytest

from accounts import operations
from accounts.models import User
from accounts.roles import Level, Role
from tests.conftest import own_database
from tests.factories.second_factors import app_of, code_of, recovery_codes_of
from tests.journeys.conftest import PASSWORD, Site, give_passwords, run_axe

IDLE, WARNING = 24, 8


@pytest.fixture(scope="module")
def strict_site(django_db_setup, django_db_blocker):
    """Asks a second factor, and ends a session after some seconds of nobody there."""
    with own_database(django_db_blocker) as name:
        give_passwords()
        site = Site(name)
        site.env |= {"MFA_REQUIRED": "1", "IDLE_SECONDS": str(IDLE), "IDLE_WARNING_SECONDS": str(WARNING)}
        try:
            site.start("web")
            site.wait_until_it_answers()
            yield site
        finally:
            for process in list(site.processes):
                site.stop(process, 9)


class Visitor:
    """Somebody with a browser of their own, who is not logged in yet."""

    def __init__(self, browser, site):
        self.site = site
        self.context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL")
        self.page = self.context.new_page()
        self.violations = []
        self.page.on("console", lambda m: "Content Security" in m.text and self.violations.append(m.text))

    def go(self, path):
        self.page.goto(self.site.url + path)

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def first_step(self, username, path="/inloggen/"):
        self.go(path)
        self.page.get_by_label("Gebruikersnaam").fill(username)
        self.page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        self.press("Inloggen")

    def second_step(self, code):
        self.page.get_by_label("Code", exact=True).fill(code)
        self.press("Verder met een code")

    def is_in(self):
        self.page.wait_for_url(f"{self.site.url}/")
        assert self.page.get_by_role("heading", level=1).inner_text() == "Wat vraagt nu aandacht?"
        assert self.violations == []

    def with_a_key(self):
        """A security key of the browser's own make, with a finger that is always on it."""
        session = self.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        kind = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        session.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
        return session


@pytest.fixture
def visitor(chromium, strict_site):
    opened = []

    def enter():
        opened.append(Visitor(chromium, strict_site))
        return opened[-1]

    yield enter
    for one in opened:
        one.context.close()


def wait_for_new_code():
    """A code is good for half a minute; one that is nearly over would make a test of luck."""
    while time.time() % 30 > 20:
        time.sleep(1)


def test_a_passkey_is_made_and_then_opens_the_door_alone(visitor):
    mentor = visitor()
    mentor.with_a_key()
    mentor.first_step("mentor")
    mentor.page.wait_for_url("**/account/")
    assert run_axe(mentor.page) == []
    mentor.page.get_by_role("link", name="Voeg een passkey toe").click()
    mentor.page.get_by_label("Naam van deze passkey").fill("laptop van het werk")
    mentor.press("Maak de passkey")
    mentor.page.wait_for_url("**/account/herstelcodes/")
    assert mentor.page.locator(".codes li").count() == 10
    mentor.go("/account/")
    assert mentor.page.get_by_text("laptop van het werk").is_visible()
    mentor.press("Uitloggen")
    mentor.page.wait_for_url("**/inloggen/?uitgelogd")
    mentor.press("Gebruik een passkey")
    mentor.is_in()


def test_a_passkey_is_the_second_step_after_a_password(visitor):
    fg = visitor()
    fg.with_a_key()
    fg.first_step("fg")
    fg.go("/account/passkey/")
    fg.page.get_by_label("Naam van deze passkey").fill("sleutel")
    fg.press("Maak de passkey")
    fg.page.wait_for_url("**/account/herstelcodes/")
    fg.context.clear_cookies()
    fg.first_step("fg")
    fg.page.wait_for_url("**/inloggen/code/")
    assert run_axe(fg.page) == []
    fg.press("Gebruik uw passkey")
    fg.is_in()


def test_an_app_is_set_up_and_its_codes_open_the_door_once(visitor):
    agent = visitor()
    agent.first_step("agent")
    agent.page.get_by_role("link", name="Stel een app in").click()
    secret = agent.page.locator("code.secret").inner_text().replace(" ", "")
    wait_for_new_code()
    agent.page.get_by_label("Code", exact=True).fill(code_of(secret))
    agent.press("Stel de app in")
    agent.page.wait_for_url("**/account/herstelcodes/")
    codes = agent.page.locator(".codes li").all_inner_texts()
    agent.context.clear_cookies()
    agent.first_step("agent")
    agent.second_step(code_of(secret))  # the one that set it up
    assert agent.page.get_by_text("Deze code klopt niet").first.is_visible()
    agent.second_step(codes[0])
    agent.is_in()
    agent.context.clear_cookies()
    agent.first_step("agent")
    agent.second_step(codes[0])
    assert agent.page.get_by_text("Deze code klopt niet").first.is_visible()


def get_in(visitor, username):
    user = User.objects.get(username=username)
    app_of(user)
    codes = recovery_codes_of(user)
    found = []
    for number in range(2):
        one = visitor()
        one.first_step(username)
        one.second_step(codes[number])
        one.is_in()
        found.append(one)
    return found


def test_the_list_of_sessions_ends_another_browser(visitor):
    here, there = get_in(visitor, "haltmedewerker")
    here.go("/account/sessies/")
    here.press("Beëindig")
    here.page.get_by_text("Die browser is uitgelogd").wait_for()
    there.go("/")
    there.page.wait_for_url("**/inloggen/?next=/")


def test_a_role_change_logs_the_other_browser_out(visitor):
    here, there = get_in(visitor, "manager")
    operations.roles.assign(
        key="5b0d4f5e-9a35-4bb6-a0a2-2c9a0e9d1c12",
        user=User.objects.get(username="manager"),
        role=Role.DEELNEMER,
        level=Level.JPP,
        by=User.objects.get(username="beheerder"),
    )
    for browser in (here, there):
        browser.go("/")
        browser.page.wait_for_url("**/inloggen/?next=/")


def test_the_end_of_a_session_is_announced_and_can_be_put_off(visitor):
    jens, _ = get_in(visitor, "jongerenwerker")
    jens.go("/wachtwoord/")
    dialog = jens.page.get_by_role("dialog", name="Bent u er nog?")
    dialog.wait_for(timeout=IDLE * 1000)
    assert re.search(r"Over \d+ seconden", dialog.inner_text())
    assert run_axe(jens.page) == []
    jens.page.keyboard.press("Enter")  # the button has the focus
    dialog.wait_for(state="hidden")
    jens.go("/")
    jens.is_in()


def test_after_the_end_one_logs_in_on_top_of_the_page_and_keeps_what_was_typed(visitor):
    coach = get_in(visitor, "coach_lja")[0]
    codes = recovery_codes_of(User.objects.get(username="coach_lja"))
    coach.go("/wachtwoord/")
    field = coach.page.get_by_label("Uw huidige wachtwoord")
    field.fill("wat ik net typte")
    over = coach.page.get_by_role("dialog", name="Uw sessie is voorbij")
    over.wait_for(timeout=(IDLE + 8) * 1000)
    assert run_axe(coach.page) == []
    coach.page.keyboard.press("Escape")
    assert over.is_visible()
    over.get_by_label("Gebruikersnaam").fill("coach_lja")
    over.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    over.get_by_role("button", name="Inloggen", exact=True).click()
    over.get_by_label("Code", exact=True).fill(codes[0])
    over.get_by_role("button", name="Verder met een code").click()
    over.wait_for(state="hidden")
    assert field.input_value() == "wat ik net typte"
    coach.page.get_by_label("Nieuw wachtwoord", exact=True).fill("kort")
    coach.page.get_by_label("Nieuw wachtwoord, nog een keer").fill("kort")
    coach.press("Sla wachtwoord op")
    coach.page.get_by_text(
        "Dit is niet uw huidige wachtwoord"
    ).first.wait_for()  # the form was accepted: no 403
    assert coach.violations == []


def test_somebody_else_does_not_meet_what_the_first_one_typed(visitor):
    first, _ = get_in(visitor, "wijkagent")
    other = User.objects.get(username="tweede_regisseur")
    app_of(other)
    first.go("/wachtwoord/")
    first.page.get_by_label("Uw huidige wachtwoord").fill("van de eerste")
    over = first.page.get_by_role("dialog", name="Uw sessie is voorbij")
    over.wait_for(timeout=(IDLE + 8) * 1000)
    over.get_by_label("Gebruikersnaam").fill("tweede_regisseur")
    over.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    over.get_by_role("button", name="Inloggen", exact=True).click()
    over.get_by_label("Code", exact=True).fill(recovery_codes_of(other)[0])
    over.get_by_role("button", name="Verder met een code").click()
    first.is_in()


def test_a_network_that_is_away_when_the_session_ends(visitor):
    """Guard: only an answer of the site ends a session here; the dialog cannot be closed, so it always gets its form."""
    worker, _ = get_in(visitor, "regisseur")
    codes = recovery_codes_of(User.objects.get(username="regisseur"))
    worker.go("/wachtwoord/")
    page = worker.page
    worker.context.set_offline(True)
    page.wait_for_timeout((IDLE + 4) * 1000)
    dialog = page.locator("dialog[data-session]")
    assert not dialog.is_visible()  # nobody knows, so nobody is held up
    # The lid is opened: the site answers that it is over, and is away again before its form is there.
    page.route("**/inloggen/**", lambda route: route.abort())
    worker.context.set_offline(False)
    dialog.get_by_text("Geen verbinding. Wij proberen het opnieuw.").wait_for(timeout=15_000)
    assert run_axe(page) == []
    page.unroute("**/inloggen/**")
    over = page.get_by_role("dialog", name="Uw sessie is voorbij")
    over.get_by_label("Gebruikersnaam").fill("regisseur")
    over.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    worker.context.set_offline(True)
    over.get_by_role("button", name="Inloggen", exact=True).click()
    dialog.get_by_text("Geen verbinding. Probeer het zo opnieuw.").wait_for()
    worker.context.set_offline(False)
    over.get_by_role("button", name="Inloggen", exact=True).click()
    over.get_by_label("Code", exact=True).fill(codes[0])
    over.get_by_role("button", name="Verder met een code").click()
    over.wait_for(state="hidden")
