"""Passwords that are used once, and passwords that everybody knows already."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look like another (i l o 0 1)


def one_time_password() -> str:
    """Sixteen random letters in groups of four: easy to read out, too many to guess (79 bits)."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


class BreachedPasswordValidator:
    """Refuses what stands in an offline file of breached passwords. Without a file it refuses nothing.

    The file holds a SHA-1 in capitals on each line, sorted, with or without ":count" behind it, as the
    published lists do. It may be tens of gigabytes: it is searched on disk by halving, never read whole.
    """

    def __init__(self, path: str = "") -> None:
        self.path = path
        if path and not Path(path).is_file():
            raise ImproperlyConfigured(f"BREACHED_PASSWORDS_FILE wijst naar {path}, en daar is geen bestand.")

    def validate(self, password: str, user: Any = None) -> None:
        wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
        if self.path and _stands_in(self.path, wanted):
            raise ValidationError(
                "Dit wachtwoord is uitgelekt bij een andere dienst. Kies een ander wachtwoord.",
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return "Uw wachtwoord mag niet in een lijst van uitgelekte wachtwoorden staan."


def _stands_in(path: str, wanted: bytes) -> bool:
    """Halve until the first line that is not smaller than what is wanted."""
    with open(path, "rb") as lines:
        low, high = 0, os.fstat(lines.fileno()).st_size
        while low < high:
            middle = (low + high) // 2
            line = _line_from(lines, middle)
            if line and line[: len(wanted)] < wanted:
                low = middle + 1
            else:
                high = middle
        return _line_from(lines, low)[: len(wanted)] == wanted


def _line_from(lines: Any, position: int) -> bytes:
    """The first whole line that begins at this position or later; nothing after the last one."""
    lines.seek(max(position - 1, 0))
    if position:
        lines.readline()  # the rest of the line before
    line: bytes = lines.readline().strip().upper()
    return line
