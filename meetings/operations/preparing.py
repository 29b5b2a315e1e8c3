"""The question to the table at one point, the time for it, and who sits there."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from access.models import Participation
from accounts.models import Partner, User
from audit.log import record
from foundation.errors import Stale
from meetings.events import MeetingEvent
from meetings.models import AgendaItem, ItemInvitation, MeetingState, Slot
from meetings.operations import points
from meetings.permissions import agenda as permissions
from meetings.rules.preparing import Prepared


def as_it_stands(*, item: AgendaItem, by: User) -> Prepared:
    """How this point is prepared now."""
    now = AgendaItem.objects.visible_to(by).select_related("slot").get(pk=item.pk)
    invited = ItemInvitation.objects.visible_to(by).standing().filter(item=item)
    return Prepared(now.question, now.slot.minutes, frozenset(invited.values_list("partner_id", flat=True)))


@transaction.atomic
def prepare(
    *,
    item: AgendaItem,
    question: str,
    minutes: int,
    partners: Collection[Partner],
    by: User,
    seen: str | None = None,
) -> AgendaItem:
    """Write it down. `seen`: the mark of what was on the screen; None for who makes the point itself.

    Raises Stale, with how it stands now, when somebody else prepared it meanwhile. The same twice is once.
    """
    meeting = points.lock(meeting=item.meeting, by=by)
    permissions.check_can_change(by, meeting)
    wanted = Prepared(question, minutes, frozenset(partner.pk for partner in partners))
    stands = as_it_stands(item=item, by=by)
    if seen is not None and seen != stands.mark and wanted != stands:
        raise Stale("Iemand anders heeft dit punt intussen voorbereid.", current=stands)
    item.question = question
    item.save(update_fields=["question"])
    Slot.objects.filter(pk=item.slot_id).update(minutes=minutes)
    _choose(item, wanted.partners, by)
    if meeting.state == MeetingState.AGREED:
        points.open_item(item=item, by=by)
    record(MeetingEvent.ITEM_PREPARED, by=by, about=item, recipients=sorted(wanted.partners))
    return item


def _choose(item: AgendaItem, chosen: frozenset[int], by: User) -> None:
    """Only what differs from who takes part in the case is a choice by hand; the rest follows the case."""
    room = Participation.objects.visible_to(by).active().filter(compartment=item.case.room_id)
    in_case = set(room.values_list("partner_id", flat=True))
    known = {i.partner_id: i for i in ItemInvitation.objects.visible_to(by).filter(item=item)}
    for partner in sorted(chosen | in_case | known.keys()):
        row = known.get(partner) or ItemInvitation(
            compartment_id=item.compartment_id, item=item, partner_id=partner
        )
        is_chosen = partner in chosen
        row.withdrawn_at = None if is_chosen else row.withdrawn_at or timezone.now()
        row.is_by_hand = is_chosen != (partner in in_case)
        row.save()
