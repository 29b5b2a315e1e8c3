"""Pages about actions."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Action
from cases.operations import actions
from foundation.scope import acting_as
from tests.cases.test_cases_views import page_of, text_of, url
from tests.factories import cases as make
from tests.factories.audit import logged

LIST = reverse("cases:action_list")
TODAY = timezone.localdate()


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(
            by=regisseur, partners=[partners["politie"], partners["jens"]], last_name="Zichtbaar"
        )


@pytest.fixture
def action(case, regisseur, partners):
    with acting_as(regisseur):
        return make.action(by=regisseur, case=case, partner=partners["jens"], text="Belt met vader")


def test_my_actions_are_those_i_can_be_asked_about(
    client, case, action, regisseur, agent, jongerenwerker, partners
):
    with acting_as(regisseur):
        make.action(
            by=regisseur, case=case, partner=partners["politie"], person=agent, text="Gaat langs", days=-2
        )
    assert "Belt met vader" in text_of(page_of(client, jongerenwerker, LIST))
    assert "Gaat langs" not in text_of(page_of(client, jongerenwerker, LIST))
    mine = text_of(page_of(client, agent, LIST))
    assert "Gaat langs" in mine
    assert "te laat" in mine
    everything = page_of(client, regisseur, LIST)
    assert [a.text for a in everything.context["page"].rows] == ["Gaat langs", "Belt met vader"]
    assert page_of(client, regisseur, f"{LIST}?wie=mij").context["page"].rows == []
    assert page_of(client, regisseur, f"{LIST}?wie=onzin").status_code == 200
    assert {tuple(e.youth_ids) for e in logged("action.listed")} == {(case.youth_id,), ()}


def test_each_filter_narrows_the_list(client, case, action, regisseur, partners):
    with acting_as(regisseur):
        late, soon, done = (
            make.action(by=regisseur, case=case, partner=partners[who], text=text, days=days)
            for who, text, days in (("politie", "Laat", -2), ("politie", "Straks", 3), ("jens", "Klaar", 30))
        )
        make.action(by=regisseur, case=case, partner=partners["jens"], text="Ver weg", days=60)
        actions.end(action=done, to="done", result="", by=regisseur)

    def listed(query):
        return [one.text for one in page_of(client, regisseur, f"{LIST}?{query}").context["page"].rows]

    assert listed("stand=te-laat") == ["Laat"]
    assert "Straks" in listed("stand=week") and "Ver weg" not in listed("stand=week")
    assert listed("stand=afgerond") == ["Klaar"]
    assert listed(f"organisatie={partners['politie'].uuid}") == ["Laat", "Straks"]
    assert listed("stand=onzin&organisatie=onzin") == listed("")


def test_who_does_not_lead_has_no_filter_on_organisations(client, case, regisseur, agent, partners):
    with acting_as(regisseur):
        make.action(by=regisseur, case=case, partner=partners["jens"], text="Belt met moeder")
    answer = page_of(client, agent, f"{LIST}?organisatie={partners['jens'].uuid}")
    assert answer.context["page"].rows == [] and "Organisatie die het doet" not in text_of(answer)


def test_a_colleagues_action_is_in_the_list_of_the_organisation(
    client, case, regisseur, agent, partners, wijkagent
):
    wijkagent.assignments.create(role="deelnemer", level=1)
    with acting_as(regisseur):
        make.action(by=regisseur, case=case, partner=partners["politie"], person=agent, text="Gaat langs")
    assert "Gaat langs" not in text_of(page_of(client, wijkagent, LIST))
    assert "Gaat langs" in text_of(page_of(client, wijkagent, f"{LIST}?wie=organisatie"))


def test_agreeing(client, case, regisseur, agent, partners):
    client.force_login(regisseur)
    agree = url("action_agree", case)
    groups = [group for group, _ in client.get(agree).context["form"].fields["owner"].choices[1:]]
    assert groups == ["JENS", "Politie Heerlen"]
    good = {"key": str(uuid4()), "text": "Gaat langs", "owner": f"p{agent.pk}", "due_on": TODAY.isoformat()}
    for wrong in (
        {"owner": f"o{partners['halt'].pk}"},
        {"owner": ""},
        {"text": ""},
        {"due_on": "2020-01-01"},
    ):
        assert client.post(agree, good | wrong).status_code == 400
    for _ in range(2):  # a double click is one action
        assert client.post(agree, good).status_code == 303
    with acting_as(regisseur):
        made = Action.objects.visible_to(regisseur).get()
    assert (made.owner_person, made.owner_partner, made.agreed_by) == (agent, partners["politie"], regisseur)


def test_without_a_partner_there_is_nobody_to_agree_with(client, regisseur):
    with acting_as(regisseur):
        alone = make.case(by=regisseur)
    assert "Voeg eerst een organisatie toe" in text_of(page_of(client, regisseur, url("action_agree", alone)))


def test_one_screen_with_three_endings(client, action, case, jongerenwerker, regisseur, agent):
    client.force_login(jongerenwerker)
    page = url("action_detail", action)
    text = text_of(client.get(page))
    assert "Kon niet" in text
    assert "Ingetrokken" not in text  # that is for regie
    assert client.post(page, {"to": "withdrawn", "result": "x"}).status_code == 400
    assert client.post(page, {}).status_code == 400
    silent = client.post(page, {"to": "did_not", "result": ""})
    assert (silent.status_code, "Zeg waarom" in text_of(silent)) == (400, True)
    assert client.post(page, {"to": "done", "result": "x" * 501}).status_code == 400
    ended = {"to": "could_not", "result": "Vader nam niet op"}
    assert client.post(page, ended)["Location"] == LIST
    assert client.post(page, ended).status_code == 303  # twice is once
    assert len(logged("action.ended")) == 1
    client.force_login(regisseur)
    late = client.post(page, {"to": "done", "result": "Toch gelukt"})
    assert late.status_code == 409
    assert "Toch gelukt" in text_of(late)
    assert "Vader nam niet op" in text_of(client.get(page))
    client.force_login(agent)
    assert client.get(page).status_code == 200
    assert client.post(page, {"to": "done", "result": ""}).status_code == 403


def test_taking_on_and_starting(client, action, case, jongerenwerker, regisseur):
    client.force_login(jongerenwerker)
    move = url("action_move", action)
    assert "Aannemen" in text_of(client.get(LIST))
    assert client.post(move, {"to": "accepted"}).status_code == 303
    assert "Begonnen" in text_of(client.get(LIST))
    back_to_case = client.post(move, {"to": "in_progress", "van": "dossier"})
    assert back_to_case["Location"] == url("case_detail", case)
    assert client.post(move, {"to": "done"}).status_code == 400
    assert client.post(move, {"to": "accepted"}).status_code == 409
    assert client.get(move).status_code == 405


@pytest.mark.parametrize("who", ["haltmedewerker", "mentor", "manager", "lja_heerlen"])
def test_who_cannot_see_it_does_not_know_it(who, client, action, request):
    assert page_of(client, request.getfixturevalue(who), url("action_detail", action)).status_code == 404


def test_the_list_asks_as_often_for_one_as_for_forty(
    client, case, regisseur, jongerenwerker, partners, django_assert_max_num_queries
):
    counts = []
    for extra in (1, 59):
        with acting_as(regisseur):
            for n in range(extra):
                make.action(by=regisseur, case=case, partner=partners["jens"], days=n % 9)
        for user in (regisseur, jongerenwerker):
            client.force_login(user)
            with django_assert_max_num_queries(20) as asked:
                answer = client.get(LIST)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    page = answer.context["page"]
    later = client.get(LIST + page.older_url).context["page"]
    assert len({a.pk for a in [*page.rows, *later.rows]}) == 60
    assert page.rows[-1].due_on <= later.rows[0].due_on
    assert page.rows[0].due_on <= TODAY + timedelta(days=1)
