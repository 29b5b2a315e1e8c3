"""Finding a youth again: which names are the same one, and who is shown to whom."""

from datetime import date

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from access import operations as access
from cases.models import Youth
from cases.operations import youths
from cases.rules.youths import Identity, compare, near_births, rank
from foundation.errors import NotAllowed
from foundation.scope import ScopeMissing, acting_as
from tests.factories import cases as make
from tests.factories.audit import logged

BORN, OTHER = date(2011, 3, 4), date(2009, 12, 30)

# Known youth, then who is asked for (first name, last name), and whether regie should see the one beside the other.
PAIRS = [
    (("Testjongere", "Voorbeeld"), ("Testjongere", "Voorbeeld"), True),
    (("Testjongere", "Voorbeeld"), ("testjongere", "VOORBEELD"), True),
    (("Testjongere", "Voorbeeld"), ("Voorbeeld", "Testjongere"), True),
    (("Testjongere", "Voorbeeld"), ("Testjongre", "Voorbeeld"), True),
    (("Testjongere", "Voorbeeld"), ("T.", "Voorbeeld"), True),
    (("Testjongere", "Voorbeeld"), ("", "Voorbeeld"), False),
    (("Mohamed", "Fictief"), ("Mohammed", "Fictief"), True),
    (("Mohamed", "Fictief"), ("Muhammed", "Fictief"), True),
    (("Mohamed", "Fictief"), ("Mo", "Fictief"), True),
    (("Mohamed", "El Fictief"), ("Mohamed", "Fictief"), True),
    (("Youssef", "Demo"), ("Joesoef", "Demo"), True),
    (("Achmed", "Demo"), ("Ahmed", "Demo"), True),
    (("Fatima", "Schets"), ("Fatma", "Schets"), True),
    (("Zoë", "Proef"), ("Zoe", "Proef"), True),
    (("Sophie", "Proef"), ("Sofie", "Proef"), True),
    (("Daniël", "Model"), ("Daniel", "Model"), True),
    (("Renée", "Model"), ("Rene", "Model"), True),
    (("Çağla", "Schets"), ("Cagla", "Schets"), True),
    (("Łukasz", "Proefski"), ("Lukasz", "Proefski"), True),
    (("Lukas", "Proefski"), ("Lucas", "Proefski"), True),
    (("Thijs", "Fictief"), ("Tijs", "Fictief"), True),
    (("Matthijs", "Fictief"), ("Mathijs", "Fictief"), True),
    (("Wesley", "Demo"), ("Wesly", "Demo"), True),
    (("Jayden", "Demo"), ("Jaydon", "Demo"), True),
    (("Kim", "Fictief-Demo"), ("Kim", "Fictief"), True),
    (("Kim", "Fictief-Demo"), ("Kim", "Demo"), True),
    (("Kim", "van der Schets"), ("Kim", "Schets"), True),
    (("Anne-Sophie", "Model"), ("Anne Sophie", "Model"), True),
    (("Jan Willem", "Model"), ("Jan", "Model"), True),
    (("Sjoerd", "Modelmans"), ("Sjoerd", "Modelmann"), True),
    (("Bo", "Voorbeeldt"), ("Bo", "Voorbeeld"), True),
    (("Noor", "IJsproef"), ("Noor", "Ysproef"), True),
    (("Testjongere", "Voorbeeld"), ("Iemand", "Anders"), False),
    (("Sem", "Fictief"), ("Daan", "Fictief"), False),
    (("Sem", "Fictief"), ("Sem", "Proef"), False),
    (("Kim", "Demo"), ("Jim", "Schets"), False),
    (("Fatima", "Schets"), ("Youssef", "Schets"), False),
    (("Lot", "Model"), ("Bo", "Proef"), False),
    (("Noor", "Voorbeeld"), ("Noor", "Fictief"), False),
    (("Thijs", "Demo"), ("Kim", "Demo"), False),
    (("Anne", "Proef"), ("Jan", "Proef"), False),
]


@pytest.mark.parametrize(("known", "asked", "shown"), PAIRS)
def test_names_beside_each_other(known, asked, shown):
    youth = Youth(first_name=known[0], last_name=known[1])
    assert bool(rank(Identity(first_name=asked[0], last_name=asked[1]), [youth])) == shown


def test_every_pair_is_also_found_in_the_database(regisseur):
    """The database may find too many, never too few: what is alike must come out of it."""
    with acting_as(regisseur):
        ids = {known: make.youth(by=regisseur, first_name=known[0], last_name=known[1], town=None, birth_on=None).pk
               for known in {pair[0] for pair in PAIRS}}  # fmt: skip
        for known, asked, shown in PAIRS:
            matches = youths.find(asked=Identity(first_name=asked[0], last_name=asked[1]), by=regisseur)
            assert (ids[known] in {match.youth.pk for match in matches}) == shown, (known, asked)


