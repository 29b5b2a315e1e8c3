"""An LJA of one municipality, in the browser: its own regisseur, its own table, and nobody of the JPP.

The youth came up from the JPP. Youth work says beforehand what it knows, the table decides to keep following and
agrees on an action; the part for youth work is read by who sits at the LJA, not by the colleague at the JPP.
"""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Municipality, User
from accounts.roles import Level
from cases.operations import levels
from foundation.scope import acting_as
from meetings.operations import series as rhythm
from tests import cast
from tests.factories import cases as make_case
from tests.journeys.test_spine import pdf_of
from tests.journeys.test_stories import let_in

NOTE = "School en jongerenwerk zien hem elke week. Het gaat beter."


def workday_after(day):
    return next(one for one in (day + timedelta(days=n) for n in range(1, 4)) if one.weekday() < 5)


@pytest.fixture(scope="module")
def meeting(site):
    keeper, jens = User.objects.get(username="beheerder"), cast.partners()["jens"]
    first_on = workday_after(timezone.localdate())
    with acting_as(keeper):
        series = rhythm.add_series(
            key=uuid4(), name="LJA Heerlen", level=Level.LJA, municipality=Municipality.objects.get(name="Heerlen"),
            first_on=first_on, time=time(13, 0), every_weeks=4, minutes=90, location="Stadhuis", by=keeper,
        )  # fmt: skip
        rhythm.add_standing(series=series, partner=jens, person=None, by=keeper)
        return rhythm.plan_ahead(series=series, until=first_on + timedelta(weeks=9), by=keeper)[0]


@pytest.fixture(scope="module")
def case(site):
    """A youth of Heerlen whom the LJA took over from the JPP."""
    regie, lja = (User.objects.get(username=name) for name in ("regisseur", "lja_heerlen"))
    with acting_as(regie):
        made = make_case.case(
            by=regie, partners=[cast.partners()["jens"]], first_name="Daan", last_name="Lokaal"
        )
        change = make_case.proposal(by=regie, case=made, days=1)
    with acting_as(lja):
        levels.accept(change=change, answer="Wij nemen het over.", by=lja)
    return made


def prepare(lja, meeting):
    page = lja.page
    lja.go(f"/overleg/{meeting.uuid}/")
    page.locator("form[action$='/agenda/maken/'] button").first.click()
    page.get_by_text("Daan Lokaal").first.wait_for(timeout=60_000)
    lja.check_accessible()
    lja.picture("lja-agenda")
    lja.press("Stel de agenda vast")
    page.locator("dialog button[value=yes]").click()
    page.get_by_text("agenda vastgesteld").first.wait_for()


def say_beforehand(coach, meeting):
    page = coach.page
    coach.go(f"/overleg/{meeting.uuid}/")
    coach.follow("Vul het in")
    page.locator("summary").first.click()
    page.get_by_label("Kort erbij").fill("Komt elke week naar de inloop.")
    coach.press("Bekend", exact=True)
    page.get_by_text("1 van de 1").wait_for()
    coach.check_accessible()
    coach.picture("lja-inbreng-360")


def lead(lja, meeting):
    page = lja.page
    lja.go(f"/overleg/{meeting.uuid}/leiden/")
    lja.press("Begin het overleg")
    page.get_by_text("Komt elke week naar de inloop.").wait_for()
    page.get_by_text("@collega voor volgende LJA").wait_for()  # the words of this table
    page.get_by_label("Notitie").first.fill(NOTE)
    page.get_by_text("Opgeslagen om").first.wait_for(timeout=15_000)
    page.get_by_label("Soort besluit").select_option("monitor")
    page.get_by_label("Tot en met").fill((timezone.localdate() + timedelta(days=60)).isoformat())
    lja.press("Leg het besluit vast")
    page.locator("button", has_text="Neem terug: Monitoren tot").wait_for()
    page.get_by_label("Nieuwe actie").fill("JENS houdt wekelijks contact voor volgende LJA")
    page.get_by_text("JENS · houdt wekelijks contact").wait_for()
    lja.press("Voeg toe")
    page.locator("button", has_text="Neem terug: houdt wekelijks contact").wait_for()
    lja.check_accessible()
    lja.picture("lja-overleg")
    lja.press("Besproken, naar het volgende punt")
    lja.go(f"/overleg/{meeting.uuid}/sluiten/")
    lja.press("Sluit het overleg")
    page.wait_for_url("**/verslag/")
    lja.press("Stel het verslag vast")
    page.locator("dialog button[value=yes]").click()
    page.get_by_role("link", name="Deel voor JENS").wait_for(timeout=60_000)
    lja.picture("lja-verslag")


def test_an_lja_from_agenda_to_the_part_of_youth_work(person, meeting, case):
    lja = person("lja_heerlen")
    let_in(lja, f"/dossiers/{case.uuid}/", "JENS")
    prepare(lja, meeting)
    coach = person("coach_lja", width=360, height=740)
    say_beforehand(coach, meeting)
    lead(lja, meeting)
    coach.go(f"/overleg/{meeting.uuid}/verslag/")
    coach.check_accessible()
    address, part = pdf_of(coach, "Open het verslag")
    assert NOTE in part and "Daan Lokaal" in part and "houdt wekelijks contact" in part
    coach.go(f"/dossiers/{case.uuid}/?sinds=alles")
    coach.page.get_by_text(
        "Monitoren tot"
    ).first.wait_for()  # what was decided stands in the case it was about
    coach.go("/acties/")
    coach.page.get_by_text("houdt wekelijks contact").first.wait_for()
    # The JPP, also of the same organisation, and the LJA of another municipality know nothing of it.
    for name in ("regisseur", "jongerenwerker", "lja_kerkrade"):
        other = person(name)
        assert other.context.request.get(other.site.url + address).status == 404, name
        other.go(f"/overleg/{meeting.uuid}/")
        assert "Lokaal" not in other.page.content(), name
