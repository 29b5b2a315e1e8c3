"""The summary on paper."""

import hashlib
import io
from datetime import timedelta

import pikepdf
import pypdf
import pytest
from django.utils import timezone

import reports.tasks  # noqa: F401 (says who makes summaries)
from accounts.models import Municipality
from accounts.roles import Level
from foundation.errors import NotPossible
from foundation.scope import acting_as
from jobs.models import Job, State
from jobs.operations import run
from reports.documents import make_paper, read_report
from reports.models import Measure, Summary
from reports.operations import ask_summary
from reports.periods import last_year
from reports.queries import Published
from reports.topics import HIDDEN, all_topics, key_figures
from tests.factories.reports import count, last_month, signals


@pytest.fixture(scope="module")
def crowded():
    """Figures of a year in which everything is large, and some of it hidden."""
    period = last_year(timezone.localdate())
    cells = {
        (measure, level, month): None if number % 5 == 0 else 123_456
        for number, month in enumerate(period.months)
        for measure in Measure
        for level in (*Level, None)
    }
    return Published(None, period.months, cells, timezone.now()), period


def text_of(pdf):
    return "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages).replace(
        "\0", ""
    )


@pytest.fixture
def made(regisseur):
    """The summary of Kerkrade (3 signals: small) in a month with 12 in Heerlen and 6 in Landgraaf."""
    signals(last_month(), heerlen=12, kerkrade=3, landgraaf=6)
    count(last_month())
    with acting_as(regisseur):
        job = ask_summary(by=regisseur, municipality=Municipality.objects.get(name="Kerkrade"))
    assert run(job.pk)
    return Summary.objects.get()


def test_the_largest_summary_fits_on_four_pages(crowded):
    from reports.documents import Report

    figures, period = crowded
    report = Report(
        area="Beekdaelen",
        municipality_id=None,
        period=period,
        key_figures=key_figures(figures, period),
        topics=all_topics(figures),
        counted_at=figures.counted_at,
        seal="123456-0123456789abcdef",
    )
    paper = make_paper(report)
    assert 1 <= paper.pages <= 4
    assert paper.pages == len(pypdf.PdfReader(io.BytesIO(paper.pdf)).pages)


def test_what_is_stored_is_what_was_made(made, regisseur):
    content = bytes(made.content)
    assert content.startswith(b"%PDF") and made.sha256 == hashlib.sha256(content).hexdigest()
    assert made.pages == len(pypdf.PdfReader(io.BytesIO(content)).pages) <= 4
    assert made.made_by_id == regisseur.pk and made.municipality.name == "Kerkrade"
    assert (made.first_month, made.last_month) == (last_month(12), last_month())


def test_a_small_count_stands_nowhere_on_paper(made):
    text = text_of(bytes(made.content))
    assert "Hoe gaat het in Kerkrade?" in text and HIDDEN in text and "niet getoond" in text.lower()
    (received,) = [
        line for line in text.splitlines() if line.startswith("Ontvangen ") and "signalen" not in line
    ]
    assert received.split() == ["Ontvangen", *["0"] * 11, HIDDEN]


def test_paper_is_tagged_and_its_tables_have_headers(made):
    with pikepdf.open(io.BytesIO(bytes(made.content))) as document:
        things = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        tags = [str(thing.S) for thing in things if "/S" in thing]
        alternatives = [
            str(thing.Alt) for thing in things if thing.get("/S") == "/Figure" and "/Alt" in thing
        ]
        assert str(document.Root.Lang) == "nl" and document.Root.MarkInfo.Marked
        assert "pdfuaid:part" in document.Root.Metadata.read_bytes().decode()
        assert str(document.docinfo.Title).startswith("Hoe gaat het in Kerkrade?")
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= set(tags)
    assert "Ontvangen signalen per maand" in alternatives and len([a for a in alternatives if a]) >= 5


def test_doing_the_job_again_is_harmless(made):
    assert not run(Job.objects.get().pk)
    assert Summary.objects.count() == 1


def test_a_worker_that_died_halfway_leaves_nothing_and_is_followed(made, regisseur):
    """Its lease runs out; the next one makes the summary, once."""

    with acting_as(regisseur):
        job = ask_summary(by=regisseur)
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING, tries=1, lease_until=timezone.now() - timedelta(seconds=1)
    )
    assert run(job.pk)
    assert Summary.objects.filter(municipality=None).count() == 1


def test_who_lost_the_right_gets_no_summary(manager, regisseur):
    """The right is asked again when the work is done."""
    with acting_as(regisseur):
        job = ask_summary(by=regisseur, municipality=Municipality.objects.get(name="Kerkrade"))
    Job.objects.filter(pk=job.pk).update(asked_by=manager)
    assert not run(job.pk)
    job.refresh_from_db()
    assert job.state == State.FAILED and "eigen gemeente" in job.problem


def test_too_long_a_summary_is_refused(db, monkeypatch):
    monkeypatch.setattr("reports.documents.MOST_PAGES", 1)
    with pytest.raises(NotPossible, match="vier bladzijden"):
        make_paper(read_report(None, last_year(timezone.localdate())))
