"""The menu and the line about who is logged in."""

import pytest
from django.urls import reverse

from accounts.models import User
from ijap.context import MENU
from ijap.demo import people as demo

MENUS = {
    "mentor": ["Home", "Signalen"],
    "agent": ["Home", "Signalen", "Dossiers", "Groepen", "Signalen ingebracht", "Acties", "Toegang", "Overleg"],
    "regisseur": [
        "Home", "Signalen", "Beoordelen", "Dossiers", "Groepen", "Signalen ingebracht", "Acties", "Toegang",
        "Niveauwissels", "Overleg", "Vernietigen", "Cijfers",
    ],
    "manager": ["Home", "Cijfers"],
    "fg": [
        "Home", "Toegang", "Cijfers", "Logboek", "Inzage", "Verkeerde jongere", "Exports", "Vlaggen", "Rechten",
        "Vernietigen", "Bewaartermijnen", "Jaaroverzicht",
    ],
    "privacycontact": ["Home", "Logboek"],
    "beheerder": ["Home", "Beheer"],
}  # fmt: skip


@pytest.mark.parametrize("entry", MENU, ids=lambda entry: entry.label)
def test_every_entry_is_a_page_with_an_icon(entry):
    assert reverse(entry.url_name)
    with open("static/icons.svg") as sprite:
        assert f'id="{entry.icon}"' in sprite.read()


@pytest.mark.parametrize("name", MENUS)
def test_everybody_has_the_menu_of_their_roles(client, name, db):
    client.force_login(User.objects.get(username=name))
    assert [item["label"] for item in client.get("/").context["navigation"]] == MENUS[name]


@pytest.mark.parametrize("name", MENUS)
def test_every_entry_of_the_menu_opens(client, name, db):
    client.force_login(User.objects.get(username=name))
    for item in client.get("/").context["navigation"]:
        page = client.get(item["url"])
        assert page.status_code == 200, item["label"]
        assert [i["label"] for i in page.context["navigation"] if i["is_current"]] == [item["label"]]


def test_the_line_says_in_which_role_one_is_here(client, agent, lja_heerlen):
    client.force_login(agent)
    assert str(client.get("/").context["page_user_line"]) == "Deelnemer JPP, Politie Heerlen"
    client.force_login(lja_heerlen)
    assert str(client.get("/").context["page_user_line"]) == "Regisseur LJA Heerlen, Gemeente Heerlen"


def test_the_login_page_asks_the_database_one_thing(client, django_assert_num_queries, db):
    with django_assert_num_queries(1):  # which organisations let their own people log in
        assert client.get("/inloggen/").status_code == 200


def test_the_demo_has_somebody_for_every_role_and_every_seat():
    from accounts.roles import NEEDS_LEVEL, NEEDS_MUNICIPALITY, Level, Role

    assert {person.role for person in demo.PEOPLE} == set(Role) - {Role.ROBOT}
    assert len({person.username for person in demo.PEOPLE}) == len(demo.PEOPLE)
    for person in demo.PEOPLE:
        assert person.partner in {*demo.PARTNERS, demo.HOUSE}
        assert bool(person.levels) == (person.role in NEEDS_LEVEL), person
        assert person.municipality or person.role not in NEEDS_MUNICIPALITY, person
    seated = {level for person in demo.PEOPLE for level in person.levels}
    assert seated == set(Level)
    assert len(demo.PASSWORD) >= 15
