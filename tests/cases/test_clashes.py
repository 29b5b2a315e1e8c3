"""The rules, one by one: when they warn, and when they keep silent."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accounts.models import Partner, PartnerKind
from cases.models import Action, AgeLimit, Measure, MeasureKind, MeasureState, Youth
from cases.rules.clashes import RULES, clashes
from cases.rules.situations import Situation

TODAY = date(2026, 11, 26)
FACT = date(2026, 10, 3)
BORN = {11: date(2015, 1, 10), 14: date(2012, 3, 4), 18: date(2008, 2, 1)}
PARTNERS = {
    name: Partner(pk=pk, short_name=name) for pk, name in enumerate(["JENS", "Politie", "HALT"], start=1)
}


@pytest.fixture
def kinds(db):
    return {kind.code: kind for kind in MeasureKind.objects.all()}


@pytest.fixture
def measure(kinds):
    numbers = iter(range(1, 100))

    def make(code, state=MeasureState.RUNNING, **more):
        defaults = {"starts_on": TODAY - timedelta(days=10), "is_confessed": True, "fact_on": FACT}
        owner = PARTNERS["HALT"]
        return Measure(
            pk=next(numbers), kind=kinds[code], owner_partner=owner, state=state, **defaults | more
        )

    return make


def situation(*measures, age=14, **more):
    base = Situation(
        today=TODAY,
        youth=Youth(birth_on=BORN.get(age), school="Vmbo De Test"),
        municipality_id=1,
        measures=list(measures),
        actions=[],
        partner_kinds={PartnerKind.CHILD_PROTECTION},
        roles={"suspect"},
        terms={"huisbezoek": 14, "leeftijdsgrens": 90},
        age_limits=[],
        kind_names={},
        held_until=None,
    )
    return replace(base, **more)


def warned(*measures, **more):
    return [clash.rule for clash in clashes(situation(*measures, **more))]


def visit(partner, days, text="Gaat op huisbezoek"):
    return Action(text=text, owner_partner=PARTNERS[partner], due_on=TODAY + timedelta(days=days))


# --- the two stories of Halt, and the one of the letter -----------------------------------------
def test_a_young_child_that_set_fire_gets_the_preventive_offer_instead(measure):
    (clash,) = clashes(situation(measure("HALT-STRAF"), age=11))
    assert (clash.rule, clash.consider) == ("R01", "Overweeg Halt preventief.")
    assert "11 jaar" in clash.text
    assert warned(measure("HALT-PREV"), age=11) == []


def test_the_day_of_the_fact_counts_not_today(measure):
    """Eleven when it happened, twelve when it is discussed."""
    youth = Youth(birth_on=date(2014, 11, 1))
    assert warned(measure("HALT-STRAF", fact_on=date(2026, 10, 3)), youth=youth) == ["R01"]
    assert warned(measure("HALT-STRAF", fact_on=date(2026, 11, 3)), youth=youth) == []


def test_supervision_halt_and_an_area_order_meet_in_one_youth(measure):
    """The case of the letter: three organisations that did not know it of each other."""
    halt = measure("HALT-STRAF", place="Buurthuis De Kring, Molenberg")
    order = measure("GEBIEDSVERBOD", place="Winkelgebied Molenberg", municipality_id=1)
    found = warned(halt, order, measure("OTS"), partner_kinds=set())
    assert found == ["R07", "R11"]
    assert warned(halt, measure("OTS")) == []


# --- each rule: warns, and does not ---------------------------------------------------------------
def test_r02_above_the_highest_age(measure):
    assert warned(measure("HALT-STRAF"), age=18) == ["R02"]
    assert warned(measure("HALT-STRAF"), age=14) == []
    assert warned(measure("HALT-STRAF", MeasureState.REFUSED), age=18) == []


def test_r03_an_earlier_halt(measure):
    earlier = measure("HALT-BOA", MeasureState.ENDED_WELL)
    assert warned(earlier, measure("HALT-STRAF")) == ["R03"]
    assert warned(measure("HALT-PREV", MeasureState.ENDED_WELL), measure("HALT-STRAF")) == []


@pytest.mark.parametrize(("confessed", "rules"), [(None, ["R04"]), (False, ["R04"]), (True, [])])
def test_r04_no_confession(measure, confessed, rules):
    assert warned(measure("HALT-STRAF", is_confessed=confessed)) == rules


def test_r05_the_same_fact_at_the_prosecutor(measure):
    assert warned(measure("HALT-STRAF"), measure("OM-ZAAK")) == ["R05"]
    assert warned(measure("HALT-STRAF"), measure("OM-ZAAK", fact_on=FACT - timedelta(days=9))) == []


def test_r06_an_order_for_a_child(measure):
    assert warned(measure("GEBIEDSVERBOD"), age=11) == ["R06"]
    assert warned(measure("OUDERBEVEL"), age=11) == []
    assert warned(measure("OUDERBEVEL"), age=14) == ["R02"]


def test_r07_the_area_holds_the_school_or_the_place_of_another_measure(measure):
    order = measure("GEBIEDSVERBOD", place="Straten rond Vmbo De Test")
    assert warned(order) == ["R07"]
    assert warned(measure("GEBIEDSVERBOD", place="Station Heerlen")) == []
    assert warned(measure("GEBIEDSVERBOD", place="Heerlen"), measure("WEERBAAR", place="Heerlen")) == []


def test_r08_longer_or_more_often_than_allowed(measure):
    start = TODAY - timedelta(days=10)
    assert warned(measure("GEBIEDSVERBOD", ends_on=start + timedelta(days=91))) == []
    assert warned(measure("GEBIEDSVERBOD", ends_on=start + timedelta(days=120))) == ["R08"]
    assert warned(measure("GEBIEDSVERBOD", ends_on=start + timedelta(days=360), renewals=3)) == []
    assert warned(measure("GEBIEDSVERBOD", ends_on=start + timedelta(days=360), renewals=4)) == ["R08"]
    assert warned(measure("GEBIEDSVERBOD", ends_on=start + timedelta(days=400), renewals=3)) == ["R08"]


def test_r09_an_order_to_parents_is_not_renewed(measure):
    assert warned(measure("OUDERBEVEL", renewals=1), age=11) == ["R09"]


def test_r10_the_prosecutor_and_the_burgemeester(measure):
    theirs, ours = measure("GEDRAGSAANW"), measure("MELDPLICHT")
    assert warned(theirs, ours) == ["R10"]
    assert warned(theirs) == warned(ours) == []


def test_r11_who_carries_out_the_supervision_is_not_there(measure):
    assert warned(measure("OTS"), partner_kinds={PartnerKind.POLICE}) == ["R11"]
    assert warned(measure("OTS", MeasureState.ENDED_WELL), partner_kinds=set()) == []


def test_r12_several_at_the_door():
    assert warned(actions=[visit("JENS", 2), visit("Politie", 10)]) == ["R12"]
    assert warned(actions=[visit("JENS", 2), visit("Politie", 20)]) == []
    assert warned(actions=[visit("JENS", 2), visit("JENS", 3)]) == []
    assert warned(actions=[visit("JENS", 2), visit("Politie", 3, "Belt met school")]) == []


def test_r13_an_age_limit_comes_near(measure):
    limits = [AgeLimit(age=12, consequence="Halt-straf kan dan."), AgeLimit(age=18, consequence="-")]
    youth = Youth(birth_on=date(2014, 12, 24))
    (clash,) = clashes(situation(measure("WEERBAAR"), youth=youth, age_limits=limits))
    assert (clash.rule, clash.text) == ("R13", "Wordt 12 jaar op 24-12-2026.")
    assert warned(youth=youth, age_limits=limits) == [], "without a measure it changes nothing"
    assert warned(measure("WEERBAAR"), youth=Youth(birth_on=date(2014, 4, 24)), age_limits=limits) == []
    leap = Youth(birth_on=date(2008, 2, 29))
    assert warned(measure("JONGERENWERK"), youth=leap, age_limits=limits, today=date(2026, 2, 1)) == ["R13"]


def test_r14_what_is_voluntary_cannot_be_imposed(measure):
    assert warned(measure("WEERBAAR", imposed_by="burgemeester")) == ["R14"]
    assert warned(measure("GEBIEDSVERBOD", imposed_by="burgemeester")) == []


def test_r15_only_a_victim(measure):
    assert warned(measure("GEBIEDSVERBOD"), roles={"victim"}) == ["R15"]
    assert warned(measure("GEBIEDSVERBOD"), roles={"victim", "suspect"}) == []
    assert warned(measure("SLACHTOFFER"), roles={"victim"}) == []
    assert warned(measure("GEBIEDSVERBOD"), roles=set()) == []


def test_r16_the_result_is_missing(measure):
    assert warned(measure("WEERBAAR", ends_on=TODAY - timedelta(days=1))) == ["R16"]
    assert warned(measure("WEERBAAR", ends_on=TODAY)) == []


def test_r17_of_another_municipality(measure):
    assert warned(measure("GEBIEDSVERBOD", municipality_id=2)) == ["R17"]
    assert warned(measure("GEBIEDSVERBOD", municipality_id=1)) == []
    assert warned(measure("GEBIEDSVERBOD", municipality_id=2), municipality_id=None) == []


def test_r18_police_or_prosecutor_want_to_speak_first():
    assert warned(held_until=TODAY) == ["R18"]


def test_r19_the_catalogue_says_not_together(measure, kinds):
    kinds["WEERBAAR"].excludes = [kinds["JONGERENWERK"].pk]
    one, other = measure("WEERBAAR"), measure("JONGERENWERK")
    assert warned(one, other) == warned(other, one) == ["R19"]
    assert warned(one, measure("JONGERENWERK", state=MeasureState.ENDED_WELL)) == []
    assert warned(one) == []


def test_r20_the_catalogue_says_not_alone(measure, kinds):
    kinds["WEERBAAR"].requires = [kinds["JONGERENWERK"].pk]
    names = {kinds["JONGERENWERK"].pk: "Jongerenwerk"}
    (clash,) = clashes(situation(measure("WEERBAAR"), kind_names=names))
    assert (clash.rule, "hoort volgens de catalogus: Jongerenwerk" in clash.text) == ("R20", True)
    assert warned(measure("WEERBAAR"), measure("JONGERENWERK"), kind_names=names) == []
    assert warned(measure("WEERBAAR")) == []  # what is kept strictly is not asked for


# --- as a whole ------------------------------------------------------------------------------------
def test_ages_and_terms_come_from_the_catalogue(measure, kinds):
    kinds["HALT-STRAF"].min_age = 10
    assert warned(measure("HALT-STRAF"), age=11) == []
    assert warned(actions=[visit("JENS", 2), visit("Politie", 10)], terms={"huisbezoek": 5}) == []


def test_without_a_birth_date_age_says_nothing(measure):
    assert warned(measure("HALT-STRAF"), youth=Youth(birth_on=None)) == []


def test_every_rule_is_described():
    from tests.test_house import ROOT

    text = (ROOT / "docs" / "clash-rules.md").read_text()
    assert [rule for rule in RULES if f"| {rule} |" not in text] == []
    assert list(RULES) == sorted(RULES)
