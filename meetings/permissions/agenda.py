"""Who makes, changes and confirms an agenda."""

from accounts.models import User
from cases.models import Case
from foundation.errors import NotAllowed, NotPossible
from meetings.models import Meeting
from meetings.permissions.series import check_may_prepare
from meetings.rules import agenda as rules
from meetings.rules.topics import check_holds_youths


def check_can_build(user: User, meeting: Meeting) -> None:
    check_may_prepare(user, meeting)
    check_holds_youths(meeting)
    rules.check_can_build(meeting)


def check_can_change(user: User, meeting: Meeting) -> None:
    check_may_prepare(user, meeting)
    rules.check_can_change(meeting)


def check_can_agree(user: User, meeting: Meeting, *, points: int, moved_away: int) -> None:
    check_may_prepare(user, meeting)
    rules.check_can_agree(meeting, points=points, moved_away=moved_away)


def check_can_add(user: User, meeting: Meeting, case: Case) -> None:
    """A case that this user knows, is open, and belongs at this table."""
    check_can_change(user, meeting)
    check_holds_youths(meeting)
    if not Case.objects.visible_to(user).filter(pk=case.pk).exists():
        raise NotAllowed("U kunt dit dossier niet zien.")
    if case.closed_at:
        raise NotPossible("Dit dossier is gesloten.")
    if case.level != meeting.level:
        raise NotPossible(f"Dit dossier hoort bij {case.get_level_display()}, niet bij dit overleg.")
