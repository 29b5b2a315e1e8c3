"""Who may read the log. The database asks for the same with a key of its own (audit/sql/log.sql)."""

from typing import Protocol

from foundation.errors import NotAllowed

# The log stands below the floor with the table of roles, so it knows the permissions by their words.
LOG_READ = "log.read"
LOG_READ_OWN = "log.read_own"


class Reader(Protocol):
    """Whoever asks."""

    partner_id: int

    def may(self, permission: str, /) -> bool: ...


def check_may_read(user: Reader) -> None:
    """The whole log, or what the people of one's own organisation did."""
    if not (user.may(LOG_READ) or user.may(LOG_READ_OWN)):
        raise NotAllowed(
            "Het logboek is voor de functionaris gegevensbescherming en het privacycontact van een organisatie."
        )


def own_partner_only(user: Reader) -> int | None:
    """The one organisation whose rows this reader gets; None for who reads everything."""
    return None if user.may(LOG_READ) else user.partner_id
