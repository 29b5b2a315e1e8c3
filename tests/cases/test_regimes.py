"""What a level asks and allows: criteria, the regime of a period, and the plan van aanpak."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Level
from cases.models import Case, GoalResult, LevelChange, LevelCriterion, LevelRegime, PlanGoal
from cases.operations import cases, levels, plans
from cases.rules.levels import check_criteria
from foundation.errors import NotAllowed, NotPossible, Refused
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories.audit import logged

TODAY = timezone.localdate()


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(by=regisseur, partners=[partners["politie"], partners["jens"]])


@pytest.fixture
def proposal(case, regisseur):
    """As a meeting makes it: the criteria still have to be ticked."""
    with acting_as(regisseur):
        return levels.propose(
            case=case, to=Level.LJA, reason="Herhaalt zich", tried="Gesprek", review_on=TODAY, by=regisseur
        )


@pytest.fixture
def at_lja(case, regisseur, lja_heerlen, partners):
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        return make.at_lja(change=change, by=lja_heerlen, partners=[partners["jens"]])


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def criteria(old, new):
    return list(LevelCriterion.objects.between(old, new))


# --- criteria -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ticked", "is_enough"), [([], False), ([0], False), ([0, 1], False), ([0, 1, 2], True), ([3], True)]
)
def test_all_of_one_group_must_hold(ticked, is_enough, db):
    """To PGA: the first three together, or the fourth (national criteria of the Zorg- en Veiligheidshuizen)."""
    asked = criteria(Level.LJA, Level.PGA)
    texts = [asked[number].text for number in ticked]
    if is_enough:
        check_criteria(texts, asked)
    else:
        with pytest.raises(NotPossible, match="Kruis aan"):
            check_criteria(texts, asked)


def test_a_route_without_criteria_asks_none():
    check_criteria([], [])


def test_nothing_is_taken_over_before_criteria_are_ticked(proposal, regisseur, lja_heerlen, agent):
    with acting_as(lja_heerlen), pytest.raises(NotPossible, match="Kruis aan"):
        levels.accept(change=proposal, answer="", by=lja_heerlen)
    some = criteria(Level.JPP, Level.LJA)[:2]
    for user in (lja_heerlen, agent):
        with acting_as(user), pytest.raises(Refused):
            levels.tick(change=proposal, criteria=some, by=user)
    with acting_as(regisseur):
        with pytest.raises(NotPossible):
            levels.tick(change=proposal, criteria=[], by=regisseur)
        for _ in range(2):
            levels.tick(change=proposal, criteria=some, by=regisseur)
    assert len(logged("level.ticked")) == 1
    with acting_as(lja_heerlen):
        assert levels.accept(change=proposal, answer="", by=lja_heerlen).level == Level.LJA


def test_the_page_lets_the_proposer_tick(proposal, regisseur, lja_heerlen):
    address = reverse("cases:level_change_detail", args=[proposal.uuid])
    assert "Kruis nog aan" in as_(regisseur).get(address).text
    assert "kruist de criteria nog aan" in as_(lja_heerlen).get(address).text
    one = criteria(Level.JPP, Level.LJA)[0]
    answer = as_(regisseur).post(
        reverse("cases:level_change_tick", args=[proposal.uuid]), {"criteria": [str(one.uuid)]}
    )
    assert answer.status_code == 303
    assert one.text in as_(lja_heerlen).get(address).text


def test_the_form_keeps_only_criteria_of_the_way_that_was_chosen(case, regisseur):
    up, whole = criteria(Level.JPP, Level.LJA)[0], criteria(Level.JPP, Level.PGA)
    sent = {
        "key": str(uuid4()), "to": Level.LJA.value, "reason": "Herhaalt", "tried": "Gesprek",
        "review_on": (TODAY + timedelta(days=9)).isoformat(), "criteria": [str(whole[0].uuid)],
    }  # fmt: skip
    address = reverse("cases:level_change_propose", args=[case.uuid])
    wrong = as_(regisseur).post(address, sent)
    assert wrong.status_code == 400 and "Kruis aan" in wrong.text and "Herhaalt" in wrong.text
    assert (
        as_(regisseur).post(address, sent | {"criteria": [str(whole[0].uuid), str(up.uuid)]}).status_code
        == 303
    )
    with acting_as(regisseur):
        assert LevelChange.objects.visible_to(regisseur).get(case=case).criteria == [up.text]


# --- the regime -------------------------------------------------------------------------------------------
def test_the_regime_of_the_new_period_is_kept_in_the_words_of_that_day(at_lja, lja_heerlen, beheerder):
    address = reverse("cases:regime_change", args=[Level.LJA.value])
    regime = LevelRegime.objects.get(level=Level.LJA)
    sent = {
        "ground": "Nieuwe grond", "partner_kinds": ["police"], "data_classes": ["0"],
        "letter_text": "Anders",
    }  # fmt: skip
    assert as_(lja_heerlen).get(address).status_code == 403
    assert as_(beheerder).post(address, sent | {"ground": ""}).status_code == 400
    assert as_(beheerder).post(address, sent).status_code == 303
    with acting_as(lja_heerlen):
        change = LevelChange.objects.visible_to(lja_heerlen).get(case=at_lja)
    assert change.regime == regime.words()
    assert "60 maanden" in change.regime and "Nieuwe grond" not in change.regime
    assert logged("level_regime.changed")[0].details["fields"]


def test_who_the_regime_does_not_admit_is_not_let_in(case, regisseur, lja_heerlen, partners):
    LevelRegime.objects.filter(level=Level.LJA).update(partner_kinds=["police"])
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        with pytest.raises(NotPossible, match="JENS"):
            make.at_lja(change=change, by=lja_heerlen, partners=[partners["jens"]])
        assert make.at_lja(change=change, by=lja_heerlen, partners=[partners["politie"]]).level == Level.LJA


def test_content_and_process_have_an_owner_each(case, regisseur, lja_heerlen, coach_lja):
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        levels.accept(change=change, answer="", casusregisseur=coach_lja, by=lja_heerlen)
        now = Case.objects.visible_to(lja_heerlen).get(pk=case.pk)
    assert (now.procesregisseur_id, now.casusregisseur_id) == (lja_heerlen.pk, coach_lja.pk)
    page = as_(lja_heerlen).get(reverse("cases:case_detail", args=[case.uuid])).text
    assert "Procesregisseur" in page and ", 0 dagen" in page


def test_the_beheerder_words_the_criteria_and_what_was_ticked_keeps_its_words(at_lja, beheerder, lja_heerlen):
    one = criteria(Level.JPP, Level.LJA)[0]
    address = reverse("cases:criterion_change", args=[one.uuid])
    assert as_(beheerder).post(address, {"text": "Anders gezegd", "source": ""}).status_code == 303
    assert "Anders gezegd" in as_(beheerder).get(reverse("cases:regime_list")).text
    with acting_as(lja_heerlen):
        assert one.text in LevelChange.objects.visible_to(lja_heerlen).get(case=at_lja).criteria


# --- the plan ---------------------------------------------------------------------------------------------
def test_a_goal_is_set_and_evaluated(at_lja, lja_heerlen, coach_lja, partners):
    key = uuid4()
    with acting_as(lja_heerlen):
        goal = make.goal(by=lja_heerlen, case=at_lja, partner=partners["jens"], key=key)
        assert make.goal(by=lja_heerlen, case=at_lja, partner=partners["jens"], key=key) == goal
        with pytest.raises(NotPossible, match="hoe het ging"):
            plans.evaluate(goal=goal, result=GoalResult.REACHED, evaluation=" ", by=lja_heerlen)
        for _ in range(2):
            plans.evaluate(
                goal=goal, result=GoalResult.PARTLY, evaluation="Drie van de vijf dagen", by=lja_heerlen
            )
        with pytest.raises(NotPossible, match="al geëvalueerd"):
            plans.evaluate(goal=goal, result=GoalResult.NOT, evaluation="Anders", by=lja_heerlen)
    assert (
        "Drie van de vijf dagen" in as_(coach_lja).get(reverse("cases:plan_detail", args=[at_lja.uuid])).text
    )
    assert [e.recipients for e in logged("plan_goal.set")] == [[partners["jens"].pk]]
    assert len(logged("plan_goal.evaluated")) == 1


def test_only_regie_of_a_level_with_a_plan_sets_goals_for_who_takes_part(
    at_lja, case, regisseur, lja_heerlen, coach_lja, partners
):
    with acting_as(coach_lja), pytest.raises(NotAllowed):
        make.goal(by=coach_lja, case=at_lja, partner=partners["jens"])
    with acting_as(lja_heerlen), pytest.raises(NotPossible):
        make.goal(by=lja_heerlen, case=at_lja, partner=partners["halt"])
    with acting_as(regisseur):
        with pytest.raises(Refused):
            make.goal(by=regisseur, case=at_lja, partner=partners["jens"])
        jpp = make.case(by=regisseur, partners=[partners["jens"]], last_name="Anders")
        with pytest.raises(NotPossible, match="LJA en PGA"):
            make.goal(by=regisseur, case=jpp, partner=partners["jens"])
        assert not PlanGoal.objects.visible_to(regisseur).exists()


# --- the end ----------------------------------------------------------------------------------------------
def test_a_case_ends_when_goals_are_evaluated_and_who_runs_a_measure_knows(at_lja, lja_heerlen, partners):
    told = {"evaluation": "Rust", "helped": "Coach", "aftercare": "JENS"}
    address = reverse("cases:case_close", args=[at_lja.uuid])
    with acting_as(lja_heerlen):
        goal = make.goal(by=lja_heerlen, case=at_lja, partner=partners["jens"])
        make.measure(by=lja_heerlen, case=at_lja, partner=partners["jens"])
        with pytest.raises(NotPossible, match="niet geëvalueerd"):
            cases.close(case=at_lja, **told, measures_go_on=True, by=lja_heerlen)
        plans.evaluate(goal=goal, result=GoalResult.REACHED, evaluation="Gelukt", by=lja_heerlen)
        with pytest.raises(NotPossible, match="maatregel"):
            cases.close(case=at_lja, **told, by=lja_heerlen)
    asked = as_(lja_heerlen).post(address, told)
    assert asked.status_code == 400 and "Nu loopt: Weerbaarheidstraining (JENS)" in asked.text
    assert as_(lja_heerlen).post(address, told | {"measures_go_on": "on"}).status_code == 303
