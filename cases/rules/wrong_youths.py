"""What reading counts as having seen a signal, and the first words of the note about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from accounts.roles import DataClass
from cases.events import CaseEvent

# Words of the log. Pages of the case on which its story stands; and what shows signals of several youths at once or
# of one on paper. The meeting is a floor above this one, so its words are given as words; a test knows them.
PAGES = [CaseEvent.CASE_VIEWED.value, "agenda_item.led", "agenda_item.viewed"]
LISTS = [CaseEvent.TOLD_SIGNALS_LISTED.value, "document.downloaded"]


@dataclass(frozen=True)
class Facts:
    """What is known of a signal that stood with the wrong youth."""

    told_at: datetime
    unlinked_at: datetime
    classes: Iterable[int]
    organisations: Sequence[str]
    people: int
    papers: Sequence[str]


def draft_note(facts: Facts) -> str:
    """The note for the privacy officer, to go on from. Without anything that says who the youth is."""
    classes = ", ".join(DataClass(number).label for number in sorted(facts.classes))
    told, gone = _moment(facts.told_at), _moment(facts.unlinked_at)
    readers = f"{facts.people} {'persoon las' if facts.people == 1 else 'personen lazen'} het"
    who = f"{readers}, van: {', '.join(facts.organisations)}." if facts.people else "Niemand opende het."
    papers = "; ".join(facts.papers) or "geen"
    return "\n\n".join(
        [
            f"Wat is er gebeurd?\nEen signaal is ingebracht in het dossier van de verkeerde jongere. Het stond daar van {told} tot {gone}.",
            f"Welke gegevens?\nDe tekst van het signaal, de bron en de rol van de jongere. Klasse: {classes}.",
            f"Wie heeft het gezien?\n{who}",
            f"Wat is er gedaan?\nHet signaal is losgemaakt en ligt opnieuw ter beoordeling. Opnieuw uit te geven verslagen: {papers}.",
            "Wat zijn de gevolgen voor de jongere?\n(nog invullen)",
            "Wie wordt geïnformeerd?\n(nog invullen: jongere en ouders, de organisaties die het lazen)",
        ]
    )


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y, H.i \\u\\u\\r")
