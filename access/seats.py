"""A partner's seat at a table, as a reader: what all its deelnemers see, and no more."""

from dataclasses import dataclass

from accounts.keys import partner_key
from accounts.models import Partner
from accounts.roles import Level

NOBODY = 0  # a seat is not a person


@dataclass(frozen=True)
class Seat:
    """Ask the database on behalf of a partner at a level, for what is made for all who sit there."""

    partner: Partner
    level: Level

    @property
    def reader_id(self) -> int:
        return NOBODY

    def session_keys(self) -> list[int]:
        return [partner_key(self.partner.pk, self.level)]
