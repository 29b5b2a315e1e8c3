"""From a signal to signed-off minutes, in the browser, with five people and real parts.

A mentor tells a worry on a phone; the regisseur accepts it, lets police and youth work take part, has the
agenda made by the worker, runs the meeting by keyboard, closes it and confirms the minutes; each partner
opens its own part and no other; the youth worker ends the action; management reads figures without a person.
"""

import io
from datetime import timedelta

import pypdf
import pytest
from django.utils import timezone

from accounts.models import User
from foundation.scope import acting_as
from meetings.models import Meeting, MeetingState
from meetings.operations import series as rhythm
from tests import cast
from tests.factories import meetings as factory

NOTE = "Moeder en zoon zijn bij Halt geweest. Hij oefent nu met nee zeggen."


@pytest.fixture(scope="module")
def meeting(site):
    """The next meeting of a series in which police and youth work have a seat."""
    keeper, table = User.objects.get(username="beheerder"), cast.partners()
    first_on = timezone.localdate() + timedelta(days=1)
    while first_on.weekday() > 4:
        first_on += timedelta(days=1)
    with acting_as(keeper):
        series = factory.series(by=keeper, first_on=first_on, seats=[table["politie"], table["jens"]])
        planned = rhythm.plan_ahead(series=series, until=first_on + timedelta(weeks=10), by=keeper)
    return planned[0]


def pdf_of(person, link):
    """The text of the PDF behind a link, as this person gets it."""
    address = person.page.get_by_role("link", name=link).first.get_attribute("href")
    answer = person.context.request.get(person.site.url + address)
    assert answer.status == 200, address
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    return address, " ".join(" ".join(p.extract_text() for p in pages).split())


def tell_a_worry(mentor):
    page = mentor.page
    mentor.go("/signalen/")
    mentor.check_accessible()
    mentor.go("/signalen/nieuw/")
    mentor.press("Begin")
    page.get_by_label("Voornaam").fill("Şahin")
    page.get_by_label("Achternaam").fill("Fictief")
    page.get_by_label("Geboortedatum", exact=False).first.fill("2014-05-06")
    page.get_by_label("Woongemeente").select_option(label="Heerlen")
    page.get_by_label("Wat is er gezien of gehoord?").fill(
        "Stak op het veldje een bankje aan. Vader wil graag hulp."
    )
    page.get_by_text("Opgeslagen om").wait_for(timeout=15_000)  # saved while typing
    page.get_by_label("Wanneer was dit?").fill((timezone.localdate() - timedelta(days=2)).isoformat())
    for name in (
        "Eigen waarneming",
        "Betrokken",
        "Vernieling en brand",
        "Publieke taak van mijn organisatie",
    ):
        page.get_by_label(name).check()
    page.get_by_label("Wat moet het overleg bereiken?").fill("Afspreken wie met vader praat.")
    page.get_by_role("group", name="Weet de jongere").get_by_label("Ja").check()
    page.get_by_role("group", name="Weten de ouders").get_by_label("Ja").check()
    mentor.check_accessible()
    mentor.picture("signal_edit_360")
    mentor.press("Indienen")
    page.get_by_text("ingediend").first.wait_for()


def accept_it(regisseur):
    page = regisseur.page
    regisseur.go("/beoordelen/")
    regisseur.check_accessible()
    regisseur.picture("triage_list")
    regisseur.follow("Şahin Fictief")
    regisseur.check_accessible()
    regisseur.picture("triage_detail")
    regisseur.follow("Accepteren")
    page.get_by_label("Waarom is de eigen keten niet genoeg?").fill("School en politie zien elk een deel.")
    if page.get_by_role("group", name="Over welke jongere").get_by_role("radio", checked=True).count() == 0:
        page.get_by_role("group", name="Over welke jongere").get_by_role("radio").last.check()
    page.get_by_label("Bericht aan de melder").fill("Wij bespreken dit in het eerstvolgende JPP.")
    regisseur.check_accessible()
    regisseur.press("Inbrengen")
    page.get_by_role("heading", name="Şahin Fictief", level=1).wait_for()


def let_partners_take_part(regisseur):
    page = regisseur.page
    regisseur.go("/dossiers/")
    regisseur.check_accessible()
    regisseur.follow("Şahin Fictief")
    regisseur.check_accessible()
    regisseur.picture("case_detail")
    case_url = page.url.removeprefix(regisseur.site.url)
    for name in ("Politie Heerlen", "JENS"):
        regisseur.go(f"{case_url}toegang/")
        regisseur.follow("Organisatie toevoegen")
        option = (
            page.get_by_label("Welke organisatie")
            .locator("option", has_text=name)
            .first.get_attribute("value")
        )
        page.get_by_label("Welke organisatie").select_option(option)
        page.get_by_label("Deelnemer volgens het convenant").check()
        page.get_by_label("Waarom is dit nodig").fill("Kent het gezin")
        regisseur.press("Toevoegen")
    regisseur.go(f"{case_url}toegang/")
    regisseur.check_accessible()
    regisseur.picture("case_access")
    return case_url


