"""The stories of the letter, told again in the browser: from a signal to an outcome, each by the people who were there.

The third, of the young fire-setter, is the journey of test_spine.
"""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from cases.models import Case
from foundation.scope import acting_as
from tests import cast
from tests.factories import cases as factory

TODAY = timezone.localdate()


def day(ago):
    return (TODAY - timedelta(days=ago)).isoformat()


def tell(person, *, first_name, last_name, birth_on, text, ticks, purpose):
    """A signal, from an empty form to sent."""
    page = person.page
    person.go("/signalen/nieuw/")
    person.press("Begin")
    page.get_by_label("Voornaam").fill(first_name)
    page.get_by_label("Achternaam").fill(last_name)
    page.get_by_label("Geboortedatum", exact=False).first.fill(birth_on)
    page.get_by_label("Woongemeente").select_option(label="Heerlen")
    page.get_by_label("Wat is er gezien of gehoord?").fill(text)
    page.get_by_label("Wanneer was dit?").fill(day(2))
    for name in ticks:
        page.get_by_label(name).first.check()
    page.get_by_label("Wat moet het overleg bereiken?").fill(purpose)
    page.get_by_role("group", name="Weet de jongere").get_by_label("Ja").check()
    page.get_by_role("group", name="Weten de ouders").get_by_label("Ja").check()
    person.press("Indienen")
    page.get_by_text("ingediend").first.wait_for()


def accept(regisseur, name):
    page = regisseur.page
    regisseur.go("/beoordelen/")
    regisseur.follow(name)
    regisseur.follow("Accepteren")
    page.get_by_label("Waarom is de eigen keten niet genoeg?").fill("Meer organisaties weten een deel.")
    who = page.get_by_role("group", name="Over welke jongere")
    if who.get_by_role("radio", checked=True).count() == 0:
        who.get_by_role("radio").last.check()
    page.get_by_label("Bericht aan de melder").fill("Wij bespreken dit in het eerstvolgende JPP.")
    regisseur.press("Inbrengen")
    page.get_by_role("heading", name=name, level=1).wait_for()
    regisseur.go("/dossiers/")
    regisseur.follow(name)
    return page.url.removeprefix(regisseur.site.url)


def let_in(regisseur, case_url, partner):
    page = regisseur.page
    regisseur.go(f"{case_url}toegang/")
    regisseur.follow("Organisatie toevoegen")
    choice = page.get_by_label("Welke organisatie")
    choice.select_option(choice.locator("option", has_text=partner).first.get_attribute("value"))
    page.get_by_label("Deelnemer volgens het convenant").check()
    page.get_by_label("Waarom is dit nodig").fill("Werkt met dit gezin")
    regisseur.press("Toevoegen")


def note_measure(person, case_url, code, *, owner, **said):
    """What an organisation does or imposes; `said` by the name of the field, whose label tells if it is needed."""
    page = person.page
    person.go(f"{case_url}maatregelen/nieuw/")
    page.get_by_label("Welke maatregel").select_option(code)
    choice = page.get_by_label("Wie voert uit")
    choice.select_option(choice.locator("option", has_text=owner).first.get_attribute("value"))
    page.get_by_label("Loopt", exact=True).check()
    for name, text in {"starts_on": day(20), "source": "Eigen administratie", **said}.items():
        page.locator(f"[name={name}]").fill(text)
    person.press("Leg vast")
    page.wait_for_url(f"**{case_url}")


