"""What is possible for a group at a meeting, whoever asks."""

from collections.abc import Iterable

from cases.models import Group, Youth
from foundation.errors import NotPossible
from meetings.models import Meeting
from meetings.rules.minutes import mentions, ways_to_write


def check_belongs(meeting: Meeting, group: Group) -> None:
    """A group is discussed at the table of its own level, and at an LJA only in its own municipality."""
    if group.compartment.level != meeting.level:
        raise NotPossible("Deze groep hoort bij een ander overleg.")
    here = meeting.series.municipality_id
    if here and here != group.municipality_id:
        raise NotPossible("Deze groep hoort bij een andere gemeente.")


def check_names_nobody(text: str, youths: Iterable[Youth]) -> None:
    """Not everybody who reads a group may know each of its youths: what is written about the group names none."""
    if mentions(text, {way for youth in youths for way in ways_to_write(youth)}):
        raise NotPossible(
            "In de tekst staat de naam van een jongere. Wie de groep leest, mag niet elke naam kennen: "
            "zet wat over één jongere gaat bij diens eigen punt."
        )
