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


class KeyUsed(NotPossible):
    """Something else was made with this key: an earlier sending of the same form arrived, and its text was changed since."""


class Stale(NotPossible):
    """Somebody else saved first. Carries what stands there now, so that neither text is lost."""

    def __init__(self, reason: str, *, current: Any) -> None:
        super().__init__(reason)
        self.current = current


def check_is_same(made: Any, **sent: Any) -> None:
    """What was made with a key is what is sent with it now. Raises KeyUsed when it says something else."""
    if any(getattr(made, name) != value for name, value in sent.items()):
        raise KeyUsed(
            "Wat u hiervoor stuurde, is toch aangekomen en staat er al. Dit is anders en is nog niet opgeslagen:"
            " stuur het nog eens als het erbij moet."
        )


def allows(check: Callable[..., object], *args: Any, **kwargs: Any) -> bool:
    """Ask a check_… function as a question instead of as a gate."""
    try:
        check(*args, **kwargs)
    except Refused:
        return False
    return True
