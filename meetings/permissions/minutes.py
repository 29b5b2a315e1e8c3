"""Who may see minutes as a whole and who may confirm them."""

from collections.abc import Sequence

from accounts.models import User
from foundation.errors import NotPossible
from meetings.models import AgendaItem, ItemPresence, Meeting, MeetingState, Slot
from meetings.permissions.series import check_may_attend, check_may_prepare
from meetings.rules import live as live_rules
from meetings.rules import minutes as rules


def check_can_read_concept(user: User, meeting: Meeting) -> None:
    check_may_prepare(user, meeting)
    if meeting.state not in (MeetingState.CLOSED, MeetingState.CONFIRMED):
        raise NotPossible("Er is nog geen verslag. Sluit eerst het overleg.")


def check_can_confirm(
    user: User,
    meeting: Meeting,
    items: Sequence[AgendaItem],
    slots: Sequence[Slot],
    slips: Sequence[rules.Slip],
    waiting: Sequence[int],
) -> None:
    check_may_prepare(user, meeting)
    live_rules.check_sees_everything(items, slots)
    rules.check_can_confirm(meeting, slips, waiting)


def check_can_remark(user: User, meeting: Meeting, presences: Sequence[ItemPresence]) -> None:
    """A deelnemer at this table whose organisation was not away at this point."""
    check_may_attend(user)
    was_away = any(one.partner_id == user.partner_id and not one.is_present for one in presences)
    rules.check_can_remark(meeting, was_away=was_away)


def check_can_answer(user: User, meeting: Meeting) -> None:
    check_may_prepare(user, meeting)
    live_rules.check_is_not_final(meeting)


def check_can_add(user: User, meeting: Meeting) -> None:
    """An addendum goes with minutes that are final."""
    check_may_prepare(user, meeting)
    if meeting.state != MeetingState.CONFIRMED:
        raise NotPossible("Het verslag is nog niet vastgesteld. Verbeter de notitie zelf.")


def check_can_ask(user: User, meeting: Meeting) -> None:
    """Documents are made of what is final."""
    check_may_prepare(user, meeting)
    rules.check_is_final(meeting)
