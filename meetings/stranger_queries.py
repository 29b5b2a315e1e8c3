"""Keeps the name of a youth of this agenda from a reader who may not know it, whoever wrote it.

Most texts are held against what their writer knows (documents.py::check_names_stay), a note only before the minutes
become final. This is the second lock, in the scope of who reads.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from foundation.errors import NotPossible
from meetings.models import Meeting
from meetings.rules.minutes import searched

WITHHELD = "Hierin staat de naam van een jongere die u niet mag zien. Vraag de regisseur ernaar."
_WHICH = """
SELECT n - 1 FROM unnest(%s::text[]) WITH ORDINALITY AS one(said, n) WHERE meetings_names_a_stranger(%s, ARRAY[said])
"""


def which_name_a_stranger(meeting: Meeting, texts: Sequence[str]) -> list[int]:
    """The places of the texts that name a youth on this agenda whom the reader of the open scope may not know."""
    if not any(texts):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_WHICH, [[searched(text) for text in texts], meeting.pk])
        return [at for (at,) in cursor.fetchall()]


def check_names_no_stranger(meeting: Meeting, texts: Iterable[str]) -> None:
    """Refuse a whole paper in which one is named."""
    if which_name_a_stranger(meeting, list(texts)):
        raise NotPossible(
            "Hierin staat de naam van een jongere die u niet mag zien. Vraag de regisseur om de tekst te verbeteren."
        )


def withhold_strangers(meeting: Meeting, said: Iterable[tuple[Any, str]]) -> None:
    """Put a line in the place of each text, given as a row and its field, that names one. Nothing is saved."""
    fields = list(said)
    for at in which_name_a_stranger(meeting, [getattr(row, name) for row, name in fields]):
        row, name = fields[at]
        setattr(row, name, WITHHELD)
