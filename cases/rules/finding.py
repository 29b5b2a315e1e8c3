"""What can be asked of a search for words, kept as a view, and taken out as a file; whoever asks."""

import re
from collections.abc import Sequence

from foundation.errors import NotPossible

SHORTEST_WORD = 3
MOST_WORDS = 8
MOST_VIEWS = 20
MOST_EXPORTED = 500  # cases in one file
MOST_EXPORTS = 5  # files a person makes in a day
SHORTEST_REASON = 20

# Not in any language: they mark a found word between the database and the page.
HIT_STARTS, HIT_ENDS = "\ue000", "\ue001"
LESS_THAN = "\ue002"  # stands for "<" meanwhile: PostgreSQL leaves out what looks like a tag


def words_of(asked: str) -> list[str]:
    """The words, without signs; each counts once."""
    return list(dict.fromkeys(re.findall(r"[^\W_]+", asked.lower())))


def check_words(words: Sequence[str]) -> None:
    if not any(len(word) >= SHORTEST_WORD for word in words):
        raise NotPossible(f"Zoek op een woord van minstens {SHORTEST_WORD} letters.")
    if len(words) > MOST_WORDS:
        raise NotPossible(f"Zoek op hooguit {MOST_WORDS} woorden tegelijk.")


def query_of(words: Sequence[str]) -> str:
    """All words, in any order, and longer ones that begin so: Dutch writes words together. A short one stands alone."""
    return " & ".join(f"'{word}':*" if len(word) >= SHORTEST_WORD else f"'{word}'" for word in words)


def pieces_of(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is what was looked for. Plain text: the page escapes it."""
    pieces: list[tuple[str, bool]] = []
    for number, part in enumerate(re.split(f"[{HIT_STARTS}{HIT_ENDS}]", text)):
        if part:
            pieces.append((part.replace(LESS_THAN, "<"), number % 2 == 1))
    return pieces


def check_can_keep_view(kept: int) -> None:
    if kept >= MOST_VIEWS:
        raise NotPossible(f"U heeft al {MOST_VIEWS} weergaven. Verwijder er eerst een.")


def check_can_export(*, count: int, made_today: int, reason: str) -> None:
    """A file with everything in it is what nobody needs; a reason of a few words is none."""
    if len(" ".join(reason.split())) < SHORTEST_REASON:
        raise NotPossible(f"Leg uit waarom dit nodig is, in minstens {SHORTEST_REASON} tekens.")
    if not count:
        raise NotPossible("Er zijn geen dossiers bij deze keuze die u kunt exporteren.")
    if count > MOST_EXPORTED:
        raise NotPossible(f"Dit zijn meer dan {MOST_EXPORTED} dossiers. Maak uw keuze kleiner.")
    if made_today >= MOST_EXPORTS:
        raise NotPossible(f"U maakte vandaag al {MOST_EXPORTS} exports. Morgen kan het weer.")
