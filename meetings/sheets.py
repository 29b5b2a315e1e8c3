"""Papers that are made while one waits and kept nowhere: an agenda, the actions of a meeting, one point.

They are read in the scope of who asks, so that row security makes the cut; and a text that names a youth whom that
reader may not know stops them, as it stops minutes.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from foundation.errors import NotPossible
from foundation.pdf import PdfFailed, render_pdf
from foundation.stamps import stamp

SECONDS = 20  # somebody waits for it


def print_sheet(template: str, context: dict[str, Any], *, title: str, reader: User) -> bytes:
    """One paper for this reader. Raises NotPossible when it cannot be made."""
    values = {"title": title, "reader": reader, "demo_mode": settings.DEMO_MODE, **context}
    try:
        return for_reader(
            render_pdf(render_to_string(template, values), title=title, seconds=SECONDS), reader
        )
    except PdfFailed as failure:
        raise NotPossible(failure.reason) from failure


def for_reader(pdf: bytes, reader: User) -> bytes:
    """The same, with who reads it and when on every page."""
    now = timezone.localtime()
    day = date_format(now, "j F Y")
    line = f"Afschrift voor {reader} ({reader.partner}), {day}, {now:%H.%M} uur. Niet verder verspreiden."
    return stamp(pdf, line=line, behind=f"{reader}, {day}")
