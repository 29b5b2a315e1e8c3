"""Who recurs together, younger brothers and sisters, and a group across municipalities."""

from datetime import date, timedelta
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from access import operations as access
from accounts.models import Municipality, Partner, PartnerKind
from cases import group_queries
from cases.models import FinderThreshold, GroupPlace, Youth
from cases.operations import levels, triage
from cases.rules.group_finder import Tie, suggestions
from cases.rules.group_lens import advice, order_clashes, towns
from cases.rules.siblings import siblings_text, younger_siblings
from foundation.network_charts import Edge, Node, network_chart
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories import groups as factory
from tests.factories.audit import logged

TODAY = timezone.localdate()
FINDER, PICTURE = "cases:group_finder", "cases:group_finder_network"
NAMES = ("Ilyas", "Lukasz", "Jayden", "Amine")


def as_(user):
    client = Client()
    client.force_login(user)
    return client


# --- rules, as tables ---------------------------------------------------------------------------------
def tie(one, other, times=2):
    return Tie(one, other, times, 0, (), TODAY)


@pytest.mark.parametrize(
    ("pairs", "least", "found"),
    [
        ([], 3, []),
        ([(1, 2)], 3, []),
        ([(1, 2)], 2, [(1, 2)]),
        ([(1, 2), (2, 3)], 3, [(2, 1, 3)]),  # who is central comes first
        ([(1, 2), (2, 3), (5, 6), (6, 7), (7, 8)], 3, [(6, 7, 5, 8), (2, 1, 3)]),
        ([(1, 2), (3, 4)], 3, []),
    ],
)
def test_what_hangs_together_is_suggested(pairs, least, found):
    got = suggestions([tie(*pair) for pair in pairs], least_youths=least)
    assert [one.youths for one in got] == found
    assert all({t.one, t.other} <= set(one.youths) for one in got for t in one.ties)


@pytest.mark.parametrize(
    ("times", "shared", "places", "text"),
    [
        (2, 0, ("Plein",), "2 keer samen; Plein"),
        (3, 1, (), "3 keer samen, waarvan 1 in hetzelfde signaal"),
        (3, 3, ("Park", "Plein"), "3 keer samen, waarvan 3 in hetzelfde signaal; Park; Plein"),
    ],
)
def test_the_reasons_in_words(times, shared, places, text):
    assert Tie(1, 2, times, shared, places, TODAY).reasons == text


def young(pk, last_name="Voorbeeld", town=1, born=date(2011, 1, 1), prefix=""):
    return Youth(
        pk=pk, first_name="x", prefix=prefix, last_name=last_name, municipality_id=town, birth_on=born
    )


@pytest.mark.parametrize(
    ("others", "count"),
    [
        ([young(2, born=date(2014, 1, 1))], 1),
        ([young(2, born=date(2014, 1, 1)), young(3, born=date(2016, 1, 1))], 2),
        ([young(2, "voorbeeld", born=date(2014, 1, 1))], 1),
        ([young(2, born=date(2009, 1, 1))], 0),  # older
        ([young(2, born=date(2014, 1, 1), town=2)], 0),
        ([young(2, born=date(2014, 1, 1), town=None)], 0),
        ([young(2, "Ander", born=date(2014, 1, 1))], 0),
        ([young(2, prefix="van", born=date(2014, 1, 1))], 0),
        ([young(2, born=None)], 0),
        ([young(1, born=date(2014, 1, 1))], 0),  # a member already
    ],
)
def test_younger_brothers_and_sisters_are_counted(others, count):
    assert younger_siblings([young(1)], others) == count


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, ""),
        (1, "1 jongere broer of zus (zelfde achternaam en woongemeente)"),
        (2, "2 jongere broers of zussen (zelfde achternaam en woongemeente)"),
    ],
)
def test_siblings_in_words_without_a_name(count, text):
    assert siblings_text(count) == text


HEERLEN, KERKRADE = Municipality(pk=1, name="Heerlen"), Municipality(pk=2, name="Kerkrade")


def test_per_municipality_and_who_leads_first():
    youths = [
        Youth(pk=1, municipality=KERKRADE, school="Vmbo"),
        Youth(pk=2, municipality=KERKRADE, school="Elders"),
        Youth(pk=3, municipality=None, school=""),
    ]
    found = towns(HEERLEN, youths, [GroupPlace(name="Plein", municipality=HEERLEN)], {"Vmbo": "Heerlen"})
    assert [(t.name, t.lives, t.school, t.places, t.leads) for t in found] == [
        ("Heerlen", 0, 1, ["Plein"], True),
        ("Kerkrade", 2, 0, [], False),
        ("Buiten Parkstad of onbekend", 1, 0, [], False),
        ("School elders of onbekend", 0, 1, [], False),
    ]
    assert (
        advice(found) == "De meeste leden wonen in Kerkrade; Heerlen leidt. Stem af met de burgemeester daar."
    )
    assert advice(towns(KERKRADE, youths, [], {})) == ""


