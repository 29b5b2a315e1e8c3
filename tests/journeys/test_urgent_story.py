"""A spoedoverleg in the browser: called from a case for a small circle, held the same hour, and read in a PDF.

Who takes part in the case and is not in the circle sees nothing of it, before, during and after.
"""

import pytest

from accounts.models import User
from foundation.scope import acting_as
from tests import cast
from tests.factories import cases as make_case
from tests.journeys.test_spine import pdf_of

QUESTION = "Waar slaapt zij vannacht?"
NOTE = "Zij slaapt vannacht bij haar tante. De politie rijdt langs."


@pytest.fixture(scope="module")
def case(site):
    regie = User.objects.get(username="regisseur")
    table = [cast.partners()["politie"], cast.partners()["jens"]]
    with acting_as(regie):
        return make_case.case(by=regie, partners=table, first_name="Noor", last_name="Verzonnen")


def call(regisseur, case):
    page = regisseur.page
    regisseur.go(f"/overleg/dossier/{case.uuid}/")
    regisseur.follow("Beleg een spoedoverleg")
    page.get_by_label("Waarom kan dit niet wachten?").fill(QUESTION)
    page.get_by_label("Plaats").fill("Telefonisch")
    page.get_by_label("Politie Heerlen").check()
    regisseur.check_accessible()
    regisseur.picture("spoed-beleggen")
    regisseur.press("Beleg het overleg")
    page.get_by_text("Het spoedoverleg staat klaar").wait_for()
    return page.url.removeprefix(regisseur.site.url)


def say_beforehand(agent, address):
    agent.go("/")
    agent.page.get_by_text("inbreng").first.wait_for()
    agent.go(address)
    agent.page.get_by_text(QUESTION).wait_for()
    agent.follow("Vul het in")
    agent.press("Bekend", exact=True)
    agent.page.get_by_text("1 van de 1").wait_for()
    agent.check_accessible()
    agent.picture("spoed-inbreng-360")


def lead(regisseur, address, agent, second):
    page = regisseur.page
    regisseur.go(address)
    regisseur.follow("Ga naar het overleg")
    regisseur.press("Begin het overleg")
    agent.go(f"{address}volgen/")
    page.get_by_label("Notitie").first.fill(NOTE)
    agent.page.get_by_text(NOTE).wait_for(timeout=15_000)  # who is on the phone reads along
    agent.picture("spoed-volgen-360")
    page.get_by_label("Soort besluit").select_option("partner_acts")
    page.get_by_label("Toelichting of reden").fill("Politie houdt toezicht.")
    regisseur.press("Leg het besluit vast")
    page.locator("button", has_text="Neem terug: Actie bij partner").wait_for()
    regisseur.check_accessible()
    regisseur.picture("spoed-overleg")
    regisseur.press("Besproken, naar het volgende punt")
    regisseur.go(f"{address}sluiten/")
    regisseur.press("Sluit het overleg")
    page.wait_for_url("**/verslag/")
    regisseur.press("Ik ga akkoord")
    page.get_by_text("Een andere regisseur stelt het verslag vast").first.wait_for()
    second.go(f"{address}verslag/")
    second.press("Stel het verslag vast")
    second.page.locator("dialog button[value=yes]").click()
    second.page.get_by_text("Vastgesteld").first.wait_for()
    page.reload()
    page.get_by_role("link", name="Deel voor Politie").wait_for(timeout=60_000)


def test_a_spoedoverleg_from_the_call_to_the_part_of_the_police(person, case):
    regisseur = person("regisseur")
    address = call(regisseur, case)
    outside = person("jongerenwerker")  # in the case, not in the circle
    outside.go(address)
    assert QUESTION not in outside.page.content() and "Noor" not in outside.page.content()
    agent = person("agent", width=360, height=740)
    say_beforehand(agent, address)
    lead(regisseur, address, agent, person("tweede_regisseur"))
    agent.go(f"{address}verslag/")
    agent.check_accessible()
    part_address, part = pdf_of(agent, "Open het verslag")
    assert NOTE in part and "Noor Verzonnen" in part and "Politie houdt toezicht." in part
    assert outside.context.request.get(outside.site.url + part_address).status == 404
    outside.go(f"/dossiers/{case.uuid}/?sinds=alles")
    assert NOTE not in outside.page.content() and QUESTION not in outside.page.content()
