"""What was said of the minutes of a meeting, by point."""

from collections import defaultdict
from collections.abc import Sequence

from accounts.models import RoleAssignment, User
from accounts.roles import REGIE_LEVELS
from meetings.models import Addendum, AgendaItem, GroupPoint, Meeting, MinutesRemark
from meetings.rules.live import numbers_of, places_of


def remarks_at(items: Sequence[AgendaItem], user: User) -> dict[int, list[MinutesRemark]]:
    """By point, as far as this reader may see them."""
    rows = MinutesRemark.objects.visible_to(user).filter(item__in=items)
    found: defaultdict[int, list[MinutesRemark]] = defaultdict(list)
    for row in rows.select_related("made_by__partner", "answered_by"):
        found[row.item_id].append(row)
    return found


def addenda_at(items: Sequence[AgendaItem], user: User) -> dict[int, list[Addendum]]:
    """By point, as far as this reader may see them."""
    found: defaultdict[int, list[Addendum]] = defaultdict(list)
    for row in Addendum.objects.visible_to(user).filter(item__in=items).select_related("made_by"):
        found[row.item_id].append(row)
    return found


def waiting_in(meeting: Meeting, user: User) -> list[int]:
    """The numbers of the points with a remark that was not answered."""
    numbers = numbers_of(places_of(meeting))
    rows = MinutesRemark.objects.visible_to(user).waiting().filter(item__meeting=meeting)
    slots = rows.filter(item__slot__withdrawn_at=None).values_list("item__slot_id", flat=True)
    return sorted({numbers[slot] for slot in slots})


def others_who_lead(meeting: Meeting, user: User) -> list[User]:
    """Who else leads this table and sees all of it, and so can be the second who makes minutes final.

    Call in the scope of somebody who sees the whole.
    """
    held = RoleAssignment.objects.active().filter(role__in=REGIE_LEVELS, user__is_active=True)
    people = {row.user_id: row.user for row in held.exclude(user=user).select_related("user__partner")}
    leading = [one for one in people.values() if Meeting.objects.led_by(one).filter(pk=meeting.pk).exists()]
    return [one for one in leading if _count(meeting, one) == _count(meeting, user)]


def _count(meeting: Meeting, user: User) -> tuple[int, int]:
    """How many points and groups of this meeting this person sees."""
    keys = list(user.session_keys())
    points = AgendaItem.objects.readable_with(keys).filter(meeting=meeting).on_agenda()
    groups = GroupPoint.objects.readable_with(keys).standing().filter(meeting=meeting)
    return points.count(), groups.count()
