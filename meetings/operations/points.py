"""Everything that changes one point of an agenda: on, off, up, down, and who sits at the table for it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from access import operations as access
from access.models import CompartmentKind, Ground, Participation
from accounts.models import User
from accounts.roles import Level
from audit.log import record
from cases.models import Case
from meetings.events import MeetingEvent
from meetings.models import AgendaItem, ItemInvitation, Meeting, MeetingState, Omission, OmissionKind, Slot
from meetings.operations.candidates import gather
from meetings.permissions import agenda as permissions
from meetings.rules import agenda as rules
from meetings.rules.breaks import towns_with_breaks
from meetings.rules.pace import Held, minutes_per_point
from meetings.rules.series import day_of
from meetings.tie_queries import cases_together

PAST_MEETINGS = 10


def lock(*, meeting: Meeting, by: User) -> Meeting:
    """Two people may change one agenda; one after the other. Who follows the meeting is told on commit."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("series").get(pk=meeting.pk)
    found.version += 1
    found.whole_version = found.version
    found.save(update_fields=["version", "whole_version"])
    return found


def pace_of(*, meeting: Meeting, by: User) -> int:
    """How many minutes a point takes at this table, from the last meetings of its series."""
    discussed = Count(
        "slots__item", filter=Q(slots__withdrawn_at=None, slots__item__discussed_at__isnull=False)
    )
    past = Meeting.objects.open_to(by).before(meeting.starts_at).filter(series=meeting.series_id)
    paused = Sum("slots__minutes", filter=Q(slots__withdrawn_at=None, slots__is_break=True), default=0)
    past = past.filter(started_at__isnull=False, closed_at__isnull=False)
    rows = past.annotate(points=discussed, paused=paused).values_list(
        "started_at", "closed_at", "points", "paused"
    )
    return minutes_per_point(
        [
            Held((end - begin).total_seconds() / 60 - pause, n)
            for begin, end, n, pause in rows[:PAST_MEETINGS]
            if begin and end
        ]
    )


def put_on(
    *, meeting: Meeting, cases: Sequence[Case], reasons: Mapping[int, list[str]], is_by_hand: bool, by: User
) -> list[AgendaItem]:
    """Make a slot and an item for each case. Only regie reads the item until the agenda is agreed."""
    minutes = pace_of(meeting=meeting, by=by)
    slots = Slot.objects.bulk_create(Slot(meeting=meeting, position=0, minutes=minutes) for _ in cases)
    return AgendaItem.objects.bulk_create(
        AgendaItem(
            compartment=access.open_compartment(
                kind=CompartmentKind.AGENDA_ITEM,
                level=Level(meeting.level),
                municipality=case.municipality,
                within=case.compartment,
                by=by,
            ),
            meeting=meeting,
            slot=slot,
            case=case,
            reasons=reasons[case.pk],
            is_by_hand=is_by_hand,
        )
        for case, slot in zip(cases, slots, strict=True)
    )


def write_order(*, slots: Sequence[Slot], by: User) -> None:
    """Number the slots of an agenda in this order."""
    for position, slot in enumerate(slots, start=1):
        slot.position = position
    Slot.objects.bulk_update(slots, ["position", "withdrawn_at", "is_withdrawn_by_hand"])


def invite(*, items: Sequence[AgendaItem], by: User) -> None:
    """Invite who takes part in each case now, except where the regisseur chose otherwise."""
    taking_part = (
        Participation.objects.visible_to(by)
        .active()
        .filter(compartment_id__in=[item.case.room_id for item in items], partner__closed_at=None)
        .values_list("compartment_id", "partner_id")
    )
    in_room: dict[int, set[int]] = {}
    for room, partner in taking_part:
        in_room.setdefault(room, set()).add(partner)
    known: dict[int, dict[int, ItemInvitation]] = {}
    for invitation in ItemInvitation.objects.visible_to(by).filter(item__in=items):
        known.setdefault(invitation.item_id, {})[invitation.partner_id] = invitation
    new, changed = [], []
    for item in items:
        mine = known.get(item.pk, {})
        by_hand = {p: i.withdrawn_at is None for p, i in mine.items() if i.is_by_hand}
        wanted = rules.chosen_partners(in_case=in_room.get(item.case.room_id, set()), by_hand=by_hand)
        new += [_invitation(item, p) for p in sorted(wanted - mine.keys())]
        for partner, invitation in mine.items():
            if (partner in wanted) != (invitation.withdrawn_at is None):
                invitation.withdrawn_at = None if partner in wanted else timezone.now()
                changed.append(invitation)
    ItemInvitation.objects.bulk_create(new)
    ItemInvitation.objects.bulk_update(changed, ["withdrawn_at"])


