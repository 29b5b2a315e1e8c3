"""A list that leaves the house: with a reason, after proving once more who one is, and only what one reads by role."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from access import operations as access
from access.models import Ground
from accounts.models import User
from audit.words import KINDS
from cases.models import CaseExport
from cases.operations import access_requests
from cases.operations import finding as operations
from cases.rules import finding as rules
from foundation.errors import NotAllowed
from foundation.scope import acting_as
from oversight.models import FlagKind
from oversight.questions import QUESTIONS, Day
from oversight.who_saw import read
from tests.factories import cases as make
from tests.factories.audit import logged

URL = "/dossiers/exporteren/"
WHY = {"purpose": "meeting", "reason": "Voor het overleg van maandag zonder netwerk"}


@pytest.fixture
def cases(regisseur, partners):
    with acting_as(regisseur):
        table = [partners["politie"], partners["jens"]]
        return [
            make.case(by=regisseur, partners=table, first_name=first, last_name=last, town=town)
            for first, last, town in (("Sem", "Fictief", "Heerlen"), ("=1+1", "Proef", "Kerkrade"))
        ]


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def asks(client, query="", **changes):
    return client.post(f"{URL}{query}", WHY | {"key": str(uuid4())} | changes)


def rows_of(answer):
    assert answer.status_code == 200 and answer["Content-Type"] == "text/csv; charset=utf-8", (
        answer.status_code
    )
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def made(person):
    with acting_as(person):
        return list(CaseExport.objects.order_by("pk"))


# --- the file -------------------------------------------------------------------------------------
def test_the_file_holds_what_the_list_shows(cases, regisseur):
    heading, *rows = rows_of(asks(as_(regisseur)))
    assert heading[0] == "Jongere"
    assert [row[0] for row in rows] == ["'=1+1 Proef", "Sem Fictief"]
    assert rows[1][1:3] == ["JPP", "Heerlen"] and rows[1][-1] == "open"


def test_the_same_filters_as_the_list(cases, regisseur):
    _, *rows = rows_of(asks(as_(regisseur), "?gemeente=GM0917"))
    assert [row[0] for row in rows] == ["Sem Fictief"]
    assert made(regisseur)[0].filters == {"gemeente": "GM0917"}


def test_the_name_of_the_file_holds_no_person_and_nobody_keeps_it(cases, regisseur):
    answer = asks(as_(regisseur))
    assert answer["Content-Disposition"] == f'attachment; filename="dossiers-{timezone.localdate()}.csv"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_page_says_what_goes_in(cases, regisseur):
    page = as_(regisseur).get(f"{URL}?gemeente=GM0917")
    assert page.context["count"] == "1"
    assert "Heerlen" in page.text and "1 dossier," in page.text


# --- who, why, how much ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "who", ["agent", "jongerenwerker", "mentor", "manager", "beheerder", "fg", "privacycontact"]
)
def test_only_a_regisseur_exports(who, cases, request):
    person = request.getfixturevalue(who)
    assert as_(person).get(URL).status_code == 403
    assert asks(as_(person)).status_code == 403
    with acting_as(person), pytest.raises(NotAllowed):
        operations.export(
            filters={}, wanted={}, purpose="meeting", reason=WHY["reason"], key=uuid4(), by=person
        )
    assert logged("case_export.made") == []


def test_a_regisseur_exports_what_they_see_and_no_more(cases, lja_heerlen, lja_kerkrade, regisseur):
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=cases[0])
    with acting_as(lja_heerlen):
        make.at_lja(change=change, by=lja_heerlen)
    assert [row[0] for row in rows_of(asks(as_(lja_heerlen)))[1:]] == ["Sem Fictief"]
    answer = asks(as_(lja_kerkrade))
    assert answer.status_code == 409 and "Sem" not in answer.text


@pytest.mark.parametrize(
    "changes", [{"reason": ""}, {"purpose": ""}, {"purpose": "fun"}, {"reason": "x" * 301}, {"key": "x"}]
)
def test_without_a_reason_there_is_no_file_and_the_text_stays(changes, cases, regisseur):
    answer = asks(as_(regisseur), **changes)
    assert answer.status_code == 400
    assert (WHY | changes)["reason"] in answer.text
    assert made(regisseur) == [] and logged("case_export.made") == []


@pytest.mark.parametrize("reason", ["Voor maandag", "  Voor     maandag        "])
def test_a_few_words_are_no_reason(reason, cases, regisseur):
    answer = asks(as_(regisseur), reason=reason)
    assert answer.status_code == 409 and "minstens 20 tekens" in answer.text
    assert made(regisseur) == []


def test_first_one_proves_once_more_who_one_is(cases, regisseur):
    """Whatever class is in it: a file with names of children is weighty by itself."""
    client = as_(regisseur)
    client.get("/account/")
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        answer = asks(client)
    assert answer.status_code == 303 and answer["Location"].startswith("/account/bevestigen/")
    assert made(regisseur) == []


def test_too_many_are_refused_and_not_cut_off(cases, regisseur, monkeypatch):
    for room in (operations, rules):
        monkeypatch.setattr(room, "MOST_EXPORTED", 1)
    assert asks(as_(regisseur)).status_code == 409
    assert len(rows_of(asks(as_(regisseur), "?gemeente=GM0917"))) == 2


def test_a_few_a_day(cases, regisseur, monkeypatch):
    monkeypatch.setattr(rules, "MOST_EXPORTS", 2)
    client = as_(regisseur)
    assert [asks(client).status_code for _ in range(3)] == [200, 200, 409]
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        assert asks(as_(regisseur)).status_code == 200
    assert len(made(regisseur)) == 3


def test_the_same_key_is_one_export_and_each_file_is_in_the_log(cases, regisseur):
    client, key = as_(regisseur), str(uuid4())
    assert rows_of(asks(client, key=key)) == rows_of(asks(client, key=key))
    assert asks(client, "?gemeente=GM0917", key=key).status_code == 409
    assert len(made(regisseur)) == 1
    assert len(logged("case_export.made")) == 2


# --- what one reads by name only ------------------------------------------------------------------
def test_break_glass_is_never_exported(cases, lja_kerkrade, regisseur):
    """It stands in the list while it is open, and in no file."""
    with acting_as(regisseur):
        youth = cases[0].youth
    with acting_as(lja_kerkrade):
        asked = make.access_request(by=lja_kerkrade, youth=youth, kind="acute")
        access_requests.open_now(request=asked, by=lja_kerkrade)
    client = as_(lja_kerkrade)
    assert "Sem Fictief" in client.get("/dossiers/").text
    answer = asks(client)
    assert answer.status_code == 409 and "Sem Fictief" not in answer.text
    assert client.get(URL).context["count"] == "0"


def test_access_by_name_is_never_exported(cases, lja_kerkrade, regisseur):
    with acting_as(regisseur):
        until = timezone.now() + timedelta(days=30)
        access.grant(
            compartment=cases[0].room, user=lja_kerkrade, until=until, ground=Ground.SAFETY,
            reason="Leest mee", by=regisseur,
        )  # fmt: skip
    assert "Sem Fictief" in as_(lja_kerkrade).get("/dossiers/").text
    assert asks(as_(lja_kerkrade)).status_code == 409


def test_what_one_also_reads_by_role_is_exported(cases, regisseur):
    with acting_as(regisseur):
        youth = cases[0].youth
        asked = make.access_request(by=regisseur, youth=youth, kind="acute")
        access_requests.open_now(request=asked, by=regisseur)
    assert len(rows_of(asks(as_(regisseur)))) == 3


# --- what is kept of it ---------------------------------------------------------------------------
def test_every_case_in_it_is_in_the_log(cases, regisseur, fg):
    rows_of(asks(as_(regisseur), "?niveau=1"))
    [row] = logged("case_export.made")
    assert row.youth_ids == sorted(case.youth_id for case in cases)
    assert sorted(row.details["cases"]) == sorted(case.pk for case in cases)
    assert (row.details["shown"], row.details["filters"], row.details["reason"]) == (2, ["niveau"], "meeting")
    assert row.subject_id == made(regisseur)[0].pk
    assert WHY["reason"] not in str(vars(row)) and "Sem" not in str(vars(row))


def test_who_asks_about_a_youth_finds_the_export(regisseur, partners, committed_db):
    with acting_as(regisseur):
        case = make.case(by=regisseur, first_name="Sem")
    rows_of(asks(as_(regisseur)))
    fg = User.objects.get(username="fg")
    with acting_as(fg):
        lines = read(case.youth_id, with_people=True).lines
    assert KINDS["case_export.made"] in {line.what for line in lines}


def test_the_privacy_officer_reads_why_and_others_only_their_own(cases, regisseur, tweede_regisseur, fg):
    rows_of(asks(as_(regisseur), "?gemeente=GM0917"))
    page = as_(fg).get("/exports/").text
    assert WHY["reason"] in page and "gemeente: Heerlen" in page and "Regisseur Test" in page
    assert WHY["reason"] in as_(regisseur).get("/exports/").text
    assert WHY["reason"] not in as_(tweede_regisseur).get("/exports/").text
    assert made(tweede_regisseur) == []


def test_nobody_writes_in_anothers_name_nor_changes_a_row(cases, regisseur, tweede_regisseur):
    rows_of(asks(as_(regisseur)))
    for sql in (
        f"INSERT INTO cases_caseexport (uuid, purpose, reason, filters, count, made_by_id)"
        f" VALUES (gen_random_uuid(), 'other', 'x', '{{}}', 1, {regisseur.pk})",
        "UPDATE cases_caseexport SET reason = ''",
        "DELETE FROM cases_caseexport",
    ):
        with pytest.raises(DatabaseError), acting_as(tweede_regisseur), connection.cursor() as cursor:
            cursor.execute(sql)
    assert [one.reason for one in made(regisseur)] == [WHY["reason"]]


def test_many_exports_count_as_papers(cases, regisseur, fg):
    """Taking out much in a day is a flag, like downloading much."""
    for _ in range(3):
        rows_of(asks(as_(regisseur)))
    with acting_as(fg):
        [finding] = QUESTIONS[FlagKind.PAPERS](Day(timezone.localdate()), {"more_than": 2})
    assert (finding.person_id, finding.facts) == (regisseur.pk, {"papers": 3})
