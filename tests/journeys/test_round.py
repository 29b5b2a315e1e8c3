"""The partner round in a browser: a whole list with the keyboard alone, and with a thumb on a phone."""

import pytest

from accounts.models import User
from foundation.scope import acting_as
from meetings.models import Contribution
from tests import cast
from tests.factories import cases as make_case
from tests.factories import meetings as make

NAMES = ("Noor", "Sem", "Zoë")


@pytest.fixture(scope="module")
def regie(site):
    return User.objects.get(username="regisseur")


@pytest.fixture
def page_of(regie):
    """A meeting whose agenda is agreed, with three youths of the police; the address of its round."""
    police = [cast.partners()["politie"]]
    with acting_as(regie):
        meeting = make.agreed_meeting(by=regie)
        for name in NAMES:
            case = make_case.case(by=regie, partners=police, first_name=name)
            item = make.point(by=regie, meeting=meeting, case=case, partners=police, question="Wie kent hem?")
            item.invitations.create(compartment=item.compartment, partner=police[0])
    return f"/overleg/{meeting.uuid}/inbreng/"


def said(site):
    """What stands now, by the name of the youth."""
    somebody = User.objects.get(username="agent")
    with acting_as(somebody):
        rows = Contribution.objects.visible_to(somebody).filter(withdrawn_at=None)
        return {row.item.case.youth.first_name: (row.answer, row.text) for row in rows.select_related("item__case__youth")}  # fmt: skip


def at(person):
    """The name of the youth where the focus is."""
    return person.page.evaluate(
        "document.activeElement.closest('[data-key-place]')?.querySelector('h2').textContent"
    )


def test_a_whole_list_by_keyboard(person, page_of, site):
    agent = person("agent")
    keys, page = agent.page.keyboard, agent.page
    agent.go(page_of)
    keys.press("b")  # nobody has the focus: no letter answers for anybody
    assert said(site) == {}
    keys.press("j")
    assert at(agent).startswith("Noor")
    keys.press("o")
    page.get_by_text("1 van de 3").wait_for()
    assert at(agent).startswith("Noor")  # the line was drawn anew and the focus stayed
    keys.press("ArrowDown")
    assert at(agent).startswith("Sem")
    keys.press("t")
    keys.type("Bon om niets")  # letters are letters here
    keys.press("Escape")
    assert at(agent).startswith("Sem")
    keys.press("b")
    page.get_by_text("2 van de 3").wait_for()
    keys.press("ArrowDown")
    keys.press("ArrowDown")  # the last one stays the last one
    assert at(agent).startswith("Zoë")
    keys.press("k")
    keys.press("j")
    keys.press("n")
    page.get_by_text("3 van de 3").wait_for()
    found = said(site)
    assert [found[name] for name in NAMES] == [("unknown", ""), ("known", "Bon om niets"), ("nothing", "")]
    agent.check_accessible()
    agent.picture("inbreng")


def test_letters_can_be_switched_off(person, page_of, site):
    agent = person("agent")
    keys, page = agent.page.keyboard, agent.page
    agent.go(page_of)
    before = said(site)
    keys.press("?")
    assert page.locator("dialog dt", has_text="b").count() == 1  # one line, however many youths there are
    page.get_by_label("Sneltoetsen van één letter gebruiken").uncheck()
    keys.press("Escape")
    keys.press("j")
    assert not at(agent)
    page.get_by_role("button", name="Bekend", exact=True).first.focus()
    keys.press("n")
    keys.press("ArrowDown")
    assert at(agent).startswith("Sem")  # an arrow is no letter
    page.wait_for_timeout(300)
    assert said(site) == before


def test_with_a_thumb(person, page_of):
    phone = person("agent", width=360, height=740)
    phone.go(page_of)
    page = phone.page
    small = page.evaluate(
        "[...document.querySelectorAll('.round button, .round summary')].map(e => e.getBoundingClientRect())"
        ".filter(r => r.height < 44 || r.width < 44).length"
    )
    assert small == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    phone.press("Niet bekend")
    page.get_by_text("1 van de 3").wait_for()
    phone.check_accessible()
    phone.picture("inbreng-360")
