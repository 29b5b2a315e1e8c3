"""docs/access-matrix.yaml, held against what Python and PostgreSQL answer: thousands of cases, allowed and refused."""

from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
import yaml
from django.contrib.auth.models import Permission as GuardianPermission
from django.utils import timezone

from access.models import Compartment, CompartmentKind, Exclusion, Grant, Ground, Participation
from access.permissions import check_may_be_given, led_rooms
from access.rules import check_cleared
from accounts.models import Clearance, Municipality, Partner, RoleAssignment, User
from accounts.roles import DataClass, Level
from foundation.errors import NotPossible, allows
from foundation.scope import acting_as
from tests.conftest import own_database

MATRIX = yaml.safe_load((Path(__file__).parent.parent / "docs" / "access-matrix.yaml").read_text())
LEVELS = {name: Level[name] for name in MATRIX["niveaus"]}
CLASSES = {name: DataClass[name.upper()] for name in MATRIX["klassen"]}
PERSONS = list(product(MATRIX["personen"], MATRIX["bevoegdheden"]))
ROOMS = list(product(MATRIX["niveaus"], MATRIX["klassen"], MATRIX["relaties"]))
ACTS = ["lezen", "leiden", "krijgen"]
CASES = [(*person, *room, act) for person in PERSONS for room in ROOMS for act in ACTS]


def expected(who, cleared, level, data_class, relation, act):
    """What the page says."""
    is_cleared = data_class in ("basis", cleared)
    if act == "krijgen":
        return who in MATRIX["op_naam"] and is_cleared
    for rule in MATRIX["regels"]:
        fits = (
            who in rule.get("wie", [who])
            and level in rule.get("niveau", [level])
            and relation in rule.get("relatie", [relation])
            and (rule.get("klasse") != "bevoegd" or is_cleared)
        )
        if fits:
            return act in rule["mag"]
    return False


# --- the world of the matrix ----------------------------------------------------------------------
def person_of(number, who, cleared, by):
    """Somebody with this role and clearance, at an organisation of their own."""
    about = MATRIX["personen"][who]
    partner = Partner.objects.create(name=f"Matrix {number}", short_name=f"M{number}", kind="other")
    user = User.objects.create(username=f"matrix-{number}", partner=partner, password="!")
    place = Municipality.objects.filter(name=about.get("gemeente", "")).first()
    level = LEVELS.get(about.get("niveau"))
    RoleAssignment.objects.create(user=user, role=about["rol"], level=level, municipality=place)
    if cleared != "geen":
        until = timezone.now() + timedelta(days=1)
        Clearance.objects.create(
            user=user, data_class=CLASSES[cleared], reason="Matrix", until=until, given_by=by
        )
    return User.objects.get(pk=user.pk)


def may_be_given(user, data_class):
    is_cleared = user.is_cleared(CLASSES[data_class])
    return allows(check_may_be_given, user) and allows(check_cleared, is_cleared, CLASSES[data_class])


def rooms_for(user, by, permission):
    """One room for each level, class and relation. Made past row security; the readers derive themselves."""
    heerlen, bulk = Municipality.objects.get(name="Heerlen"), "bulk"
    made = Compartment.objects.using(bulk).bulk_create(
        Compartment(
            kind=CompartmentKind.CASE, level=LEVELS[level], municipality_id=heerlen.pk, data_class=CLASSES[c]
        )
        for level, c, _ in ROOMS
    )
    rooms = dict(zip(ROOMS, made, strict=True))
    common = {"reason": "Matrix", "ground": Ground.CASE_NEED}
    until = timezone.now() + timedelta(days=1)
    Participation.objects.using(bulk).bulk_create(
        Participation(compartment_id=room.pk, partner_id=user.partner_id, added_by_id=by.pk, **common)
        for (_, _, relation), room in rooms.items()
        if relation in ("deelname", "uitgesloten")
    )
    Grant.objects.using(bulk).bulk_create(
        Grant(
            content_object_id=room.pk,
            user_id=user.pk,
            permission_id=permission.pk,
            until=until,
            granted_by_id=by.pk,
            **common,
        )
        for (_, data_class, relation), room in rooms.items()
        if relation == "op naam" and may_be_given(user, data_class)
    )
    Exclusion.objects.using(bulk).bulk_create(
        Exclusion(compartment_id=room.pk, user_id=user.pk, reason="Matrix", added_by_id=by.pk)
        for (_, _, relation), room in rooms.items()
        if relation == "uitgesloten"
    )
    return {key: room.pk for key, room in rooms.items()}


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker):
    """For each person and room what Python opens, what PostgreSQL opens, what they lead, what they can be given."""
    found = {}
    with own_database(django_db_blocker, kind="matrix"):
        by = User.objects.get(username="beheerder")
        permission = GuardianPermission.objects.get(codename="view_compartment")
        for number, (who, cleared) in enumerate(PERSONS):
            user = person_of(number, who, cleared, by)
            rooms = rooms_for(user, by, permission)
            with acting_as(user):
                seen = set(Compartment.objects.visible_to(user).values_list("pk", flat=True))
                open_rows = set(Compartment.objects.values_list("pk", flat=True))
                led = led_rooms(user, list(rooms.values()))
            for room, pk in rooms.items():
                reads = {pk in seen, pk in open_rows}
                found[who, cleared, *room, "lezen"] = reads
                found[who, cleared, *room, "leiden"] = {pk in led}
                found[who, cleared, *room, "krijgen"] = {may_be_given(user, room[1])}
        yield found


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("who", "cleared"), PERSONS)
def test_the_matrix_holds(who, cleared, level, act, answers):
    """All classes and relations at this level; each answer of Python and of PostgreSQL is the page's."""
    cases = [case for case in CASES if case[:3] == (who, cleared, level) and case[-1] == act]
    assert len(cases) == len(CLASSES) * len(MATRIX["relaties"])
    assert {case: answers[case] for case in cases} == {case: {expected(*case)} for case in cases}


def test_the_matrix_is_large_and_says_yes_and_no():
    said = [expected(*case) for case in CASES]
    assert len(CASES) >= 1000
    assert said.count(True) > 300 and said.count(False) > 300


def test_who_can_be_given_nothing_hears_why(db, beheerder):
    with pytest.raises(NotPossible, match="geen rol"):
        check_may_be_given(beheerder)
