"""The BSN: off without a ground; then sealed, read by nobody, and only there to see that two youths are one."""

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import reverse

from cases.models import CitizenNumber
from cases.operations import citizen_numbers
from cases.rules.citizen_numbers import check_is_test_number, plain
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from foundation.secrets import fingerprints
from tests.factories import cases as make
from tests.factories.audit import logged

ONE, OTHER = "999990019", "999991772"  # of the test range: nobody's
GROUND = "Wet gemeentelijke taak, artikel 10"


@pytest.fixture
def ground(settings):
    settings.BSN_GROUND = GROUND


@pytest.fixture
def two(regisseur, partners):
    with acting_as(regisseur):
        table = [partners["jens"]]
        return [
            make.case(by=regisseur, partners=table, first_name=name, last_name=last)
            for name, last in (("Sem", "Fictief"), ("Pim", "Verzonnen"))
        ]


def note(case, number=ONE, *, by):
    return citizen_numbers.note(case=case, number=number, by=by)


def as_(user):
    client = Client()
    client.force_login(user)
    return client


# --- off --------------------------------------------------------------------------------------------
def test_without_a_ground_there_is_none(regisseur, two):
    page, find = (reverse(f"cases:{name}", args=[two[0].uuid]) for name in ("number_note", "merge_find"))
    assert as_(regisseur).get(page).status_code == 404
    assert as_(regisseur).post(page, {"number": ONE}).status_code == 404
    assert "BSN" not in as_(regisseur).get(find).content.decode()
    with acting_as(regisseur), pytest.raises(NotPossible, match="grond"):
        note(two[0], by=regisseur)


# --- which number is one ------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", [ONE, "9999.90.019", " 999990019 "])
def test_digits_that_pass_the_elfproef(typed):
    assert plain(typed) == ONE


@pytest.mark.parametrize("typed", ["", "123456789", "99999001", "9999900190", "abcdefghi", "000000000"])
def test_other_digits_are_refused(typed):
    with pytest.raises(NotPossible, match="geen BSN"):
        plain(typed)


def test_in_a_demo_only_numbers_of_nobody():
    check_is_test_number(ONE, is_demo=True)
    check_is_test_number("111222333", is_demo=False)
    with pytest.raises(NotPossible, match="test-BSN"):
        check_is_test_number("111222333", is_demo=True)


# --- who ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["tweede_regisseur", "lja_heerlen", "jongerenwerker", "mentor", "beheerder"])
def test_only_cleared_regie_of_the_case_notes_it(who, request, ground, two):
    user = request.getfixturevalue(who)
    with acting_as(user), pytest.raises((NotAllowed, NotPossible)):
        note(two[0], by=user)


def test_who_is_not_cleared_does_not_know_that_it_is_there(
    ground, two, regisseur, tweede_regisseur, jongerenwerker
):
    with acting_as(regisseur):
        note(two[0], by=regisseur)
    for person, count in ((regisseur, 1), (tweede_regisseur, 0), (jongerenwerker, 0)):
        with acting_as(person):
            assert CitizenNumber.objects.all().count() == count, person  # the database itself


# --- what it is for -------------------------------------------------------------------------------------
def test_twice_is_once_and_another_number_ends_the_first(ground, two, regisseur):
    with acting_as(regisseur):
        first = note(two[0], by=regisseur)
        assert note(two[0], by=regisseur) == first
        second = note(two[0], OTHER, by=regisseur)
        assert CitizenNumber.objects.visible_to(regisseur).get(ended_at=None) == second
        assert second.ground == GROUND


def test_the_same_number_is_said_on_the_page_of_merging(ground, two, regisseur, tweede_regisseur):
    sem, pim = two
    find = reverse("cases:merge_find", args=[sem.uuid])
    with acting_as(regisseur):
        note(sem, by=regisseur)
        note(pim, OTHER, by=regisseur)
    assert "dezelfde persoon" not in as_(regisseur).get(find).content.decode()
    answer = as_(regisseur).post(reverse("cases:number_note", args=[pim.uuid]), {"number": ONE})
    assert answer.status_code == 303
    page = as_(regisseur).get(find).content.decode()
    assert "Pim Verzonnen" in page and "dezelfde persoon" in page
    assert reverse("cases:merge_confirm", args=[sem.uuid, pim.youth.uuid]) in page
    assert "dezelfde persoon" not in as_(tweede_regisseur).get(find).content.decode()


def test_who_is_kept_out_of_the_other_is_not_told(ground, two, regisseur, beheerder):
    from access import operations as access

    with acting_as(regisseur):
        for case in two:
            note(case, by=regisseur)
        access.exclude(compartment=two[1].compartment, user=regisseur, reason="Familie", by=regisseur)
        assert citizen_numbers.same_person(youth=two[0].youth, by=regisseur) == []


def test_a_wrong_number_is_refused_on_the_page(ground, two, regisseur):
    page = reverse("cases:number_note", args=[two[0].uuid])
    answer = as_(regisseur).post(page, {"number": "123456789"})
    assert answer.status_code == 409 and "geen BSN" in answer.content.decode()


# --- and that it stands nowhere -----------------------------------------------------------------------------
def test_the_number_stands_nowhere(ground, two, regisseur):
    page = reverse("cases:number_note", args=[two[0].uuid])
    client = as_(regisseur)
    answer = client.post(page, {"number": ONE})
    assert answer.status_code == 303 and ONE not in answer["Location"]
    for address in (answer["Location"], page):
        assert ONE not in client.get(address).content.decode()
    with acting_as(regisseur):
        noted = CitizenNumber.objects.get()
    assert ONE.encode() not in bytes(noted.sealed)
    [row] = logged("citizen_number.noted")
    assert ONE not in str(row.details)


def test_a_print_tells_the_same_from_another_and_not_which():
    [mine] = fingerprints(ONE, use="citizen-number")
    assert [mine] == fingerprints(ONE, use="citizen-number")
    assert [mine] != fingerprints(OTHER, use="citizen-number")
    assert [mine] != fingerprints(ONE, use="something-else")


def test_a_new_key_gives_a_new_print_and_the_old_one_is_still_found(settings, committed_db, regisseur):
    settings.BSN_GROUND = GROUND
    with acting_as(regisseur):
        case = make.case(by=regisseur)
        noted = note(case, by=regisseur)
    [old] = settings.FIELD_ENCRYPTION_KEYS
    settings.FIELD_ENCRYPTION_KEYS = ["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", old]
    with acting_as(regisseur):
        assert note(case, by=regisseur).pk == noted.pk  # found by the print of the older key
        other = make.case(by=regisseur)
        note(other, by=regisseur)  # printed with the new one
        assert citizen_numbers.same_person(youth=case.youth, by=regisseur) == [other.youth]
        assert citizen_numbers.same_person(youth=other.youth, by=regisseur) == [case.youth]
    call_command("rotate_keys")
    connections["owner"].close()
    settings.FIELD_ENCRYPTION_KEYS = settings.FIELD_ENCRYPTION_KEYS[:1]
    with acting_as(regisseur):
        assert note(case, by=regisseur).pk == noted.pk
