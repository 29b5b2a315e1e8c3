"""A point that somebody at the table may not hear: the beamer shows who leaves, and one key opens it."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from foundation.scope import acting_as
from meetings.models import Presence
from meetings.operations import presence
from tests import cast
from tests.factories import meetings as make


@pytest.fixture(scope="module")
def meeting(site):
    """Three points: the first for the police and JENS, the others for the police alone; both sit there."""
    regie, table = (
        User.objects.get(username="regisseur"),
        [cast.partners()[key] for key in ("politie", "jens")],
    )
    with acting_as(regie):
        made = make.running_meeting(by=regie, partners=table)
        seen = [presence.Seen(one, Presence.PRESENT, "Kim Test") for one in table]
        presence.note_attendance(meeting=made, seen=seen, by=regie)
        return made


def press(page, key):
    """A key works as soon as the scripts of the page have run."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def test_nobody_reads_a_name_over_the_shoulder(person, meeting):
    regisseur = person("regisseur")
    page, name = regisseur.page, "Şahin Fictief 2"
    regisseur.go(f"/overleg/{meeting.uuid}/leiden/")
    expect(page.get_by_role("heading", name="Wie gaat wanneer van tafel")).to_be_visible()
    assert name not in page.content()
    press(page, "n")
    page.get_by_text("Hierna van tafel: JENS").wait_for()
    press(page, "n")
    page.get_by_role("heading", name="Eerst van tafel").wait_for()
    assert name not in page.content()
    regisseur.check_accessible()
    regisseur.picture("van-tafel")
    press(page, "o")
    page.get_by_role("heading", name=name).wait_for()
    page.get_by_text("Wie was er bij dit punt").click()
    page.get_by_label("Politie Basisteam Heerlen").check()
    regisseur.check_accessible()
    regisseur.picture("aan-tafel")
    regisseur.press("Sla op wie er was")
    page.get_by_text("Opgeslagen wie er bij dit punt was").wait_for()


def test_on_a_phone_and_last(person, meeting):
    regisseur = person("regisseur", width=360, height=740)
    page = regisseur.page
    regisseur.go(f"/overleg/{meeting.uuid}/leiden/")
    page.get_by_role("link", name="Punt 3").click()
    page.get_by_role("heading", name="Eerst van tafel").wait_for()
    regisseur.check_accessible()
    regisseur.picture("van-tafel-360")
    assert page.get_by_role("button", name="Zet dit punt aan het eind").count() == 0  # it is the last
