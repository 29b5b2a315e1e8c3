"""Who puts a group on an agenda and writes what came of it: who leads both the meeting and the group."""

from accounts.models import User
from cases.models import Group
from cases.permissions import groups as group_permissions
from meetings.models import GroupPoint, Meeting
from meetings.permissions import agenda, live
from meetings.rules import group_points as rules
from meetings.rules.topics import check_holds_youths


def check_can_put(user: User, meeting: Meeting, group: Group) -> None:
    agenda.check_can_change(user, meeting)
    check_holds_youths(meeting)
    group_permissions.check_can_change(user, group)
    rules.check_belongs(meeting, group)


def check_can_remove(user: User, point: GroupPoint) -> None:
    agenda.check_can_change(user, point.meeting)
    group_permissions.check_may_lead(user, point.group)


def check_can_write(user: User, point: GroupPoint) -> None:
    """From the beginning of the meeting until its minutes are confirmed."""
    live.check_can_correct(user, point.meeting)
    group_permissions.check_may_lead(user, point.group)
