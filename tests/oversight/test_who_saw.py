"""Who saw this youth: found by exact name only, complete on screen, without names on paper."""

import io
from datetime import date, timedelta

import pikepdf
import pypdf
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit.log import Origin, origin, record
from audit.seals import newest
from cases.events import CaseEvent
from cases.models import Case
from foundation.scope import acting_as
from ijap.middleware import RequestEvent
from oversight.models import Paper
from oversight.operations import papers as operations
from oversight.tasks import clear_papers
from oversight.who_saw import read
from tests.factories import cases as factory
from tests.factories.audit import logged
from tests.factories.oversight import make_papers
from tests.factories.seals import seal

FIND = "/toezicht/jongere/"


@pytest.fixture
def me(client, fg):
    client.force_login(fg)
    return client


@pytest.fixture
def case(regisseur, partners, committed_db):
    with acting_as(regisseur):
        return factory.case(
            by=regisseur, partners=[partners["politie"], partners["jens"]],
            first_name="Sem", prefix="van", last_name="Fictief", birth_on=date(2011, 3, 4),
        )  # fmt: skip


# --- finding --------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["Fictief", "fictief", " van Fictief "])
def test_an_exact_name_and_birth_date_lead_to_the_number(me, case, name):
    answer = me.post(FIND, {"last_name": name, "birth_on": "2011-03-04", "first_name": ""})
    assert answer.status_code == 303
    assert answer["Location"] == f"/toezicht/jongere/{case.youth_id}/"
    event = logged("subject.searched")[0]
    assert event.youth_ids == [case.youth_id]
    assert "ictief" not in str(event.details)


@pytest.mark.parametrize(
    ("name", "born", "first"),
    [
        ("Ficti", "2011-03-04", ""),
        ("Fictief", "2011-03-05", ""),
        ("%", "2011-03-04", ""),
        ("Fictief", "2011-03-04", "Bo"),
    ],
)
def test_almost_is_not_found_and_what_was_typed_stays(me, case, name, born, first):
    answer = me.post(FIND, {"last_name": name, "birth_on": born, "first_name": first})
    page = answer.content.decode()
    assert answer.status_code == 200 and "Niet gevonden" in page
    assert f'value="{born}"' in page
    assert logged("subject.searched")[0].youth_ids == []


def test_twins_are_told_apart_by_the_first_name(me, case, regisseur):
    with acting_as(regisseur):
        twin = factory.youth(by=regisseur, first_name="Noor", last_name="Fictief", birth_on=date(2011, 3, 4))
    both = me.post(FIND, {"last_name": "Fictief", "birth_on": "2011-03-04", "first_name": ""})
    assert both.context["found"] == [case.youth_id, twin.pk]
    one = me.post(FIND, {"last_name": "Fictief", "birth_on": "2011-03-04", "first_name": "noor"})
    assert one["Location"].endswith(f"/{twin.pk}/")


@pytest.mark.parametrize("who", ["regisseur", "agent", "privacycontact", "beheerder"])
@pytest.mark.parametrize(
    "question",
    [
        "oversight_find_youth('Fictief', '2011-03-04', '')",
        "oversight_grounds(1)",
        "oversight_same_names(now(), now())",
        "oversight_without_reason(now(), now(), 1, '{}')",
        "oversight_after_end(now(), now())",
        "oversight_open_grants()",
    ],
)
def test_the_database_answers_the_privacy_officer_only(db, request, who, question):
    user = request.getfixturevalue(who)
    with (
        acting_as(user),
        pytest.raises(DatabaseError, match="only the privacy officer"),
        transaction.atomic(),
    ):
        connection.cursor().execute(f"SELECT * FROM {question}")


def test_without_a_scope_the_database_answers_nobody(db):
    with pytest.raises(DatabaseError, match="only the privacy officer"):
        connection.cursor().execute("SELECT * FROM oversight_open_grants()")


def test_the_privacy_officer_still_reads_no_case(case, fg):
    with acting_as(fg):
        assert not Case.objects.exists()


# --- the answer -----------------------------------------------------------------------------------
def look(user, case, kind=CaseEvent.CASE_VIEWED, times=1, **more):
    with acting_as(user):
        for _ in range(times):
            record(kind, by=user, about=case, **more)


@pytest.fixture
def a_day(case, agent, jongerenwerker, regisseur, mentor):
    """What happened with one youth on one day, by four people."""
    look(regisseur, case)
    look(agent, case, times=3)
    look(agent, [case, case], kind=CaseEvent.CASES_LISTED)
    look(jongerenwerker, case, ground="safety")
    token = origin.set(Origin(break_glass={case.pk: 5}))
    look(agent, case)
    origin.reset(token)
    with acting_as(mentor):
        from audit.models import Outcome

        record(RequestEvent.REFUSED, by=mentor, about=case, outcome=Outcome.REFUSED)
    return case


def test_equal_events_of_a_day_are_one_line_and_none_is_missing(a_day, fg):
    with acting_as(fg):
        saw = read(a_day.youth_id, with_people=True)
    lines = {(x.person, x.what, x.is_emergency): x for x in saw.lines}
    assert sum(x.times for x in saw.lines) == saw.events >= 8
    assert lines["Agent Test", "Dossier bekeken", False].times == 3
    assert lines["Agent Test", "Dossier bekeken", True].times == 1
    assert (
        lines["Agent Test", "Lijst van dossiers bekeken", False].ground == "Deelnemer volgens het convenant"
    )
    assert lines["Jongerenwerker Test", "Dossier bekeken", False].ground == "Directe veiligheid"
    assert lines["Regisseur Test", "Dossier bekeken", False].ground == "Leiding van de aanpak"
    assert lines["Mentor Test", "Aanvraag geweigerd", False].outcome == "geweigerd"
    assert lines["Agent Test", "Dossier bekeken", False].classes == "basis"


