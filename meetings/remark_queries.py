"""What was said of the minutes of a meeting, by point."""

from collections import defaultdict
from collections.abc import Sequence

from access.queries import regisseurs_of
from accounts.models import User
from meetings.models import Addendum, AgendaItem, Meeting, MinutesRemark
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
    """Who else is regisseur of this table, and so can be the second who makes minutes final."""
    leading = regisseurs_of(meeting.level, meeting.series.municipality_id)
    return [person for person in leading if person.pk != user.pk and person.is_active]
