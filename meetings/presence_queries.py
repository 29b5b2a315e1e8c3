"""Who sits at the table, and who of them may not hear which point."""

from collections import defaultdict
from collections.abc import Sequence

from access.models import Exclusion
from accounts.models import User
from meetings.documents import participants_of
from meetings.models import AgendaItem, Attendance, Meeting
from meetings.models.meetings import Presence
from meetings.rules.presence import Leaver, leavers


def must_leave(items: Sequence[AgendaItem], meeting: Meeting, by: User) -> dict[int, list[Leaver]]:
    """By item: who is at the table now and may not hear it. Three queries, however many points."""
    rows = Attendance.objects.filter(meeting=meeting).select_related("partner")
    here = {row.partner_id: row.partner for row in rows if Presence(row.presence).is_here}
    if not here or not items:
        return {item.pk: [] for item in items}
    invited: defaultdict[int, set[int]] = defaultdict(set)
    for row in participants_of([item.compartment_id for item in items], by.session_keys()):
        invited[row.compartment_id].add(row.partner_id)
    kept_out = _kept_out(items, by)
    return {
        item.pk: leavers(here, invited[item.compartment_id], kept_out[item.pk], leading=by.partner_id)
        for item in items
    }


def _kept_out(items: Sequence[AgendaItem], by: User) -> dict[int, list[User]]:
    """By item: the people who are kept out of the youth or of the point itself by name."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for item in items:
        for compartment in {item.compartment_id, item.case.compartment_id, item.case.room_id}:
            places[compartment].append(item.pk)
    found: dict[int, list[User]] = {item.pk: [] for item in items}
    rows = Exclusion.objects.visible_to(by).filter(compartment__in=places, ended_at=None)
    for row in rows.select_related("user__partner").order_by("user__last_name", "pk"):
        for item_id in places[row.compartment_id]:
            found[item_id].append(row.user)
    return found
