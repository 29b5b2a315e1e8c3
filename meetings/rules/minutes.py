"""When minutes may be confirmed, and the guard against a name that slips into another partner's part."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cases.models import Youth
from cases.models.names import search_form
from foundation.errors import NotPossible
from meetings.models import Meeting, MeetingState


@dataclass(frozen=True)
class Slip:
    """A name that would reach partners who may not know it: at this point, of the youth of that point."""

    number: int
    of_number: int
    partners: tuple[str, ...]

    def __str__(self) -> str:
        who = ", ".join(self.partners)
        return f"Bij punt {self.number} staat de naam van de jongere van punt {self.of_number}. {who} mag die naam niet zien."


def check_can_confirm(meeting: Meeting, slips: Sequence[Slip], waiting: Sequence[int]) -> None:
    """Whether minutes may become final. `waiting`: the numbers of points with a remark that nobody answered."""
    if meeting.state == MeetingState.CONFIRMED:
        raise NotPossible("Het verslag is al vastgesteld.")
    if meeting.state != MeetingState.CLOSED:
        raise NotPossible("Sluit eerst het overleg. Daarna kunt u het verslag vaststellen.")
    if slips:
        raise NotPossible(f"{slips[0]} Pas de notitie aan en stel het verslag dan vast.")
    if waiting:
        raise NotPossible(f"Beantwoord eerst de opmerking bij punt {waiting[0]}.")


def counts(meeting: Meeting, text: str) -> bool:
    """Whether somebody agreed with these minutes as they are now (`text`: their fingerprint)."""
    return meeting.approved_at is not None and meeting.approved_text == text


def check_was_read(text: str, seen: str | None) -> None:
    """Nobody signs what changed behind the page that was read."""
    if seen is not None and seen != text:
        raise NotPossible("Er is iets veranderd sinds u het verslag opende. Lees het opnieuw.")


def check_is_another(meeting: Meeting, person_id: int) -> None:
    """Two people make minutes final."""
    if meeting.approved_by_id == person_id:
        raise NotPossible("U ging al akkoord. Een andere regisseur stelt het verslag vast.")


def check_can_remark(meeting: Meeting, *, was_away: bool) -> None:
    """Who was at the table says what is not right, from the close until the minutes are final."""
    if meeting.state == MeetingState.CONFIRMED:
        raise NotPossible("Het verslag is vastgesteld. Vraag de regisseur om een addendum.")
    if meeting.state != MeetingState.CLOSED:
        raise NotPossible("Er is nog geen conceptverslag.")
    if was_away:
        raise NotPossible("Uw organisatie was niet bij dit punt.")


def check_can_extract(meeting: Meeting) -> None:
    if meeting.state != MeetingState.CONFIRMED:
        raise NotPossible("Het verslag van dit overleg is nog niet vastgesteld.")


def check_is_final(meeting: Meeting) -> None:
    if meeting.state != MeetingState.CONFIRMED:
        raise NotPossible("Stel eerst het verslag vast. Daarna worden de documenten gemaakt.")


def ways_to_write(youth: Youth) -> set[str]:
    """The ways in which a youth is named in full, as they are searched. A first name alone says too little."""
    names = [
        (youth.first_name, youth.prefix, youth.last_name),
        (youth.first_name, youth.last_name),
        (youth.prefix, youth.last_name, youth.first_name),
        (youth.last_name, youth.first_name, youth.prefix),
        (youth.last_name, youth.first_name),
    ]
    return {searched(" ".join(parts)) for parts in names if youth.first_name and youth.last_name}


def mentions(text: str, names: Collection[str]) -> bool:
    """Whether one of these names stands in the text as whole words, whatever accents and capitals."""
    plain = f" {searched(text)} "
    return any(f" {name} " in plain for name in names)


def slips_between(
    texts: Mapping[int, str], youths: Mapping[int, Youth], partners: Mapping[int, Mapping[int, str]]
) -> list[Slip]:
    """Names in one item's text that would reach a partner who takes no part in that youth's own item.

    Everything goes by the number of the item: its text, its youth, its partners by id.
    """
    slips = []
    for number, text in texts.items():
        own_names = ways_to_write(youths[number])
        for other, youth in youths.items():
            strangers = partners[number].keys() - partners[other].keys()
            names = ways_to_write(youth) - own_names
            if other != number and strangers and mentions(text, names):
                known_as = tuple(sorted(partners[number][partner] for partner in strangers))
                slips.append(Slip(number, other, known_as))
    return slips


def searched(text: str) -> str:
    """Searched form with single spaces for everything that is not a letter or a digit."""
    return " ".join(re.findall(r"\w+", search_form(text)))