def _invitation(item: AgendaItem, partner_id: int) -> ItemInvitation:
    return ItemInvitation(compartment_id=item.compartment_id, item=item, partner_id=partner_id)


def open_item(*, item: AgendaItem, by: User) -> None:
    """Let exactly the invited partners read an item of an agreed agenda."""
    invited = ItemInvitation.objects.visible_to(by).standing().filter(item=item).select_related("partner")
    wanted = {i.partner_id: i.partner for i in invited.order_by("pk")}
    reading = _end_reading(item, keep=wanted.keys(), by=by)
    for partner_id, partner in wanted.items():
        if partner_id not in reading:
            access.add_participation(
                compartment=item.compartment,
                partner=partner,
                ground=Ground.CONVENANT,
                reason=f"Uitgenodigd voor het overleg van {day_of(item.meeting):%d-%m-%Y}",
                until=_readable_until(item.meeting),
                by=by,
            )
    record(MeetingEvent.ITEM_OPENED, by=by, about=item, recipients=sorted(wanted))


def close_item(*, item: AgendaItem, by: User) -> None:
    """Only regie reads this item: it is off the agenda, or the meeting is cancelled."""
    _end_reading(item, keep=(), by=by)
    record(MeetingEvent.ITEM_CLOSED, by=by, about=item)


def _end_reading(item: AgendaItem, *, keep: Collection[int], by: User) -> set[int]:
    """End the participations of all but these partners. Returns who reads on."""
    reading = Participation.objects.visible_to(by).filter(compartment=item.compartment_id, ended_at=None)
    reads_on = set()
    for participation in reading.select_related("compartment").order_by("pk"):
        if participation.partner_id in keep:
            reads_on.add(participation.partner_id)
        else:
            access.end_participation(participation=participation, by=by)
    return reads_on


def _readable_until(meeting: Meeting) -> datetime:
    last = day_of(meeting) + timedelta(days=settings.AGENDA_ITEM_READING_DAYS + 1)
    return timezone.make_aware(datetime.combine(last, time()))


@transaction.atomic
def add(*, meeting: Meeting, case: Case, by: User) -> AgendaItem:
    """Put a case on the agenda by hand. Adding twice is adding once."""
    meeting = lock(meeting=meeting, by=by)
    permissions.check_can_add(by, meeting, case)
    item = _item_of(meeting, case, by)
    if item and item.slot.withdrawn_at is None:
        return item
    found = gather(meeting=meeting, by=by, case=case)
    known = found.candidates[0] if found.candidates else rules.Candidate(case.pk, _town(case))
    reasons = rules.reasons_of(known, day_of(meeting).year, is_by_hand=True)
    slots = on_agenda(meeting=meeting, by=by)
    if item is None:
        item = put_on(meeting=meeting, cases=[case], reasons={case.pk: reasons}, is_by_hand=True, by=by)[0]
    else:
        item.reasons, item.is_by_hand = reasons, True
        item.save(update_fields=["reasons", "is_by_hand"])
    item.slot.withdrawn_at, item.slot.is_withdrawn_by_hand = None, False
    write_order(slots=_with(slots, item, known, by), by=by)
    invite(items=[item], by=by)
    Omission.objects.visible_to(by).filter(meeting=meeting, case=case).update(withdrawn_at=timezone.now())
    if meeting.state == MeetingState.AGREED:
        open_item(item=item, by=by)
    record(MeetingEvent.ITEM_ADDED, by=by, about=item, meeting=meeting.pk)
    return item


def _item_of(meeting: Meeting, case: Case, by: User) -> AgendaItem | None:
    items = AgendaItem.objects.visible_to(by).filter(meeting=meeting, case=case)
    found: AgendaItem | None = items.select_related("slot", "case", "compartment", "meeting").first()
    return found