def test_the_page_tells_who_and_is_itself_in_the_log(me, a_day):
    page = me.get(f"/toezicht/jongere/{a_day.youth_id}/")
    text = page.content.decode()
    for words in ("Agent Test", "Politie Basisteam Heerlen", "noodtoegang", "Directe veiligheid", "3 keer"):
        assert words in text
    assert "Fictief" not in text.replace("Fictieve", "")
    assert logged("subject.viewed")[0].youth_ids == [a_day.youth_id]
    again = me.get(f"/toezicht/jongere/{a_day.youth_id}/")
    assert "Bekeken wie een jongere zag" in again.content.decode()


def test_many_lines_come_in_pages(me, case, agent):
    from tests.factories.oversight import row, write_rows

    start = timezone.now() - timedelta(days=250)
    write_rows(
        row(start + timedelta(days=n), "case.viewed", agent, case=case.pk, youths=[case.youth_id])
        for n in range(230)
    )
    first = me.get(f"/toezicht/jongere/{case.youth_id}/")
    assert len(first.context["lines"]) == 100
    last = me.get(f"/toezicht/jongere/{case.youth_id}/?regel=999999999")
    assert 0 < len(last.context["lines"]) <= 100 and not last.context["page"].older_url


# --- on paper -------------------------------------------------------------------------------------
def paper_of(me, case, fg, **asked):
    assert me.post(f"/toezicht/jongere/{case.youth_id}/stuk/", asked).status_code == 303
    make_papers()
    with acting_as(fg):
        return Paper.objects.latest("pk")


def text_of(content):
    pages = pypdf.PdfReader(io.BytesIO(bytes(content))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_the_paper_names_organisations_but_no_employee_and_carries_the_seal(me, a_day, fg):
    seal()
    sealed = newest()
    paper = paper_of(me, a_day, fg)
    text = text_of(paper.content)
    for words in (
        "Politie Basisteam Heerlen",
        "Deelnemer",
        "Dossier bekeken",
        "noodtoegang",
        "Deel: basis",
        sealed.short,
    ):
        assert words in text, words
    for name in ("Agent", "Jongerenwerker Test", "Mentor Test", "Fictief,", "van Fictief"):
        assert name not in text.replace("Jeugdagent", ""), name
    with pikepdf.open(io.BytesIO(bytes(paper.content))) as pdf:
        assert pdf.Root.MarkInfo.Marked and pdf.Root.Lang
    assert paper.seal == sealed.short
    assert [e.details["seal"] for e in logged("paper.made")] == [sealed.short]
    answer = me.get(f"/toezicht/stukken/{paper.uuid}/")
    assert answer.content == bytes(paper.content)
    assert logged("paper.downloaded")[0].youth_ids == [a_day.youth_id]


def test_what_is_withheld_is_counted_with_its_ground(me, a_day, fg, partners):
    address = f"/toezicht/jongere/{a_day.youth_id}/stuk/"
    police = partners["politie"].pk
    refused = me.post(address, {"withheld": [police]})
    assert refused.status_code == 400 and "Kies op welke grond" in refused.content.decode()
    paper = paper_of(me, a_day, fg, withheld=[police], ground="wpg_27")
    text = text_of(paper.content)
    assert "Politie" not in text.replace("politiegegevens", "")
    assert "5 gebeurtenissen staan hier niet, op grond van: Artikel 27 Wet politiegegevens" in text
    assert logged("paper.asked")[0].details["withheld"] == [police]


def test_a_paper_is_kept_for_a_term_and_then_emptied(me, a_day, fg):
    paper = paper_of(me, a_day, fg)
    with acting_as(fg):
        Paper.objects.filter(pk=paper.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    assert me.get(f"/toezicht/stukken/{paper.uuid}/").status_code == 404
    clear_papers()
    with acting_as(fg):
        paper.refresh_from_db()
    assert bytes(paper.content) == b"" and len(paper.sha256) == 64
    assert len(logged("paper.cleared")) == 1
    clear_papers()
    assert len(logged("paper.cleared")) == 1, "once"


def test_papers_are_shown_by_the_database_to_the_privacy_officer_only(me, a_day, fg, regisseur, beheerder):
    paper_of(me, a_day, fg)
    for user in (regisseur, beheerder):
        with acting_as(user):
            assert not Paper.objects.exists()


def test_a_job_of_somebody_who_is_no_longer_privacy_officer_makes_nothing(me, a_day, fg, beheerder):
    from accounts.models import RoleAssignment
    from jobs.models import Job, State
    from jobs.operations import run

    with acting_as(fg):
        operations.ask_subject(youth_id=a_day.youth_id, withheld=[], ground=None, by=fg)
    RoleAssignment.objects.filter(user=fg).update(ended_at=timezone.now(), ended_by=beheerder)
    job = Job.objects.latest("pk")
    assert not run(job.pk)
    job.refresh_from_db()
    assert job.state == State.FAILED


def test_a_number_that_cannot_be_is_not_there(me, fg):
    assert me.get("/toezicht/jongere/99999999999999999999999/").status_code == 404
    assert me.get("/toezicht/jongere/?nummer=99999999999999999999999").status_code == 303
    page = me.get("/toezicht/jongere/123456/")
    assert page.status_code == 200 and "Geen gebeurtenissen" in page.content.decode()