def make_the_agenda(regisseur, meeting):
    page = regisseur.page
    regisseur.go(f"/overleg/{meeting.uuid}/")
    page.locator("form[action$='/agenda/maken/'] button").first.click()
    # The worker makes it; the page shows it when it is there.
    page.get_by_text("Nieuw signaal van Vmbo De Test").first.wait_for(timeout=60_000)
    regisseur.check_accessible()
    regisseur.picture("agenda")
    regisseur.press("Stel de agenda vast")
    page.locator("dialog button[value=yes]").click()
    page.get_by_text("agenda vastgesteld").first.wait_for()


def run_the_meeting(regisseur, meeting):
    """By keyboard: n begins and goes on, t writes, b decides, a agrees on an action."""
    page = regisseur.page
    regisseur.go(f"/overleg/{meeting.uuid}/leiden/")
    regisseur.check_accessible()
    page.keyboard.press("n")
    page.get_by_label("Notitie").first.wait_for()
    regisseur.check_accessible()
    page.keyboard.press("t")
    page.keyboard.type(NOTE)
    page.get_by_text("Opgeslagen om").first.wait_for(timeout=15_000)
    # Closing is refused while this point is undecided.
    assert regisseur.context.request.get(f"{regisseur.site.url}/overleg/{meeting.uuid}/sluiten/").status in (
        200,
        409,
    )
    page.get_by_label("Soort besluit").select_option("preventive")
    page.get_by_label("Toelichting of reden").fill("Halt neemt contact op met vader.")
    page.get_by_role("button", name="Leg het besluit vast").click()
    page.get_by_text("Halt neemt contact op met vader.").first.wait_for()
    page.get_by_label("Nieuwe actie").fill("Gaat met vader en zoon in gesprek")
    owner = (
        page.get_by_label("Wie", exact=True).locator("option", has_text="JENS").first.get_attribute("value")
    )
    page.get_by_label("Wie", exact=True).select_option(owner)
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_text("Gaat met vader en zoon in gesprek").first.wait_for()
    regisseur.check_accessible()
    regisseur.picture("meeting")
    regisseur.press("Besproken, naar het volgende punt")
    regisseur.go(f"/overleg/{meeting.uuid}/sluiten/")
    regisseur.check_accessible()
    regisseur.press("Sluit het overleg")
    page.wait_for_url("**/verslag/")


def confirm_the_minutes(regisseur, second, meeting):
    page = regisseur.page
    regisseur.go(f"/overleg/{meeting.uuid}/verslag/")
    regisseur.check_accessible()
    page.get_by_text(NOTE).first.wait_for()
    regisseur.press("Ik ga akkoord")
    page.get_by_text("Een andere regisseur stelt het verslag vast").first.wait_for()
    second.go(f"/overleg/{meeting.uuid}/verslag/")
    second.press("Stel het verslag vast")
    second.page.locator("dialog button[value=yes]").click()
    second.page.get_by_text("Vastgesteld").first.wait_for()
    regisseur.go(f"/overleg/{meeting.uuid}/verslag/")
    for name in ("Deel voor Politie", "Deel voor JENS"):  # the page shows them when they are there
        page.get_by_role("link", name=name).first.wait_for(timeout=60_000)
    regisseur.picture("minutes")
    return pdf_of(regisseur, "Het hele verslag")


def test_from_signal_to_signed_off_minutes(person, meeting):
    mentor = person("mentor", width=360, height=740)
    tell_a_worry(mentor)

    regisseur = person("regisseur")
    regisseur.check_accessible()
    accept_it(regisseur)
    case_url = let_partners_take_part(regisseur)
    make_the_agenda(regisseur, meeting)

    agent = person("agent")
    agent.check_accessible()
    agent.go(f"/overleg/{meeting.uuid}/")
    agent.page.get_by_text("Şahin Fictief").first.wait_for()
    agent.check_accessible()
    outsider = person("haltmedewerker")
    outsider.go(f"/overleg/{meeting.uuid}/")
    assert "Şahin" not in outsider.page.content()
    assert outsider.go(case_url) == 404

    run_the_meeting(regisseur, meeting)
    whole_url, whole = confirm_the_minutes(regisseur, person("tweede_regisseur"), meeting)
    assert NOTE in whole
    assert "Şahin Fictief" in whole
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.CONFIRMED

    agent.go(f"/overleg/{meeting.uuid}/verslag/")
    cut_url, cut = pdf_of(agent, "Open het verslag")
    assert NOTE in cut
    for who, address, status in (
        (agent, whole_url, 404), (outsider, whole_url, 404), (outsider, cut_url, 404), (mentor, cut_url, 404),
    ):  # fmt: skip
        assert who.context.request.get(who.site.url + address).status == status, (who.username, address)

    worker = person("jongerenwerker")
    worker.go("/acties/")
    worker.check_accessible()
    worker.page.get_by_text("Gaat met vader en zoon in gesprek").first.wait_for()
    worker.picture("actions")

    mentor.go("/")
    mentor.go("/signalen/")
    mentor.follow("Şahin Fictief")
    mentor.page.get_by_text("Wij bespreken dit in het eerstvolgende JPP.").wait_for()
    mentor.check_accessible()

    manager = person("manager")
    manager.go("/cijfers/")
    manager.check_accessible()
    assert "Fictief" not in manager.page.locator("main").inner_text()
    manager.picture("figures")
    manager.press("Maak samenvatting")
    manager.page.get_by_role("link", name="PDF van").first.wait_for(timeout=60_000)
    _, summary = pdf_of(manager, "PDF van")
    assert "Şahin" not in summary
