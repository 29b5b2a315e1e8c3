"""Who may begin a meeting, write in it and close it: the regisseur who prepares it."""

from collections.abc import Sequence

from accounts.models import User
from accounts.roles import Level
from cases.models import Case
from meetings.models import AgendaItem, DecisionKind, Meeting, Slot
from meetings.permissions.series import check_may_prepare
from meetings.rules import live as rules


def check_can_start(user: User, meeting: Meeting) -> None:
    check_may_prepare(user, meeting)
    rules.check_can_start(meeting)


def check_can_write(user: User, meeting: Meeting) -> None:
    """Decisions and actions are made while the meeting runs."""
    check_may_prepare(user, meeting)
    rules.check_is_running(meeting)


def check_can_correct(user: User, meeting: Meeting) -> None:
    """Notes and attendance may be corrected until the minutes are confirmed."""
    check_may_prepare(user, meeting)
    rules.check_is_not_final(meeting)


def check_can_decide(user: User, meeting: Meeting, case: Case, kind: DecisionKind, to: Level | None) -> None:
    check_can_write(user, meeting)
    rules.check_can_decide(case, kind, to)


def check_can_close(user: User, meeting: Meeting, items: Sequence[AgendaItem], slots: Sequence[Slot]) -> None:
    check_may_prepare(user, meeting)
    rules.check_can_close(meeting, items, slots)
