"""The pictures in the guides: each is the page itself, with made-up people, and shows what the guide says.

`PICTURES=docs/beelden ./run test tests/journeys/test_pictures.py` makes them anew; tests/test_guides.py keeps list and
guides together. Without PICTURES the same scenes are played and looked at, so that a guide does not show what is gone.
"""

import os
from pathlib import Path

import pytest
from PIL import Image

from accounts.models import User
from foundation.scope import acting_as
from meetings.models import AgendaItem, MeetingState
from meetings.operations import desk, live
from tests import cast
from tests.factories import cases as make_case
from tests.factories import meetings as make

COLOURS = 64  # of a screen of ours: nobody sees the difference, and a picture is a third
PHONE = {"width": 390, "height": 780}
DESK = {"width": 1280, "height": 800}
NOTE = "School ziet hem weer elke dag. Moeder wil graag hulp bij de avonden; vader belt met JENS."


def picture(person, name):
    """What the screen shows now, with the line that says that everybody is made up; small enough for a page."""
    page = person.page
    page.evaluate("scrollTo(0, 0)")
    assert page.get_by_text("Fictieve testgegevens").is_visible()
    person.check_accessible()
    folder = os.environ.get("PICTURES")
    if folder:
        path = Path(folder) / f"{name}.png"
        page.screenshot(path=path, animations="disabled", caret="hide")
        Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)


@pytest.fixture(scope="module")
def table(site):
    return [cast.partners()["politie"], cast.partners()["jens"]]


@pytest.fixture(scope="module")
def regie(site):
    return User.objects.get(username="regisseur")


@pytest.fixture(scope="module")
def known(regie, table):
    """A youth whom the house knows, with something that was said since."""
    with acting_as(regie):
        case = make_case.case(by=regie, partners=table, first_name="Daan", last_name="Verzonnen")
        make_case.remark(
            by=regie, case=case, kind="strength", area="school", text="Gaat weer elke dag naar school"
        )
        make_case.remark(
            by=regie, case=case, kind="worry", area="vrije-tijd", text="Is 's avonds laat buiten"
        )
        make_case.action(by=regie, case=case, partner=table[1], text="Gaat op huisbezoek", days=7)
        return case


@pytest.fixture(scope="module")
def signal(site):
    mentor = User.objects.get(username="mentor")
    with acting_as(mentor):
        return make_case.signal(
            by=mentor,
            first_name="Daan",
            last_name="Verzonnen",
            observed="Miste drie lessen en wil niet zeggen waarom.",
        )


def meeting_of(regie, table, name, state):
    """A meeting with three points in two municipalities."""
    with acting_as(regie):
        meeting = make.agreed_meeting(by=regie, name=name, state=state, days=1)
        for who, last, town, sits in (
            ("Noor", "Fictief", "Heerlen", table),
            ("Sem", "Voorbeeld", "Heerlen", table[:1]),
            ("Zoë", "Schets", "Kerkrade", table),
        ):
            case = make_case.case(by=regie, partners=sits, first_name=who, last_name=last, town=town)
            item = make.point(
                by=regie, meeting=meeting, case=case, partners=sits, question="Wie gaat er langs?"
            )
            for partner in sits:
                item.invitations.create(compartment=item.compartment, partner=partner)
        return meeting


@pytest.fixture(scope="module")
def agreed(regie, table):
    return meeting_of(regie, table, "JPP Parkstad", MeetingState.AGREED)


@pytest.fixture(scope="module")
def running(regie, table):
    meeting = meeting_of(regie, table, "JPP Parkstad Noord", MeetingState.AGREED)
    worker = User.objects.get(username="jongerenwerker")
    with acting_as(regie):
        items = list(AgendaItem.objects.filter(meeting=meeting).on_agenda())
    with acting_as(worker):
        make.contribution(by=worker, item=items[0], text="Komt elke week naar de inloop.")
    with acting_as(regie):
        live.start(meeting=meeting, by=regie)
    return meeting, items


