"""How the papers of the privacy officer look."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from foundation.errors import NotPossible
from foundation.pdf import PdfFailed, measure_pdf
from oversight.models import Paper, PaperKind, WithheldGround
from oversight.who_saw import WhoSaw, busiest
from oversight.years import Year

SECONDS = 150


@dataclass(frozen=True)
class Draft:
    """What a paper says; knows no database any more."""

    title: str
    template: str
    seal: str
    saw: WhoSaw | None = None
    year: Year | None = None


@dataclass(frozen=True)
class Made:
    """A finished paper."""

    pdf: bytes
    sha256: str
    pages: int


def draft_of(paper: Paper, *, seal: str, saw: WhoSaw | None = None, year: Year | None = None) -> Draft:
    if paper.kind == PaperKind.SUBJECT:
        return Draft("Wie zag uw gegevens?", "pdf/subject.html", seal, saw=saw)
    return Draft(f"Jaaroverzicht van autorisaties {paper.year}", "pdf/year.html", seal, year=year)


def to_html(draft: Draft) -> str:
    values = {
        "draft": draft,
        "saw": draft.saw,
        "counted": busiest(draft.saw) if draft.saw else [],
        "withheld_text": _withheld(draft.saw) if draft.saw else "",
        "year": draft.year,
        "seal": draft.seal,
        "demo_mode": settings.DEMO_MODE,
    }
    return render_to_string(draft.template, values)


def make(draft: Draft) -> Made:
    """Lay out and print. Long, and without a database."""
    try:
        made = measure_pdf(to_html(draft), title=draft.title, seconds=SECONDS)
    except PdfFailed as failure:
        raise NotPossible(failure.reason) from failure
    return Made(made.pdf, hashlib.sha256(made.pdf).hexdigest(), made.pages)


def _withheld(saw: WhoSaw) -> str:
    if saw.withheld is None:
        return ""
    times = "1 gebeurtenis staat" if saw.withheld.count == 1 else f"{saw.withheld.count} gebeurtenissen staan"
    return f"{times} hier niet, op grond van: {WithheldGround(saw.withheld.ground).label}."
