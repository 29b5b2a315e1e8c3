"""The kinds of no, and how to ask politely.

`NotAllowed` is about the person, `NotPossible` about the record, `TooMuch` about how often. All carry the reason in Dutch, for the screen.
"""

from collections.abc import Callable
from typing import Any


class Refused(Exception):
    """A rule or a permission said no."""

    status = 403

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAllowed(Refused):
    """This person may not do this."""

    status = 403


class TooMuch(Refused):
    """This person may do this, but not so often."""

    status = 429


class NotPossible(Refused):
    """This record does not allow it now, whoever asks."""

    status = 409


class Stale(NotPossible):
    """Somebody else saved first. Carries what stands there now, so that neither text is lost."""

    def __init__(self, reason: str, *, current: Any) -> None:
        super().__init__(reason)
        self.current = current


def allows(check: Callable[..., object], *args: Any, **kwargs: Any) -> bool:
    """Ask a check_… function as a question instead of as a gate."""
    try:
        check(*args, **kwargs)
    except Refused:
        return False
    return True
