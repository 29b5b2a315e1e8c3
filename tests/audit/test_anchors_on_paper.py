"""The newest seal stands in the foot of every paper, and the log names it beside the paper."""

import io

import pypdf
import pytest
from django.db import connections

import reports.tasks  # noqa: F401 (says who makes papers)
from accounts.models import User
from audit.links import Anchor
from audit.seals import newest
from foundation.scope import acting_as
from jobs.models import Job
from jobs.operations import run
from meetings.models import Document
from meetings.operations import minutes
from reports.models import Summary
from reports.operations import ask_summary
from tests.factories.audit import logged
from tests.factories.seals import problems, remake_all, seal, write


def pages_of(content):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(bytes(content))).pages]


@pytest.fixture
def papers(world):
    """The minutes of the world once more with the seals of now, and a summary."""
    write(2), seal()
    sealed = newest()
    with connections["bulk"].cursor() as cursor:
        cursor.execute("DELETE FROM jobs_job")
        cursor.execute("DELETE FROM meetings_document")
    regisseur, manager = (User.objects.get(username=name) for name in ("regisseur", "manager"))
    with acting_as(regisseur):
        minutes.ask_documents(meeting=world.meeting_closed, by=regisseur)
    with acting_as(manager):
        ask_summary(by=manager)
    for job in Job.objects.all():
        assert run(job.pk)
    with acting_as(regisseur):
        made = [*Document.objects.visible_to(regisseur), Summary.objects.order_by("pk").last()]
    return sealed, made


def test_every_page_of_every_paper_names_the_seal(papers):
    sealed, made = papers
    assert len(made) >= 4
    for paper in made:
        for text in pages_of(paper.content):
            assert f"Zegel van het logboek {sealed.short}" in text
    named = [event.details["seal"] for kind in ("document.stored", "summary.made") for event in logged(kind)]
    assert named.count(sealed.short) == len(made)


def test_the_foot_of_a_paper_finds_a_chain_that_was_made_anew(papers):
    sealed, _ = papers
    assert problems(anchors=[Anchor(sealed.number, sealed.link[:16], "de voet van het verslag")]) == ""
    remake_all(connections["default"].settings_dict["NAME"])
    assert "de voet van het verslag" in problems(
        anchors=[Anchor(sealed.number, sealed.link[:16], "de voet van het verslag")]
    )
