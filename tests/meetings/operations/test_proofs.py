"""Minutes that prove themselves: a finished paper stays as it is, and says which came before it."""

import io

import pypdf
import pytest
from django.db import Error, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

import meetings.tasks  # noqa: F401  (the work registers itself)
from foundation.scope import acting_as
from jobs import operations as jobs
from meetings.models import Document
from meetings.proofs import ALPHABET, check_paper, read_code
from tests.factories import meetings as factory


def papers_of(by, partners, **more):
    with acting_as(by):
        meeting = factory.full_meeting(by=by, partners=partners, items=2, **more)
        asked = factory.confirm(meeting=meeting, by=by)
    assert all(jobs.run(job.pk) for job in asked)
    with acting_as(by):
        return {d.partner_id: d for d in Document.objects.visible_to(by).filter(meeting=meeting)}


@pytest.fixture
def paper(regisseur, partners):
    """A stored part; no printer was needed for it."""
    with acting_as(regisseur):
        return factory.stored_paper(by=regisseur, partner=partners["politie"])


@pytest.fixture
def papers(regisseur, partners):
    return papers_of(regisseur, [partners["politie"]])


def text_of(document):
    pages = pypdf.PdfReader(io.BytesIO(bytes(document.content))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


# --- the code and the chain -----------------------------------------------------------------------
def test_every_paper_has_a_code_of_its_own_that_stands_on_it(papers, settings):
    codes = {d.code for d in papers.values()}
    assert len(codes) == len(papers) == 2
    for document in papers.values():
        text = text_of(document)
        assert document.code in text and "Is dit verslag echt?" in text
        assert f"{settings.BASE_URL}/echt/{document.code}/" in text.replace(" ", "")


def test_the_next_minutes_carry_the_print_of_the_last_whole_ones(regisseur, partners, papers):
    later = papers_of(regisseur, [partners["politie"]], days=14)
    whole = papers[None]
    assert {d.previous_sha256 for d in papers.values()} == {""}
    assert {d.previous_sha256 for d in later.values()} == {whole.sha256}
    for document in later.values():
        assert whole.sha256 in text_of(document).replace(" ", "")  # within what its own print is made of


def test_another_series_is_another_chain(regisseur, partners, papers):
    other = papers_of(regisseur, [partners["politie"]], days=14, name="JPP Elders")
    assert {d.previous_sha256 for d in other.values()} == {""}


@given(st.text(alphabet=ALPHABET, min_size=12, max_size=12))
def test_a_code_is_read_however_it_is_typed(plain):
    code = "-".join((plain[:4], plain[4:8], plain[8:]))
    loose = f" {plain[:5].lower()} {plain[5:]}".replace("0", "o").replace("1", "l")
    assert read_code(loose) == read_code(code) == code


@pytest.mark.parametrize(
    "typed", ["", "ABCD-EFGH-JKM", "ABCD-EFGH-JKMN-P", "ABCD-EFGU-JKMN", "ÀBCD-EFGH-JKMN"]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) == ""


def test_a_paper_of_before_there_were_codes_is_not_found(regisseur, paper):
    assert check_paper("7KQM-3XRD-9TPW")
    assert check_paper("") is None


# --- it does not change ---------------------------------------------------------------------------
CHANGES = {
    "content": "content = 'x'",
    "print": "sha256 = repeat('0', 64)",
    "chain": "previous_sha256 = repeat('0', 64)",
    "code": "code = 'AAAA-AAAA-AAAA'",
    "day": "made_at = made_at - interval '1 day'",
    "meeting": "pages = pages + 1",
    "youths": "youth_ids = youth_ids || 1::bigint",
    "reader": "partner_id = NULL",
    "maker": "uuid = gen_random_uuid()",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_database_refuses_to_change_a_finished_paper(change, regisseur, paper):
    refused = pytest.raises(Error, match="does not change")
    with acting_as(regisseur), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE meetings_document SET {change} WHERE id = %s", [paper.pk])


def test_a_paper_is_marked_as_told_once(regisseur, paper):
    sql = "UPDATE meetings_document SET told_at = now() - interval '1 hour' * %s WHERE id = %s"
    with acting_as(regisseur), connection.cursor() as cursor:
        cursor.execute(sql, [1, paper.pk])
        with pytest.raises(Error, match="does not change"), transaction.atomic():
            cursor.execute(sql, [2, paper.pk])


def test_a_copy_that_was_given_cannot_be_changed(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('ijap_app', 'meetings_documentcopy', 'UPDATE')")
        assert cursor.fetchone() == (False,)