@pytest.mark.parametrize(
    ("birth_on", "reason", "is_strong"),
    [
        (BORN, "Zelfde geboortedatum", True),
        (date(2011, 4, 3), "Geboortedatum: dag en maand verwisseld", True),
        (date(2010, 3, 4), "Geboortedatum bijna gelijk", False),
        (OTHER, None, False),
        (None, None, False),
    ],
)
def test_the_birth_date_beside_the_same_name(birth_on, reason, is_strong):
    youth = Youth(first_name="Sem", last_name="Fictief", birth_on=BORN)
    match = compare(Identity(first_name="Sem", last_name="Fictief", birth_on=birth_on), youth)
    assert match.reasons == (("Zelfde naam", reason) if reason else ("Zelfde naam",))
    assert match.is_strong == is_strong


def test_same_day_and_school_is_shown_below_the_same_name():
    namesake = Youth(pk=1, first_name="Sem", last_name="Fictief", birth_on=OTHER)
    classmate = Youth(pk=2, first_name="Lot", last_name="Model", birth_on=BORN, school="Vmbo de Test")
    twin = Youth(pk=3, first_name="Sim", last_name="Fictief", birth_on=BORN, school="VMBO De Test")
    asked = Identity(first_name="Sem", last_name="Fictief", birth_on=BORN, school="Vmbo De Test")
    found = rank(asked, [namesake, classmate, twin])
    assert [match.youth for match in found] == [twin, namesake, classmate]
    assert found[2].reasons == ("Zelfde geboortedatum", "Zelfde school")


def test_near_births_are_real_days():
    assert near_births(date(2012, 2, 29)) == [date(2012, 2, 29)]
    assert near_births(BORN) == [date(2010, 3, 4), BORN, date(2011, 4, 3), date(2012, 3, 4)]
    assert near_births(None) == []


# --- who may look, and who is shown -------------------------------------------------------------
@pytest.mark.parametrize("who", ["mentor", "agent", "lja_heerlen", "pga", "manager", "fg", "beheerder"])
def test_only_triage_searches(request, who):
    user = request.getfixturevalue(who)
    with acting_as(user), pytest.raises(NotAllowed):
        youths.find(asked=Identity(last_name="Fictief"), by=user)


def test_the_function_itself_shows_only_what_the_keys_open(regisseur, mentor, agent, tweede_regisseur):
    with acting_as(regisseur):
        case = make.case(by=regisseur, first_name="Sem", last_name="Fictief")
        access.exclude(
            compartment=case.compartment, user=tweede_regisseur, reason="Kent de jongere", by=regisseur
        )
    found = {}
    for user in (regisseur, mentor, agent, tweede_regisseur):
        with acting_as(user), connection.cursor() as cursor:
            cursor.execute(
                "SELECT youth FROM cases_find_youths('', ARRAY['2011-03-04'::date], ARRAY['fktf|sm'])"
            )
            found[user.username] = [row[0] for row in cursor.fetchall()]
    assert found == {"regisseur": [case.youth_id], "mentor": [], "agent": [], "tweede_regisseur": []}


def test_without_a_scope_it_finds_nothing_but_an_error(db):
    with pytest.raises(DatabaseError, match="no access scope"):
        connection.cursor().execute("SELECT * FROM cases_find_youths('sem', '{}', '{}')")
    with pytest.raises(ScopeMissing):
        Youth.objects.count()


def test_a_search_writes_down_whom_it_showed_and_no_name(regisseur):
    with acting_as(regisseur):
        youth = make.youth(by=regisseur, first_name="Sem", last_name="Fictief")
        make.youth(by=regisseur, first_name="Lot", last_name="Model", birth_on=OTHER)
        youths.find(asked=Identity(first_name="Sem", last_name="Fictief", birth_on=BORN), by=regisseur)
    shown = logged("youth.searched")
    assert [event.youth_ids for event in shown] == [[youth.pk]]
    assert "Fictief" not in str(shown[0].details)


@pytest.mark.parametrize("text", ["", "%", "'; DROP TABLE x; --", "x" * 300, "\\", "(((", "🙂"])
def test_strange_texts_are_only_texts(regisseur, text):
    with acting_as(regisseur):
        assert youths.find(asked=Identity(first_name=text, last_name=text), by=regisseur) == []


def test_searching_costs_as_many_queries_with_many_matches(regisseur):
    def queries():
        with acting_as(regisseur), CaptureQueriesContext(connection) as seen:
            youths.find(asked=Identity(first_name="Sem", last_name="Fictief"), by=regisseur)
        return len(seen)

    with acting_as(regisseur):
        make.youth(by=regisseur, first_name="Sem", last_name="Fictief")
    few = queries()
    with acting_as(regisseur):
        for _ in range(5):
            make.youth(by=regisseur, first_name="Sem", last_name="Fictief")
    assert queries() == few


def test_adding_is_for_regie(mentor):
    with acting_as(mentor), pytest.raises(NotAllowed):
        make.youth(by=mentor)
