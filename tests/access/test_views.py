"""Who can see this: the page, and letting in and out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from access.models import EndedGrant, Participation
from access.operations import end_participation
from accounts.models import User
from cases.operations import levels
from foundation.scope import acting_as
from tests.cases.test_cases_views import page_of, text_of, url
from tests.factories import cases as make

TODAY = timezone.localdate()


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(by=regisseur, partners=[partners["politie"]], last_name="Zichtbaar")


def partner_form(partner, **changes):
    return {
        "partner": partner.pk,
        "data_class": "0",
        "ground": "case_need",
        "reason": "Begeleidt thuis",
        "until": "",
    } | changes


def grant_form(user, **changes):
    until = (TODAY + timedelta(days=7)).isoformat()
    return {
        "user": user.pk if user else "x",
        "ground": "safety",
        "reason": "Gaat mee op huisbezoek",
        "until": until,
    } | changes


def test_the_page_says_who_why_and_until_when(client, case, regisseur, agent):
    for user in (regisseur, agent):
        text = text_of(page_of(client, user, url("case_access", case)))
        for words in (
            "Regie JPP",
            "Regisseur Test",
            "Tweede_Regisseur Test",
            "Politie Heerlen",
            "Agent Test",
        ):
            assert words in text, words
        assert "Kent de jongere" in text
        assert "Wijkagent" not in text  # a melder of the police does not read along
        assert ("Beëindigen" in text) == (user == regisseur)


def test_the_page_agrees_with_the_database(client, case, regisseur, partners):
    """Every partner on the page has its key among the readers, and the other way round."""
    from accounts import keys

    with acting_as(regisseur):
        case.room.refresh_from_db()
        stored = set(case.room.readers)
    page = page_of(client, regisseur, url("case_access", case))
    told = {
        reader.row.partner_id for reader in page.context["rooms"][0]["readers"] if reader.kind == "partner"
    }
    assert {keys.partner_key(partner, 1) for partner in told} == {k for k in stored if k < keys.REGIE_FROM}


def test_an_organisation_comes_and_goes(client, case, regisseur, jongerenwerker, partners):
    client.force_login(regisseur)
    add = url("participation_add", case)
    choices = {str(label) for _, label in client.get(add).context["form"].fields["partner"].choices}
    assert {"JENS", "Politie Heerlen"} <= choices  # the police may read police data as well
    client.force_login(User.objects.get(username="tweede_regisseur"))  # who may not share those
    choices = {str(label) for _, label in client.get(add).context["form"].fields["partner"].choices}
    assert "JENS" in choices
    assert "Politie Heerlen" not in choices
    client.force_login(regisseur)
    for wrong in ({"reason": ""}, {"ground": "zomaar"}, {"until": "2020-01-01"}, {"until": "9999-12-31"}):
        assert client.post(add, partner_form(partners["jens"], **wrong)).status_code == 400
    assert client.post(add, partner_form(partners["politie"])).status_code == 409
    assert client.post(add, partner_form(partners["jens"])).status_code == 303
    assert page_of(client, jongerenwerker, url("case_detail", case)).status_code == 200
    with acting_as(regisseur):
        row = Participation.objects.visible_to(regisseur).get(partner=partners["jens"])
    client.force_login(regisseur)
    for _ in range(2):
        assert client.post(url("participation_end", case), {"row": row.pk}).status_code == 303
    assert page_of(client, jongerenwerker, url("case_detail", case)).status_code == 404
    assert "Wie dit eerder las (1)" in text_of(page_of(client, regisseur, url("case_access", case)))


def test_one_person_is_let_in_by_name_until_a_day(
    client, case, regisseur, mentor, wijkagent, manager, beheerder
):
    client.force_login(regisseur)
    give = url("grant_give", case)
    people = {value.value for value, _ in client.get(give).context["form"].fields["user"].choices if value}
    assert {mentor.pk, wijkagent.pk} <= people
    assert not {manager.pk, beheerder.pk, regisseur.pk} & people
    for wrong in (
        {"until": ""},
        {"reason": ""},
        {"until": "2020-01-01"},
    ):
        assert client.post(give, grant_form(mentor, **wrong)).status_code == 400
    for nobody in (manager, beheerder, regisseur, None):
        assert client.post(give, grant_form(nobody)).status_code == 400
    assert client.post(give, grant_form(mentor)).status_code == 303
    assert client.post(give, grant_form(mentor)).status_code == 409
    seen = text_of(page_of(client, mentor, url("case_detail", case)))
    assert "Zichtbaar" in seen
    assert "Actie afspreken" not in seen
    assert "Zichtbaar" in text_of(page_of(client, mentor, "/dossiers/"))
    assert page_of(client, wijkagent, url("case_detail", case)).status_code == 404
    page = page_of(client, regisseur, url("case_access", case))
    [reader] = [r for r in page.context["rooms"][0]["readers"] if r.kind == "person"]
    assert (reader.who, reader.last_day) == ("Mentor Test", TODAY + timedelta(days=7))
    for _ in range(2):
        assert client.post(url("grant_end", case), {"row": reader.row.pk}).status_code == 303
    assert page_of(client, mentor, url("case_detail", case)).status_code == 404
    with acting_as(regisseur):
        assert EndedGrant.objects.visible_to(regisseur).get().ended_by == regisseur


@pytest.mark.parametrize("name", ["participation_add", "grant_give", "participation_end", "grant_end"])
def test_only_regie_changes_it(name, client, case, agent, haltmedewerker):
    client.force_login(agent)
    assert client.post(url(name, case), {"row": "1"}).status_code == 403
    client.force_login(haltmedewerker)
    assert client.post(url(name, case), {"row": "1"}).status_code == 404


def test_an_unknown_line_is_not_there(client, case, regisseur):
    client.force_login(regisseur)
    for row in ("", "x", "-1", "1.5", "9" * 30, "½"):
        assert client.post(url("participation_end", case), {"row": row}).status_code == 400
        assert client.post(url("grant_end", case), {"row": row}).status_code == 400
    assert client.post(url("participation_end", case), {"row": "999999"}).status_code == 404
    assert client.get(url("grant_end", case)).status_code == 405


def test_a_line_of_another_case_is_not_there(client, case, regisseur, partners):
    with acting_as(regisseur):
        other = make.case(by=regisseur, partners=[partners["halt"]])
        row = Participation.objects.visible_to(regisseur).get(compartment=other.room_id)
    client.force_login(regisseur)
    assert client.post(url("participation_end", case), {"row": row.pk}).status_code == 404


def test_each_level_has_its_own_readers(client, case, regisseur, lja_heerlen, agent):
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=case)
    prepared = page_of(client, lja_heerlen, url("case_access", case))
    assert "klaargezet" in text_of(prepared)
    assert not any(part["may_end"] for part in prepared.context["rooms"])
    assert page_of(client, lja_heerlen, url("participation_add", case)).status_code == 403
    with acting_as(lja_heerlen):
        levels.accept(change=change, answer="", by=lja_heerlen)
    [part] = page_of(client, lja_heerlen, url("case_access", case)).context["rooms"]
    assert (part["title"], [r.who for r in part["readers"]]) == ("LJA Heerlen: nu", ["Regie LJA Heerlen"])
    assert page_of(client, lja_heerlen, url("participation_add", case)).status_code == 200
    # The old room stays with its own regie, who can still end what was.
    [old] = page_of(client, regisseur, url("case_access", case)).context["rooms"]
    assert (old["title"], old["may_end"]) == ("JPP Heerlen: eerder", True)
    assert page_of(client, regisseur, url("grant_give", case)).status_code == 403
    with acting_as(regisseur):
        row = Participation.objects.visible_to(regisseur).get()
        end_participation(participation=row, by=regisseur)
    assert page_of(client, agent, url("case_detail", case)).status_code == 404


def test_the_page_asks_as_often_for_one_as_for_many(
    client, case, regisseur, partners, django_assert_max_num_queries
):
    client.force_login(regisseur)
    counts = []
    for _ in range(2):
        client.get(url("case_access", case))  # takes the messages of what was added
        with django_assert_max_num_queries(40) as asked:
            client.get(url("case_access", case))
        counts.append(len(asked))
        for name in ("jens", "halt", "school", "gemeente"):
            client.post(url("participation_add", case), partner_form(partners[name]))
    assert counts[0] == counts[1]


def test_access_that_is_over_can_be_given_again(client, case, regisseur, mentor, partners):
    import time_machine

    client.force_login(regisseur)
    day = TODAY.isoformat()
    client.post(url("grant_give", case), grant_form(mentor, until=day))
    client.post(url("participation_add", case), partner_form(partners["jens"], until=day))
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        client.force_login(regisseur)
        later = (TODAY + timedelta(days=9)).isoformat()
        assert client.post(url("grant_give", case), grant_form(mentor, until=later)).status_code == 303
        with acting_as(regisseur):
            assert EndedGrant.objects.visible_to(regisseur).count() == 1
