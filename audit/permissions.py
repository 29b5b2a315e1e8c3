"""Who may read the log. The database asks for the same with a key of its own (audit/sql/log.sql)."""

from typing import Protocol

from foundation.errors import NotAllowed

# The log stands below the floor with the table of roles, so it knows the permission by its word.
LOG_READ = "log.read"


class Reader(Protocol):
    """Whoever asks."""

    def may(self, permission: str, /) -> bool: ...


def check_may_read(user: Reader) -> None:
    if not user.may(LOG_READ):
        raise NotAllowed("Het logboek is voor de functionaris gegevensbescherming.")