def on_agenda(*, meeting: Meeting, by: User) -> list[Slot]:
    """The slots that stand, in order; also those whose content this person cannot see."""
    return list(Slot.objects.filter(meeting=meeting, withdrawn_at=None).order_by("position", "pk"))


def _with(slots: list[Slot], item: AgendaItem, known: rules.Candidate, by: User) -> list[Slot]:
    """The slots with the new one at the end of its municipality."""
    items = AgendaItem.objects.visible_to(by).filter(slot__in=slots).select_related("case__municipality")
    breaks = {slot.pk for slot in slots if slot.is_break}
    order = [slot.pk for slot in slots]
    towns = towns_with_breaks(order, {i.slot_id: _town(i.case) for i in items}, breaks)
    by_id = {slot.pk: slot for slot in [*slots, item.slot]}
    newcomer = rules.Candidate(item.slot_id, known.town, known.facts)
    slot_of = {i.case_id: i.slot_id for i in [*items, item]}
    pairs = cases_together([i.case for i in [*items, item]], by)
    together = [frozenset(slot_of[pk] for pk in pair) for pair in pairs]
    return [by_id[pk] for pk in rules.insert(order, towns, [newcomer], together)]


def _town(case: Case) -> str:
    return str(case.municipality or rules.OUTSIDE)


@transaction.atomic
def remove(*, item: AgendaItem, by: User) -> None:
    """Take a point off the agenda by hand; a rebuild does not bring it back."""
    meeting = lock(meeting=item.meeting, by=by)
    permissions.check_can_change(by, meeting)
    item.slot.refresh_from_db()
    if item.slot.withdrawn_at:
        return
    item.slot.withdrawn_at, item.slot.is_withdrawn_by_hand = timezone.now(), True
    item.slot.save(update_fields=["withdrawn_at", "is_withdrawn_by_hand"])
    write_order(slots=on_agenda(meeting=meeting, by=by), by=by)
    kind = OmissionKind.BY_HAND
    leave_out(meeting=meeting, left_out={item.case: (kind, rules.left_out_words(kind))}, by=by)
    if meeting.state == MeetingState.AGREED:
        close_item(item=item, by=by)
    record(MeetingEvent.ITEM_REMOVED, by=by, about=item, meeting=meeting.pk)


def leave_out(*, meeting: Meeting, left_out: Mapping[Case, tuple[OmissionKind, str]], by: User) -> None:
    """Write why these cases are not on the agenda."""
    known = {o.case_id: o for o in Omission.objects.visible_to(by).filter(meeting=meeting)}
    new: list[Omission] = []
    changed: list[Omission] = []
    for case, (kind, reason) in left_out.items():
        row = known.get(case.pk) or Omission(compartment_id=case.room_id, meeting=meeting, case=case)
        row.kind, row.reason, row.withdrawn_at = kind, reason, None
        (changed if row.pk else new).append(row)
    Omission.objects.bulk_create(new)
    Omission.objects.bulk_update(changed, ["kind", "reason", "withdrawn_at"])


@transaction.atomic
def move(*, item: AgendaItem, up: bool, seen: int, by: User) -> None:
    """One place up or down. `seen` is the place where the page showed it: a second click on an old page does nothing."""
    meeting = lock(meeting=item.meeting, by=by)
    permissions.check_can_change(by, meeting)
    if move_slot(meeting=meeting, slot=item.slot, up=up, seen=seen, by=by):
        record(MeetingEvent.ITEM_MOVED, by=by, about=item, meeting=meeting.pk)


def move_slot(*, meeting: Meeting, slot: Slot, up: bool, seen: int, by: User) -> bool:
    """Whether it moved. The meeting is locked by who asks."""
    slots = on_agenda(meeting=meeting, by=by)
    here = next((n for n, one in enumerate(slots) if one.pk == slot.pk), None)
    if here is None or here + 1 != seen or not 0 <= (there := here + (-1 if up else 1)) < len(slots):
        return False
    slots[here], slots[there] = slots[there], slots[here]
    Slot.objects.filter(pk=slot.pk).update(moved_at=timezone.now())
    write_order(slots=slots, by=by)
    return True
