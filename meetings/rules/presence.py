"""Who may hear a point, and who leaves the table before it is opened. Whoever asks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from accounts.models import Partner, User
from foundation.errors import NotPossible
from meetings.models import AgendaItem, Meeting


@dataclass(frozen=True, order=True)
class Leaver:
    """Who sits at the table and may not hear this point: an organisation, or one person of it."""

    partner: str
    person: str = ""

    def __str__(self) -> str:
        return f"{self.person} ({self.partner})" if self.person else self.partner


def leavers(
    here: Mapping[int, Partner], invited: Collection[int], kept_out: Iterable[User], *, leading: int | None
) -> list[Leaver]:
    """Who must leave for a point: who was not invited to it, and who is kept out of the youth by name.

    `here` and `invited` go by the number of the organisation; who leads the meeting (`leading`) stays.
    """
    strangers = [Leaver(str(partner)) for pk, partner in here.items() if pk not in invited and pk != leading]
    people = [Leaver(str(user.partner), str(user)) for user in kept_out if user.partner_id in here]
    known = {one.partner for one in strangers}
    return sorted([*strangers, *(one for one in people if one.partner not in known)])


def is_cleared(item: AgendaItem, meeting: Meeting) -> bool:
    """Whether this point was opened: only while the table is there, and nobody came or went since."""
    if item.cleared_at is None or item.slot_id != meeting.at_slot_id:
        return False
    return meeting.seated_at is None or item.cleared_at > meeting.seated_at


def check_is_cleared(must_leave: Collection[Leaver]) -> None:
    """Nothing is decided while somebody is at the table who may not hear it."""
    if must_leave:
        raise NotPossible(f"Eerst van tafel: {in_words(must_leave)}. Open het punt daarna.")


def in_words(must_leave: Iterable[Leaver]) -> str:
    return ", ".join(str(one) for one in must_leave)