def test_a_signal_on_the_phone(person, site):
    mentor = person("mentor", **PHONE)
    page = mentor.page
    mentor.go("/signalen/nieuw/")
    mentor.press("Begin")
    page.get_by_label("Voornaam").fill("Noor")
    page.get_by_label("Achternaam").fill("Fictief")
    page.get_by_label("Wat is er gezien of gehoord?").fill("Stak op het veldje een bankje aan.")
    page.get_by_text("Opgeslagen om").wait_for(timeout=15_000)
    page.locator("body").press("Escape")
    picture(mentor, "melder-signaal")


def test_what_became_of_a_signal(person, signal):
    mentor = person("mentor", **PHONE)
    mentor.go("/signalen/")
    mentor.page.get_by_text("Daan Verzonnen").first.wait_for()
    picture(mentor, "melder-signalen")


def test_the_partner_round(person, agreed):
    agent = person("agent", **PHONE)
    agent.go(f"/overleg/{agreed.uuid}/inbreng/")
    agent.press("Bekend", exact=True)
    agent.page.get_by_text("1 van de 3").wait_for()
    agent.page.evaluate("document.activeElement.blur()")
    picture(agent, "deelnemer-inbreng")


def test_following(person, running, regie):
    meeting, items = running
    with acting_as(regie):
        item = AgendaItem.objects.select_related("meeting__series", "case", "slot").get(pk=items[0].pk)
        desk.open_item(item=item, by=regie)
    worker = person("jongerenwerker", **DESK)
    worker.go(f"/overleg/{meeting.uuid}/volgen/")
    worker.page.get_by_text("nu aan de orde").first.wait_for()
    assert "Sem" not in worker.page.content()
    picture(worker, "deelnemer-volgen")


def test_a_case_since_the_last_time(person, known):
    worker = person("jongerenwerker", **DESK)
    worker.go(f"/dossiers/{known.uuid}/")
    worker.page.get_by_text("Gaat op huisbezoek").first.wait_for()
    picture(worker, "deelnemer-dossier")


def test_triage_says_whom_we_know(person, known, signal):
    regisseur = person("regisseur", **DESK)
    regisseur.go("/beoordelen/")
    regisseur.follow("Daan Verzonnen")
    regisseur.page.get_by_text("Zelfde").or_(regisseur.page.get_by_text("zelfde")).first.wait_for()
    picture(regisseur, "regisseur-beoordelen")


def test_the_agenda(person, agreed):
    regisseur = person("regisseur", **DESK)
    regisseur.go(f"/overleg/{agreed.uuid}/")
    regisseur.page.get_by_text("Zoë Schets").first.wait_for()
    picture(regisseur, "regisseur-agenda")


def test_the_meeting_and_its_minutes(person, running, regie):
    meeting, items = running
    regisseur = person("regisseur", **DESK)
    page = regisseur.page
    regisseur.go(f"/overleg/{meeting.uuid}/leiden/{items[0].uuid}/")
    page.get_by_label("Notitie").first.fill(NOTE)
    page.get_by_text("Opgeslagen om").first.wait_for(timeout=15_000)
    page.get_by_text("Komt elke week naar de inloop.").wait_for()
    page.get_by_label("Nieuwe actie").fill("JENS huisbezoek @Jongerenwerker voor volgende JPP")
    page.get_by_text("JENS · huisbezoek · Jongerenwerker").wait_for()
    picture(regisseur, "regisseur-overleg")
    with acting_as(regie):
        make.decide_all(by=regie, meeting=meeting, text=NOTE)
        live.close(meeting=meeting, by=regie)
    regisseur.go(f"/overleg/{meeting.uuid}/verslag/")
    page.get_by_text("Ik ga akkoord").first.wait_for()
    picture(regisseur, "regisseur-verslag")