def test_three_organisations_work_on_one_youth_and_see_it(person):
    """Supervision, Halt and an area order: nobody knew of the others. Now they stand in one strip, with a warning."""
    mentor, regisseur = person("mentor", width=360, height=740), person("regisseur")
    tell(
        mentor,
        first_name="Testjongere",
        last_name="Verhaal",
        birth_on="2011-05-06",
        text="Liet op school een mes zien. Zegt dat hij het nodig heeft.",
        ticks=("Eigen waarneming", "Betrokken", "Wapens", "Publieke taak van mijn organisatie"),
        purpose="Weten wie er al bij dit gezin is.",
    )
    case_url = accept(regisseur, "Testjongere Verhaal")
    for partner in ("HALT", "JENS", "Politie Heerlen"):
        let_in(regisseur, case_url, partner)
    note_measure(
        regisseur,
        case_url,
        "OTS",
        owner="JENS",
        imposed_by="Kinderrechter",
    )
    note_measure(
        regisseur,
        case_url,
        "HALT-STRAF",
        owner="HALT",
        imposed_by="Politie",
        place="Pancratiusplein",
        fact_on=day(30),
    )
    note_measure(
        regisseur,
        case_url,
        "GEBIEDSVERBOD",
        owner="Politie",
        imposed_by="Burgemeester van Heerlen",
        place="Rond het Pancratiusplein",
    )
    halt = person("haltmedewerker", width=360, height=740)
    halt.go(case_url)
    halt.check_accessible()
    page = halt.page
    for name in ("Ondertoezichtstelling", "Halt-straf", "Gebiedsverbod"):
        page.get_by_role("row").filter(has_text=name).first.wait_for()
    page.get_by_text("Het verbod raakt de plek van").first.wait_for()
    page.get_by_text("de gecertificeerde instelling neemt niet deel").first.wait_for()
    # The outcome: the organisations agree, regie says why it may stay so, and the case ends.
    regisseur.go(case_url)
    page = regisseur.page
    before = page.get_by_role("link", name="Beantwoord").count()
    page.get_by_role("link", name="Beantwoord deze waarschuwing: Het verbod raakt").first.click()
    page.get_by_label("Waarom kan dit zo blijven").fill("Halt spreekt af aan de Coriovallumstraat.")
    regisseur.press("Beantwoord")
    page.get_by_text("Halt spreekt af aan de Coriovallumstraat.").first.wait_for(state="attached")
    assert page.get_by_role("link", name="Beantwoord").count() == before - 1


def test_a_case_goes_up_and_its_plan_is_reached(person, site):
    """It does not get better at the JPP; the LJA of the municipality takes over, makes a plan, and ends it well."""
    keeper = User.objects.get(username="regisseur")
    with acting_as(keeper):
        made = factory.case(
            by=keeper, partners=[cast.partners()["jens"]], first_name="Opgeschaald", last_name="Verhaal"
        )
    case_url = f"/dossiers/{made.uuid}/"
    regisseur = person("regisseur")
    page = regisseur.page
    regisseur.go(f"{case_url}niveau/")
    page.get_by_role("group", name="Naar welk niveau").get_by_label("LJA (opschalen)").check()
    page.get_by_label("Reden", exact=True).fill("Herhaling binnen drie maanden")
    page.get_by_label("Wat is al geprobeerd").fill("Gesprek met ouders, jongerencoach")
    for box in page.get_by_role("group", name="Welke criteria gelden").get_by_label("Naar LJA").all():
        box.check()
    page.get_by_label("Opnieuw bekijken op").fill((TODAY + timedelta(days=40)).isoformat())
    regisseur.check_accessible()
    regisseur.press("Voorstel versturen")
    page.wait_for_url(f"**{case_url}")

    lja = person("lja_heerlen")
    page = lja.page
    lja.go("/niveauwissels/")
    lja.follow("Bekijk en beslis")
    lja.check_accessible()
    page.get_by_label("Uw antwoord").fill("Wij nemen het over en maken een plan.")
    lja.press("Overnemen", exact=True)
    page.wait_for_url("**/toegang/")
    let_in(lja, case_url, "JENS")
    lja.go(f"{case_url}plan/doel/")
    page.get_by_label("Leefgebied").select_option(index=1)
    page.get_by_label("Wat willen we bereiken").fill("Weer elke dag naar school")
    page.get_by_label("Wie zorgt ervoor").select_option(index=1)
    page.get_by_label("Wanneer is het zover").fill((TODAY + timedelta(days=30)).isoformat())
    lja.press("Stel dit doel")
    page.get_by_text("Weer elke dag naar school").first.wait_for()
    lja.follow("Evalueer")
    page.get_by_label("gehaald", exact=True).check()
    page.get_by_label("Hoe ging het").fill("Zes weken geen verzuim.")
    lja.press("Sla op")
    page.get_by_text("Het doel is geëvalueerd").first.wait_for()
    lja.go(f"{case_url}sluiten/")
    page.get_by_label("Wat is er bereikt").fill("Gaat elke dag naar school.")
    page.get_by_label("Wat heeft geholpen").fill("Een vaste coach.")
    page.get_by_label("Wie houdt contact (nazorg)").fill("JENS")
    lja.press("Dossier sluiten")
    page.get_by_text("Het dossier is gesloten").first.wait_for()
    with acting_as(keeper):
        assert Case.objects.visible_to(keeper).get(pk=made.pk).closed_at is not None