def order(pk, youth, town, starts=date(2026, 1, 1), ends=None):
    case = SimpleNamespace(youth_id=youth)
    about = {"pk": pk, "case": case, "municipality": town, "municipality_id": town and town.pk}
    return SimpleNamespace(**about, starts_on=starts, ends_on=ends)


@pytest.mark.parametrize(
    ("orders", "said"),
    [
        ([order(1, 7, HEERLEN), order(2, 8, HEERLEN)], []),
        ([order(1, 7, HEERLEN), order(2, 8, None)], []),
        ([order(1, 7, HEERLEN), order(2, 8, KERKRADE)], ["In deze groep lopen"]),
        ([order(1, 7, HEERLEN), order(2, 7, KERKRADE)], ["Voor 1 lid lopen", "In deze groep lopen"]),
        (
            [order(1, 7, HEERLEN, ends=date(2026, 2, 1)), order(2, 7, KERKRADE, date(2026, 2, 2))],
            ["In deze groep lopen"],  # one after the other
        ),
        (
            [order(n, n // 2, town) for n, town in enumerate([HEERLEN, KERKRADE] * 2)],
            ["Voor 2 leden lopen", "In deze groep lopen"],
        ),
    ],
)
def test_orders_of_different_municipalities_clash(orders, said):
    found = order_clashes(orders)
    assert [text[: len(start)] for text, start in zip(found, said, strict=True)] == said


# --- the finder, in the database ------------------------------------------------------------------------
@pytest.fixture
def around(regisseur, partners):
    """Four youths with a case at the JPP."""
    with acting_as(regisseur):
        return [
            make.case(by=regisseur, partners=[partners["jens"]], first_name=name, last_name=f"Proef{name}")
            for name in NAMES
        ]


def seen(cases, by, regisseur, *, at="Verzinselplein", days=10, role="involved"):
    """One signal about these youths together, seen so many days ago."""
    with acting_as(by):
        sent = make.signal(by=by, observed_on=TODAY - timedelta(days=days), location=at)
    first, *others = cases
    with acting_as(regisseur):
        triage.accept(
            signal=sent, case=first, text="Was erbij", role=role, need="x", feedback="Dank", by=regisseur
        )
        for case in others:
            triage.tell(signal=sent, case=case, text="Was erbij", role=role, by=regisseur)


def found_by(user):
    with acting_as(user):
        return {(t.one, t.other): (t.times, t.shared, t.places) for t in group_queries.ties()}


def pair(one, other):
    return tuple(sorted((one.youth_id, other.youth_id)))


def test_together_in_two_signals_is_a_tie(around, mentor, regisseur):
    a, b, c, _ = around
    seen([a, b], mentor, regisseur, days=10)
    assert found_by(regisseur) == {}  # once is nothing
    seen([a, b, c], mentor, regisseur, days=40, at="")
    assert found_by(regisseur) == {pair(a, b): (2, 2, ("Verzinselplein",))}


def test_at_the_same_place_within_days_is_a_tie(around, mentor, regisseur):
    a, b, c, d = around
    for days in (10, 30):
        seen([a], mentor, regisseur, days=days, at="Verzinselplein")
        seen([b], mentor, regisseur, days=days + 3, at=" verzinselplein ")
        seen([c], mentor, regisseur, days=days - 7, at="Verzinselplein")  # too long after
        seen([d], mentor, regisseur, days=days, at="Elders")
    assert set(found_by(regisseur)) == {pair(a, b)}
    assert found_by(regisseur)[pair(a, b)][:2] == (2, 0)


def test_three_of_each_are_three_times_not_nine(around, mentor, regisseur):
    a, b, *_ = around
    for day in (10, 11, 12):
        seen([a], mentor, regisseur, days=day)
        seen([b], mentor, regisseur, days=day)
    assert found_by(regisseur)[pair(a, b)][0] == 3


@pytest.mark.parametrize(
    "change",
    [{"role": "victim"}, {"role": "witness"}, {"days": 91}],
    ids=["victim", "witness", "long ago"],
)
def test_who_does_not_count(change, around, mentor, regisseur):
    a, b, *_ = around
    for _ in range(2):
        seen([a, b], mentor, regisseur, **change)
    assert found_by(regisseur) == {}


def test_what_the_police_told_twice_counts_once(around, wijkagent, regisseur):
    """In the room of its class and as a summary for the table: one signal."""
    a, b, *_ = around
    with acting_as(wijkagent):
        sent = make.signal(by=wijkagent, observed_on=TODAY, location="Plein")
    with acting_as(regisseur):
        told = {"text": "Was erbij", "summary": "Kort gezegd erbij", "role": "involved", "by": regisseur}
        triage.accept(signal=sent, case=a, need="x", feedback="Dank", **told)
        triage.tell(signal=sent, case=b, **told)
        assert [(t.times, t.shared) for t in group_queries.ties(least=1)] == [(1, 1)]


def test_a_tie_has_both_ends_in_sight(around, mentor, regisseur, tweede_regisseur):
    """Row security decides: who is kept out of one of the two gets no tie, and no number either."""
    a, b, c, _ = around
    for _ in range(2):
        seen([a, b, c], mentor, regisseur)
    with acting_as(regisseur):
        access.exclude(compartment=c.compartment, user=tweede_regisseur, reason="Tante", by=regisseur)
    assert len(found_by(regisseur)) == 3
    assert set(found_by(tweede_regisseur)) == {pair(a, b)}
    with acting_as(tweede_regisseur):
        assert group_queries.hidden_together([[a.youth_id, b.youth_id]]) == [0]


def to_lja(case, regisseur, lja):
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=case)
    with acting_as(lja):
        levels.accept(change=change, answer="Goed", partners=[], by=lja)
    with acting_as(regisseur):
        case.refresh_from_db()


def test_regie_of_the_municipality_hears_how_many_more(around, mentor, regisseur, lja_heerlen, lja_kerkrade):
    """Three went to the LJA of Heerlen; one is at the JPP still, where that regie does not look."""
    a, b, c, d = around
    for case in (a, b, c):
        to_lja(case, regisseur, lja_heerlen)
    for _ in range(2):
        seen([a, b, c, d], mentor, regisseur)
    ids = [case.youth_id for case in (a, b, c)]
    with acting_as(lja_heerlen):
        assert (len(group_queries.ties()), group_queries.hidden_together([ids, []])) == (3, [1, 0])
        assert group_queries.hidden_together([[d.youth_id]]) == [0]  # only with whom one sees
    with acting_as(lja_kerkrade):
        assert (group_queries.ties(), group_queries.hidden_together([ids])) == ([], [0])
    shown = as_(lja_heerlen).get(reverse(FINDER)).text
    assert ("Nog 1 die u niet ziet" in shown, "Amine" in shown) == (True, False)
    with acting_as(regisseur):
        d.municipality = Municipality.objects.get(name="Kerkrade")
        d.save(update_fields=["municipality"])
    with acting_as(lja_heerlen):
        assert group_queries.hidden_together([ids]) == [0]  # of another municipality


@pytest.mark.django_db
def test_without_a_scope_it_is_an_error():
    with pytest.raises(Exception, match="no access scope"):
        group_queries.ties()


# --- the page ---------------------------------------------------------------------------------------
def test_the_page_says_who_and_why_and_the_log_knows(around, mentor, regisseur):
    a, b, c, d = around
    for _ in range(2):
        seen([a, b, c], mentor, regisseur)
    shown = as_(regisseur).get(reverse(FINDER)).text
    assert "Mogelijke groep 1" in shown
    assert "2 keer samen, waarvan 2 in hetzelfde signaal; Verzinselplein" in shown
    assert "Amine" not in shown
    assert sorted(logged("group.suggested")[-1].youth_ids) == sorted(case.youth_id for case in (a, b, c))


def test_two_are_no_group_until_the_beheerder_says_so(around, mentor, regisseur, beheerder):
    a, b, *_ = around
    for _ in range(2):
        seen([a, b], mentor, regisseur)
    assert "Mogelijke groep" not in as_(regisseur).get(reverse(FINDER)).text.partition("<main")[2].replace(
        "Mogelijke groepen", ""
    )
    address = reverse("cases:finder_threshold_change", args=["4-jongeren"])
    assert as_(beheerder).post(address, {"number": "0"}).status_code == 400
    for _ in range(2):
        assert as_(beheerder).post(address, {"number": "2"}).status_code == 303
    assert len(logged("finder_threshold.changed")) == 1
    assert "Mogelijke groep 1" in as_(regisseur).get(reverse(FINDER)).text


def test_the_picture_has_words_for_who_cannot_see_it(around, mentor, regisseur):
    a, b, c, _ = around
    for _ in range(2):
        seen([a, b, c], mentor, regisseur)
    for query in ("", "?breed=smal"):
        answer = as_(regisseur).get(reverse(PICTURE) + query)
        root = ElementTree.fromstring(answer.content)
        words = {child.tag.rpartition("}")[2]: child.text for child in root}
        assert answer["Content-Type"] == "image/svg+xml"
        assert words["title"] == "Jongeren die samen terugkomen"
        assert "boog" in words["desc"]
        assert all(name in answer.text for name in ("Ilyas", "Lukasz", "Jayden"))
        assert "Amine" not in answer.text


def test_an_arc_goes_from_name_to_name():
    nodes = [Node(1, "A", "Kop"), Node(2, "B"), Node(3, "C")]
    svg = network_chart(nodes, [Edge(1, 3, 5), Edge(1, 2, 1)], title="T", description="D")
    assert svg.count("<path") >= 5  # two arcs, three dots
    assert all(f">{word}<" in svg for word in ("A", "B", "C", "Kop"))
    assert network_chart([], [], title="T", description="D").startswith("<svg")


# --- on the page of a group ---------------------------------------------------------------------------------
@pytest.fixture
def group(around, regisseur, partners):
    with acting_as(regisseur):
        made = factory.naming(by=regisseur, partners=[partners["politie"], partners["jens"]])
        for case in around[:3]:
            factory.member(by=regisseur, group=made, youth=case.youth)
        return made


def page(user, group):
    return as_(user).get(reverse("cases:group_detail", args=[group.uuid])).text


def test_the_group_shows_who_was_with_whom(group, around, mentor, regisseur, agent):
    a, b, _, d = around
    seen([a, b, d], mentor, regisseur)
    shown = page(regisseur, group)
    assert "Wie met wie is gezien" in shown
    assert "1 keer samen, waarvan 1 in hetzelfde signaal" in shown
    assert "ProefAmine" not in shown  # no member
    assert "Wie met wie is gezien" not in page(agent, group)  # takes part in no case of theirs
    picture = as_(regisseur).get(reverse("cases:group_network", args=[group.uuid])).text
    assert ("ProefIlyas" in picture, "ProefAmine" in picture) == (True, False)
    hidden = as_(agent).get(reverse("cases:group_network", args=[group.uuid])).text
    assert "Proef" not in hidden


def test_brothers_and_sisters_only_for_who_may_see_them(group, regisseur, jongerenwerker):
    with acting_as(regisseur):
        make.youth(by=regisseur, first_name="Klein", last_name="ProefIlyas", birth_on=date(2016, 1, 1))
    shown = page(regisseur, group)
    assert "1 jongere broer of zus" in shown
    assert "Klein" not in shown
    assert "jongere broer" not in page(jongerenwerker, group)


def test_orders_of_two_municipalities_are_said(group, around, regisseur, partners, agent):
    with acting_as(regisseur):
        for case, town in zip(around, ("Heerlen", "Kerkrade"), strict=False):
            make.measure(
                by=regisseur, case=case, partner=partners["jens"], code="GEBIEDSVERBOD", place="Het plein",
                municipality=Municipality.objects.get(name=town),
            )  # fmt: skip
    assert "verboden van Heerlen en Kerkrade" in page(regisseur, group)
    assert "verboden van" not in page(agent, group)


def test_where_the_school_stands(group, regisseur):
    Partner.objects.create(
        name="Vmbo Kerkrade", short_name="Vmbo K", kind=PartnerKind.SCHOOL,
        municipality=Municipality.objects.get(name="Kerkrade"),
    )  # fmt: skip
    with acting_as(regisseur):
        youth = Youth(school="Vmbo K")
        assert group_queries.schools_of([youth]) == {"Vmbo K": "Kerkrade"}
    assert 'data-label="School">3' in page(regisseur, group)  # "Vmbo De Test" stands in Heerlen


def test_the_cost_of_a_group_does_not_grow_with_its_members(group, around, regisseur):
    client, address = as_(regisseur), reverse("cases:group_detail", args=[group.uuid])

    def cost():
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    client.get(address)
    three = cost()
    with acting_as(regisseur):
        factory.member(by=regisseur, group=group, youth=around[3].youth)
    assert cost() == three


@pytest.mark.django_db
def test_the_thresholds_are_there():
    ours = group_queries
    wanted = {ours.LOOKS_BACK, ours.WITHIN, ours.TIMES, ours.YOUTHS, ours.MOST}
    assert set(FinderThreshold.objects.values_list("code", flat=True)) == wanted


def test_only_the_newest_sightings_count(around, mentor, regisseur):
    """As many as the beheerder says: what it costs does not grow with all that was ever told."""
    a, b, *_ = around
    for days in (10, 40):
        seen([a, b], mentor, regisseur, days=days)
    assert set(found_by(regisseur)) == {pair(a, b)}
    FinderThreshold.objects.filter(code=group_queries.MOST).update(number=2)
    assert found_by(regisseur) == {}
