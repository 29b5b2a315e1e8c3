"""How the certificate of a destruction looks."""

import hashlib
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from foundation.errors import NotPossible
from foundation.pdf import PdfFailed, measure_pdf
from foundation.templatetags.components import shown
from retention.models import Certificate

SECONDS = 60


@dataclass(frozen=True)
class Draft:
    """What a certificate says; knows no database any more."""

    title: str
    facts: list[tuple[str, object]]
    destroyed: list[tuple[str, int]]
    emptied: list[tuple[str, int]]
    check: str
    seal: str


@dataclass(frozen=True)
class Made:
    """A finished certificate."""

    pdf: bytes
    sha256: str
    pages: int


def draft_of(certificate: Certificate, *, seal: str) -> Draft:
    return Draft(
        title=f"Certificaat van vernietiging {certificate.pk}",
        facts=facts_of(certificate),
        destroyed=named(certificate.counts),
        emptied=named(certificate.emptied),
        check=check_text(certificate),
        seal=seal,
    )


def facts_of(certificate: Certificate) -> list[tuple[str, object]]:
    """What was destroyed and why: numbers and professionals, no youth."""
    proposal = certificate.proposal
    return [
        ("Wat", str(proposal)),
        ("Omvang", proposal.extent),
        ("Niveau", proposal.get_level_display()),
        ("Gemeente", str(proposal.municipality or "geen")),
        ("Termijn", f"{proposal.get_code_display()}: {proposal.months} maanden"),
        ("Geteld vanaf", shown(proposal.counted_from_on)),
        ("Voorbij op", shown(proposal.due_on)),
        ("Grond", proposal.ground),
        ("Goedgekeurd door regie", str(certificate.regie_by)),
        ("Goedgekeurd door privacy officer", str(certificate.privacy_by)),
        ("Vernietigd op", shown(localdate(certificate.destroyed_at))),
    ]


def named(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Rows per table, by what the table holds, most first."""
    words = {m._meta.db_table: str(m._meta.verbose_name_plural) for m in apps.get_models()}
    return sorted(
        ((words[table].capitalize(), n) for table, n in counts.items()), key=lambda line: (-line[1], line[0])
    )


def check_text(certificate: Certificate) -> str:
    return (
        f"In dezelfde stap zijn {certificate.questions} controlevragen gesteld aan de database: wijst er in enige "
        f"tabel nog iets naar wat is vernietigd? Gevonden: {certificate.left_over}."
    )


def to_html(draft: Draft) -> str:
    values = {"draft": draft, "seal": draft.seal, "demo_mode": settings.DEMO_MODE}
    return render_to_string("pdf/certificate.html", values)


def make(draft: Draft) -> Made:
    """Lay out and print. Long, and without a database."""
    try:
        made = measure_pdf(to_html(draft), title=draft.title, seconds=SECONDS)
    except PdfFailed as failure:
        raise NotPossible(failure.reason) from failure
    return Made(made.pdf, hashlib.sha256(made.pdf).hexdigest(), made.pages)
