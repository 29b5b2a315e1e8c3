"""Pages about levels."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Level
from cases.models import LevelChange, LevelCriterion
from cases.operations import levels
from foundation.scope import acting_as
from tests.cases.test_cases_views import page_of, text_of, url
from tests.factories import cases as make
from tests.factories.audit import logged

SOON = (timezone.localdate() + timedelta(days=60)).isoformat()
LIST = reverse("cases:level_change_list")


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(by=regisseur, partners=[partners["politie"]], last_name="Zichtbaar")


@pytest.fixture
def change(case, regisseur):
    with acting_as(regisseur):
        return make.proposal(by=regisseur, case=case)


def proposal(**changes):
    return {
        "key": str(uuid4()),
        "to": "2",
        "reason": "Herhaling",
        "tried": "Coach",
        "review_on": SOON,
        "skipping": "",
        "criteria": [
            str(uuid) for uuid in LevelCriterion.objects.filter(old=1).values_list("uuid", flat=True)
        ],
    } | changes


def test_proposing(client, case, regisseur):
    client.force_login(regisseur)
    propose = url("level_change_propose", case)
    page = client.get(propose)
    assert [value for value, _ in page.context["form"].fields["to"].choices] == [2, 3]
    for wrong in (
        proposal(to=""),
        proposal(to="1"),
        proposal(to="9"),
        proposal(reason=""),
        proposal(review_on="2020-01-01"),
        proposal(key="x"),
        proposal(to="3"),  # skips LJA and does not say why
    ):
        answer = client.post(propose, wrong)
        assert answer.status_code == 400
        assert "Coach" in text_of(answer)
    data = proposal(to="3", skipping="Direct gevaar")
    assert client.post(propose, data).status_code == 303
    assert client.post(propose, data).status_code == 303  # the same once more has one effect
    assert client.post(propose, proposal()).status_code == 409
    with acting_as(regisseur):
        change = LevelChange.objects.visible_to(regisseur).get()
    assert (change.new, change.reason) == (
        Level.PGA,
        "Herhaling\n\nWaarom LJA wordt overgeslagen: Direct gevaar",
    )
    assert "ligt al een voorstel" in text_of(client.get(propose))


def test_both_regisseurs_see_the_proposal_and_one_answers(
    client, change, regisseur, lja_heerlen, lja_kerkrade, pga, agent
):
    page = url("level_change_detail", change)
    wanted = {regisseur: 200, lja_heerlen: 200, lja_kerkrade: 404, pga: 404, agent: 403}
    for user, status in wanted.items():
        answer = page_of(client, user, page)
        assert answer.status_code == status
        assert ("Niet overnemen" in text_of(answer)) == (user == lja_heerlen)
    for user in (regisseur, agent):
        client.force_login(user)
        assert client.post(page, {"decision": "overnemen", "answer": ""}).status_code == 403


def test_taking_over(client, change, case, lja_heerlen):
    client.force_login(lja_heerlen)
    page = url("level_change_detail", change)
    assert "Zichtbaar" in text_of(client.get(LIST))
    assert client.post(page, {"answer": "x"}).status_code == 400
    assert client.post(page, {"answer": "x", "decision": "misschien"}).status_code == 400
    answer = client.post(page, {"answer": "Welkom", "decision": "overnemen"})
    assert answer["Location"] == url("case_access", case)
    assert client.post(page, {"answer": "Welkom", "decision": "overnemen"}).status_code == 409
    assert "overgenomen" in text_of(client.get(page))
    review = text_of(client.get(LIST))
    assert "Er wacht niets op u" in review
    assert "1 in totaal" in review


def test_leaving_it(client, change, case, lja_heerlen, regisseur):
    client.force_login(lja_heerlen)
    page = url("level_change_detail", change)
    empty = client.post(page, {"answer": "", "decision": "niet-overnemen"})
    assert (empty.status_code, "Zeg waarom" in text_of(empty)) == (400, True)
    answer = client.post(page, {"answer": "Eerst nog een gesprek", "decision": "niet-overnemen"})
    assert answer["Location"] == LIST
    assert client.get(page).status_code == 404  # and no longer knows the youth
    assert "Eerst nog een gesprek" in text_of(page_of(client, regisseur, url("case_detail", case)))


def test_withdrawing(client, change, case, regisseur, lja_heerlen):
    client.force_login(regisseur)
    assert client.get(url("level_change_withdraw", change)).status_code == 405
    assert client.post(url("level_change_withdraw", change)).status_code == 303
    assert client.post(url("level_change_withdraw", change)).status_code == 303
    assert len(logged("level.withdrawn")) == 1
    assert page_of(client, lja_heerlen, url("level_change_detail", change)).status_code == 404


def test_the_list_is_for_regisseurs_and_asks_as_often_for_one_as_for_forty(
    client, regisseur, lja_heerlen, agent, case, django_assert_max_num_queries
):
    assert page_of(client, agent, LIST).status_code == 403
    counts = []
    for extra in (1, 39):
        with acting_as(regisseur):
            for _ in range(extra):
                make.proposal(by=regisseur, case=make.case(by=regisseur, review_on=timezone.localdate()))
        for user in (regisseur, lja_heerlen):
            client.force_login(user)
            with django_assert_max_num_queries(30) as asked:
                answer = client.get(LIST)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert len(answer.context["waiting"]) == 40
    assert len(page_of(client, regisseur, LIST).context["asked"]) == 40


def test_back_and_forth_is_told_on_the_case_page(
    client, change, case, regisseur, tweede_regisseur, lja_heerlen
):
    with acting_as(lja_heerlen):
        levels.accept(change=change, answer="", by=lja_heerlen)
        back = make.proposal(by=lja_heerlen, case=case, to=Level.JPP)
    with acting_as(tweede_regisseur):
        levels.accept(change=back, answer="", by=tweede_regisseur)
    assert "2 keer van niveau" in text_of(page_of(client, regisseur, url("case_detail", case)))
