"""The overview of a year: counts of roles, reviews, flags and refusals, on screen and on paper."""

import io

import pypdf
import pytest
from django.utils import timezone

from accounts.models import RoleAssignment
from foundation.scope import acting_as
from oversight import operations
from oversight.models import FlagOutcome, Paper
from oversight.years import read_year
from tests.factories.oversight import flag, make_papers, row, write_rows


@pytest.fixture
def me(client, fg):
    client.force_login(fg)
    return client


@pytest.fixture
def a_year(committed_db, fg, agent, mentor, beheerder):
    now = timezone.now()
    write_rows([row(now, "break_glass.opened", agent, case=1)])
    write_rows([row(now, "request.refused", mentor, outcome="refused") for _ in range(3)])
    RoleAssignment.objects.filter(user=mentor).update(ended_at=now, ended_by=beheerder)
    one = flag(person=agent)
    with acting_as(fg):
        operations.flags.close(
            flag=one, outcome=FlagOutcome.PART_OF_WORK, explanation="Hoorde bij het werk", by=fg
        )
        operations.reviews.start(day=timezone.localdate(), by=fg)
        return read_year(now.year, timezone.localdate())


def test_the_counts_of_a_year(a_year):
    assert a_year.emergencies == 1
    assert a_year.refusals == [("Vmbo De Test", 3)]
    assert a_year.flags == [("Veel meer gelezen dan gewoon", 1, 1, 0)]
    assert len(a_year.reviews) == 1
    role = {name: (given, ended) for name, given, ended in a_year.changes}
    assert role["Melder"] == (2, 1)
    police = next((text, total) for name, text, total in a_year.per_partner if name.startswith("Politie"))
    assert police == ("1 × Melder, 1 × Deelnemer, 1 × Privacycontact van de organisatie", 3)
    assert "Vmbo De Test" not in {name for name, _, _ in a_year.per_partner}, "its only role ended"


def test_the_overview_on_screen_and_on_paper_says_the_same_and_names_nobody(me, a_year, fg):
    page = me.get("/toezicht/jaar/").content.decode()
    assert me.post("/toezicht/jaar/stuk/", {"jaar": a_year.year}).status_code == 303
    make_papers()
    with acting_as(fg):
        paper = Paper.objects.get()
    pages = pypdf.PdfReader(io.BytesIO(bytes(paper.content))).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    for words in ("Politie Basisteam Heerlen", "Veel meer gelezen dan gewoon", "Vmbo De Test"):
        assert words in page and words in text
    for name in ("Agent Test", "Mentor Test"):
        assert name not in text and name not in page


@pytest.mark.parametrize("year", ["1999", "9999", "x", "20266", "-1"])
def test_a_year_without_an_overview_is_not_there(me, year):
    assert me.get(f"/toezicht/jaar/?jaar={year}").status_code == 404
    assert me.post("/toezicht/jaar/stuk/", {"jaar": year}).status_code == 404
