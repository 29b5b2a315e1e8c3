"""Beheer on screen."""

from uuid import uuid4

import pytest

from accounts.models import Partner, PartnerKind, RoleAssignment, User
from accounts.roles import Level, Role
from foundation.scope import acting_as
from tests.factories import cases


@pytest.fixture
def me(client, beheerder):
    client.force_login(beheerder)
    return client


def fields(**changes):
    about = {
        "first_name": "Nia",
        "last_name": "Nieuw",
        "function": "Mentor",
        "email": "",
        "username": "N.Nieuw",
    }
    return {"key": str(uuid4()), **about, **changes}


def test_adding_a_user_shows_the_password_once(me, partners):
    sent = fields(partner=partners["school"].uuid)
    answer = me.post("/beheer/gebruikers/toevoegen/", sent)
    user = User.objects.get(username="n.nieuw")
    assert answer.status_code == 200
    assert "maar één keer" in answer.content.decode()
    assert user.check_password(answer.context["password"])
    again = me.post("/beheer/gebruikers/toevoegen/", sent)
    assert (again.status_code, User.objects.filter(username="n.nieuw").count()) == (303, 1)
    assert answer.context["password"] not in me.get(again["Location"]).content.decode()


def test_a_name_that_is_taken_keeps_what_was_typed(me, partners):
    answer = me.post(
        "/beheer/gebruikers/toevoegen/", fields(partner=partners["school"].uuid, username="mentor")
    )
    assert answer.status_code == 400
    assert "Er is al een gebruiker" in answer.content.decode()
    assert 'value="Nieuw"' in answer.content.decode()


def test_searching_by_name_stays_out_of_the_address(me):
    answer = me.post("/beheer/gebruikers/", {"words": "haltm"})
    assert [user.username for user in answer.context["users"]] == ["haltmedewerker"]
    assert "Geen gebruikers" not in answer.content.decode()
    assert me.post("/beheer/gebruikers/", {"words": "bestaatniet"}).context["users"] == []


def test_the_list_can_be_narrowed_and_has_no_robots(me, partners):
    everybody = {user.username for user in me.get("/beheer/gebruikers/").context["users"]}
    assert not any(name.startswith("robot") for name in everybody)
    of_jens = me.get(f"/beheer/gebruikers/?organisatie={partners['jens'].uuid}").context["users"]
    assert {user.username for user in of_jens} == {"jongerenwerker", "coach_lja"}
    RoleAssignment.objects.filter(user__username="mentor").update(until="2020-01-01T00:00Z")
    assert [u.username for u in me.get("/beheer/gebruikers/?stand=zonder-rol").context["users"]] == ["mentor"]
    assert me.get("/beheer/gebruikers/?organisatie=onzin&stand=onzin&na=onzin").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_list(me, partners, django_assert_max_num_queries):
    with django_assert_max_num_queries(18) as few:
        me.get(f"/beheer/gebruikers/?organisatie={partners['jens'].uuid}")
    with django_assert_max_num_queries(len(few)):
        me.get("/beheer/gebruikers/")


def test_giving_and_ending_a_role(me, mentor):
    address = f"/beheer/gebruikers/{mentor.uuid}/rol/"
    lacking = me.post(address, {"key": str(uuid4()), "role": "deelnemer"})
    assert (lacking.status_code, "kies JPP" in lacking.content.decode()) == (400, True)
    sent = {"key": str(uuid4()), "role": "deelnemer", "level": "1", "until_on": "2030-03-31"}
    assert me.post(address, sent).status_code == 303
    assert me.post(address, sent).status_code == 303  # sent twice is given once
    held = RoleAssignment.objects.get(user=mentor, role=Role.DEELNEMER)
    assert (held.level, held.until.isoformat()) == (Level.JPP, "2030-03-31T22:00:00+00:00")
    assert me.post(f"/beheer/rollen/{held.uuid}/beeindigen/").status_code == 303
    held.refresh_from_db()
    assert held.ended_by.username == "beheerder"


def test_a_role_that_does_not_go_together_says_why(me, regisseur):
    answer = me.post(f"/beheer/gebruikers/{regisseur.uuid}/rol/", {"key": str(uuid4()), "role": "beheerder"})
    assert answer.status_code == 400
    assert "gaan niet samen" in answer.content.decode()


def test_ones_own_page_has_no_buttons(me, beheerder):
    page = me.get(f"/beheer/gebruikers/{beheerder.uuid}/").content.decode()
    assert "Dit bent u zelf" in page
    assert "uitschakelen/" not in page


def test_disabling_ends_the_work_of_a_session(me, mentor):
    from django.test import Client

    theirs = Client()
    theirs.force_login(mentor)
    assert theirs.get("/").status_code == 200
    assert me.post(f"/beheer/gebruikers/{mentor.uuid}/uitschakelen/").status_code == 303
    assert theirs.get("/").status_code == 302
    assert me.post(f"/beheer/gebruikers/{mentor.uuid}/inschakelen/").status_code == 303


def test_ending_a_role_closes_its_pages_at_the_next_request(client, fg, beheerder):
    client.force_login(fg)
    assert client.get("/logboek/").status_code == 200
    RoleAssignment.objects.filter(user=fg).update(ended_at="2026-01-01T00:00Z", ended_by=beheerder)
    assert client.get("/logboek/").status_code == 403


def test_a_new_one_time_password_logs_somebody_out(me, mentor):
    from django.test import Client

    theirs = Client()
    theirs.force_login(mentor)
    answer = me.post(f"/beheer/gebruikers/{mentor.uuid}/wachtwoord/")
    assert "maar één keer" in answer.content.decode()
    assert theirs.get("/").status_code == 302


def test_organisations_on_screen(me):
    sent = {
        "key": str(uuid4()),
        "name": "Vmbo Nieuw",
        "short_name": "Nieuw",
        "kind": "school",
        "brings": "0",
        "municipality": "",
    }
    assert me.post("/beheer/organisaties/toevoegen/", sent).status_code == 303
    assert me.post("/beheer/organisaties/toevoegen/", sent).status_code == 303
    partner = Partner.objects.get(name="Vmbo Nieuw")
    twice = me.post("/beheer/organisaties/toevoegen/", {**sent, "key": str(uuid4()), "name": "VMBO nieuw"})
    assert (twice.status_code, "deze naam" in twice.content.decode()) == (400, True)
    page = f"/beheer/organisaties/{partner.uuid}/"
    assert me.post(page, {**sent, "kind": "regie"}).status_code == 400
    assert me.post(page, {**sent, "kind": "care"}).status_code == 303
    partner.refresh_from_db()
    assert partner.kind == PartnerKind.CARE
    assert me.post(f"{page}stoppen/").status_code == 303
    assert "Gestopt" in me.get("/beheer/organisaties/").content.decode()
    assert me.post(f"{page}heropenen/").status_code == 303


def test_a_beheerder_meets_no_youth_anywhere(me, regisseur, partners):
    with acting_as(regisseur):
        cases.case(by=regisseur, partners=[partners["jens"]], first_name="Kanarie", last_name="Geheim")
    for path in ("/", "/beheer/", "/beheer/organisaties/", "/beheer/gebruikers/"):
        page = me.get(path)
        assert page.status_code == 200
        assert "Kanarie" not in page.content.decode()
    assert me.get("/logboek/").status_code == 403


def test_an_unknown_user_is_not_there(me):
    assert me.get(f"/beheer/gebruikers/{uuid4()}/").status_code == 404
    robots = User.objects.get(username="robot-agenda")
    assert me.get(f"/beheer/gebruikers/{robots.uuid}/").status_code == 404
