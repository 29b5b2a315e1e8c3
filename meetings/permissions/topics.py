"""Who puts topics on the agenda of a partneroverleg and writes what came of them: who leads it."""

from accounts.models import User
from meetings.models import Meeting
from meetings.permissions import agenda, live
from meetings.rules.topics import check_holds_topics


def check_can_change(user: User, meeting: Meeting) -> None:
    """Topics come and go until the meeting begins."""
    agenda.check_can_change(user, meeting)
    check_holds_topics(meeting)


def check_can_write(user: User, meeting: Meeting) -> None:
    """From the beginning of the meeting until its minutes are confirmed."""
    live.check_can_correct(user, meeting)
    check_holds_topics(meeting)
