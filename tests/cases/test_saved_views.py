"""Filters in the address, and views that somebody keeps of them: one's own, checked again each time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import KeptList, SavedView
from cases.operations import finding as operations
from cases.rules.finding import MOST_VIEWS
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories.audit import logged

LIST, KEEP = "/dossiers/", "/dossiers/weergave/"
TODAY = timezone.localdate()


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def names(user, query=""):
    answer = as_(user).get(f"{LIST}{query}")
    assert answer.status_code == 200
    return sorted(case.youth.first_name for case in answer.context["page"].rows)


@pytest.fixture
def cases(regisseur, partners, mentor):
    """Sem: police and JENS, a told signal about drugs, to look at next week. Noor: JENS only, in Kerkrade."""
    with acting_as(mentor):
        sent = make.signal(by=mentor, themes=["drugs"])
    with acting_as(regisseur):
        table = [partners["politie"], partners["jens"]]
        sem = make.case(by=regisseur, partners=table, first_name="Sem", review_on=TODAY + timedelta(days=7))
        noor = make.case(by=regisseur, partners=[partners["jens"]], first_name="Noor", town="Kerkrade")
        make.told(by=regisseur, signal=sent, case=sem)
        return sem, noor


# --- filters --------------------------------------------------------------------------------------
def test_each_filter_narrows_the_list(cases, regisseur, partners):
    soon, later = TODAY + timedelta(days=7), TODAY + timedelta(days=6)
    assert names(regisseur) == ["Noor", "Sem"]
    for query, expected in {
        "?niveau=1": ["Noor", "Sem"],
        "?niveau=2": [],
        f"?organisatie={partners['politie'].uuid}": ["Sem"],
        f"?organisatie={partners['jens'].uuid}": ["Noor", "Sem"],
        "?thema=drugs": ["Sem"],
        "?thema=weapons": [],
        f"?bekijken={soon}": ["Sem"],
        f"?bekijken={later}": [],
        f"?thema=drugs&organisatie={partners['jens'].uuid}": ["Sem"],
    }.items():
        assert names(regisseur, query) == expected, query


@pytest.mark.parametrize(
    "query",
    ["?niveau=x", "?organisatie=x", "?organisatie=1", "?thema=x", "?bekijken=31-31-1", "?stand=x&gemeente=x"],
)
def test_an_answer_that_is_none_narrows_nothing(query, cases, regisseur):
    assert names(regisseur, query) == ["Noor", "Sem"]


def test_a_filter_tells_nothing_of_what_one_does_not_read(
    cases, jongerenwerker, wijkagent, regisseur, partners
):
    """JENS reads the case; that a signal of the police is about weapons, only who is cleared may know."""
    with acting_as(wijkagent):
        sent = make.signal(by=wijkagent, themes=["weapons"])
    with acting_as(regisseur):
        make.told(by=regisseur, signal=sent, case=cases[1], text="Zag een wapen in de kluis", summary="")
    assert names(jongerenwerker) == ["Noor", "Sem"]
    assert names(jongerenwerker, "?thema=weapons") == names(regisseur, "?thema=weapons") == []


def test_a_seat_in_a_room_one_does_not_read_is_no_answer(cases, regisseur, lja_heerlen, partners):
    """The case went to the LJA: the JPP still knows the head, and not who sits at that table."""
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=cases[0])
    with acting_as(lja_heerlen):
        make.at_lja(change=change, by=lja_heerlen, partners=[partners["halt"]])
    assert names(lja_heerlen, f"?organisatie={partners['halt'].uuid}") == ["Sem"]
    assert names(regisseur, f"?organisatie={partners['halt'].uuid}") == []


# --- views ----------------------------------------------------------------------------------------
def test_a_view_is_kept_shown_and_removed(cases, regisseur, partners):
    client = as_(regisseur)
    query = f"?thema=drugs&organisatie={partners['politie'].uuid}"
    answer = client.post(f"{KEEP}{query}", {"name": "  Drugs,   politie "})
    assert answer.status_code == 303
    with acting_as(regisseur):
        view = SavedView.objects.get()
    assert (view.name, view.filters["thema"]) == ("Drugs, politie", "drugs")
    [(_, url)] = client.get(LIST).context["views"]
    assert [case.youth.first_name for case in client.get(url).context["page"].rows] == ["Sem"]
    assert client.post(reverse("cases:saved_view_remove", args=[view.uuid])).status_code == 303
    assert client.get(LIST).context["views"] == []
    assert [e.subject_id for e in (*logged("saved_view.kept"), *logged("saved_view.removed"))] == [
        view.pk
    ] * 2


def test_only_what_fits_is_kept(regisseur):
    answer = as_(regisseur).post(f"{KEEP}?niveau=1&stand=&x=Sem&na=abc", {"name": "Bij de JPP"})
    assert answer.status_code == 303
    with acting_as(regisseur):
        assert SavedView.objects.get().filters == {"niveau": "1"}


def test_what_no_longer_fits_narrows_nothing(cases, regisseur):
    with acting_as(regisseur):
        operations.keep_view(name="Oud", filters={"organisatie": "weg", "niveau": "1"}, by=regisseur)
    [(_, url)] = as_(regisseur).get(LIST).context["views"]
    assert url == "/dossiers/?niveau=1"


@pytest.mark.parametrize(("query", "name"), [("", ""), ("", "x" * 61), ("?niveau=x", "Een <naam>")])
def test_a_view_that_is_refused_keeps_the_text(query, name, cases, regisseur):
    answer = as_(regisseur).post(f"{KEEP}{query}", {"name": name})
    assert answer.status_code == 400
    assert not name or name.replace("<", "&lt;").replace(">", "&gt;") in answer.text
    with acting_as(regisseur):
        assert not SavedView.objects.exists()


def test_a_name_is_used_once_and_the_same_twice_is_one(regisseur):
    client = as_(regisseur)
    for query, status in (("?niveau=1", 303), ("?niveau=1", 303), ("?niveau=2", 409)):
        assert client.post(f"{KEEP}{query}", {"name": "Mijn lijst"}).status_code == status
    with acting_as(regisseur):
        assert SavedView.objects.count() == 1
    assert len(logged("saved_view.kept")) == 1


def test_twenty_are_enough(regisseur):
    with acting_as(regisseur):
        for number in range(MOST_VIEWS):
            operations.keep_view(name=f"Lijst {number}", filters={}, by=regisseur)
        with pytest.raises(NotPossible, match="20 weergaven"):
            operations.keep_view(name="Nog een", filters={}, by=regisseur)
        operations.keep_view(name="Lijst 3", filters={}, by=regisseur)  # is there already


def test_a_view_is_its_makers_only(regisseur, tweede_regisseur):
    with acting_as(regisseur):
        view = operations.keep_view(name="Van mij", filters={}, by=regisseur)
    other = as_(tweede_regisseur)
    assert other.get(LIST).context["views"] == []
    assert other.post(reverse("cases:saved_view_remove", args=[view.uuid])).status_code == 404
    with acting_as(tweede_regisseur):
        operations.remove_view(view=view, by=tweede_regisseur)
        assert not SavedView.objects.exists()  # and the database says the same
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM cases_savedview")
            assert cursor.rowcount == 0
    with acting_as(regisseur):
        assert SavedView.objects.filter(kept_list=KeptList.CASES).count() == 1


@pytest.mark.parametrize("who", ["mentor", "manager", "beheerder", "fg"])
def test_who_has_no_list_keeps_no_view(who, request, db):
    person = request.getfixturevalue(who)
    assert as_(person).post(KEEP, {"name": "Mijn lijst"}).status_code == 403
    with acting_as(person), pytest.raises(NotAllowed):
        operations.keep_view(name="Mijn lijst", filters={}, by=person)


def test_a_closed_case_is_in_the_list_of_closed_ones(cases, regisseur):
    with acting_as(regisseur):
        make.close(by=regisseur, case=cases[1])
    assert names(regisseur) == ["Sem"]
    assert names(regisseur, "?stand=gesloten") == ["Noor"]
    assert names(regisseur, "?stand=alle") == ["Noor", "Sem"]
