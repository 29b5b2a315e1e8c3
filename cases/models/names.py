"""How names are put together and compared. Knows no database."""

import unicodedata

# Letters that do not fall apart into a base letter and a mark.
_LETTERS = str.maketrans({"ł": "l", "ı": "i", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d"})


def full_name(first_name: str, prefix: str, last_name: str) -> str:
    """The name as it is written: first name, prefix, last name."""
    return " ".join(part for part in (first_name, prefix, last_name) if part)


def search_form(*parts: str) -> str:
    """The name as it is searched: small letters, no accents, single spaces."""
    joined = " ".join(" ".join(parts).casefold().translate(_LETTERS).split())
    plain = unicodedata.normalize("NFKD", joined)
    return "".join(c for c in plain if not unicodedata.combining(c))
