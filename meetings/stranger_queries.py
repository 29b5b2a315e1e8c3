"""No reader meets the name of a youth of this agenda whom that reader may not know, whoever wrote it.

Names are held against what a writer knows when a text is written; this is the second lock, in the scope of who reads.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from foundation.errors import NotPossible
from meetings.models import Meeting
from meetings.rules.minutes import searched

WITHHELD = "Hierin staat de naam van een jongere die u niet mag zien. De regisseur kan de tekst verbeteren."


def names_a_stranger(meeting: Meeting, texts: Iterable[str]) -> bool:
    """Whether a text names a youth on this agenda whom the reader of the open scope may not know."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT meetings_names_a_stranger(%s, %s)",
            [meeting.pk, [searched(text) for text in texts if text]],
        )
        (names_one,) = cursor.fetchone() or (True,)
    return bool(names_one)


def check_names_no_stranger(meeting: Meeting, texts: Iterable[str]) -> None:
    """Refuse a whole paper in which one is named."""
    if names_a_stranger(meeting, texts):
        raise NotPossible(
            "Hierin staat de naam van een jongere die u niet mag zien. Vraag de regisseur om de tekst te verbeteren."
        )


def withhold_strangers(meeting: Meeting, said: Iterable[tuple[Any, str]]) -> None:
    """Put a line in the place of each text, given as a row and its field, that names one. Nothing is saved."""
    texts = [(row, name, getattr(row, name)) for row, name in said if getattr(row, name)]
    if not names_a_stranger(meeting, (text for _, _, text in texts)):
        return
    for row, name, text in texts:
        if names_a_stranger(meeting, [text]):
            setattr(row, name, WITHHELD)
