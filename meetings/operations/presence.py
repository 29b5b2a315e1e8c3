"""Who is at the table: of the meeting, and for one point, which opens when nobody is there who may not hear it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Partner, User
from audit.log import record
from foundation.errors import NotPossible, Stale
from meetings.documents import participants_of
from meetings.events import MeetingEvent
from meetings.models import AgendaItem, Attendance, ItemPresence, Meeting, MeetingState, Presence
from meetings.operations.live import hold, hold_item
from meetings.operations.points import write_order
from meetings.permissions.live import check_can_correct, check_can_write
from meetings.presence_queries import must_leave
from meetings.rules import presence as rules
from meetings.rules.live import places_of


@dataclass(frozen=True)
class Seen:
    """Whether a partner was there, and who sat there. `before`: the mark of what was on the screen; None for who saw none."""

    partner: Partner
    presence: Presence
    people: str = ""
    before: str | None = None


@transaction.atomic
def note_attendance(*, meeting: Meeting, seen: Iterable[Seen], by: User) -> int:
    """Write down who is there. Only what differs is written; returns how much that was.

    Points that were discussed follow, unless somebody corrected them there; a point that was opened is shut again
    for a look at who must leave. Raises Stale, with the changed rows, when somebody else wrote one of them meanwhile.
    """
    meeting = hold(meeting=meeting, by=by)
    check_can_correct(by, meeting)
    known = {row.partner_id: row for row in meeting.attendances.select_related("partner")}
    changed = [s for s in seen if not _is_same(known.get(s.partner.pk), s)]
    if theirs := [known[s.partner.pk] for s in changed if _is_overtaken(known.get(s.partner.pk), s)]:
        raise Stale(
            f"Intussen door een ander gewijzigd: {_in_words(theirs)}. Slaat u nog eens op, dan geldt wat u hier ziet.",
            current=theirs,
        )
    for one in changed:
        Attendance.objects.update_or_create(
            meeting=meeting,
            partner=one.partner,
            defaults={"presence": one.presence, "people": one.people},
        )
    if changed:
        Meeting.objects.filter(pk=meeting.pk).update(seated_at=Now())
        items = AgendaItem.objects.visible_to(by).filter(meeting=meeting).exclude(discussed_at=None)
        _follow(list(items.select_related("case")), changed, meeting, by)
        partners = sorted(one.partner.pk for one in changed)
        record(MeetingEvent.ATTENDANCE_NOTED, by=by, about=meeting, partners=partners)
    return len(changed)


def _is_same(known: Attendance | None, seen: Seen) -> bool:
    return known is not None and (known.presence, known.people) == (seen.presence, seen.people)


def _is_overtaken(known: Attendance | None, seen: Seen) -> bool:
    return known is not None and seen.before is not None and seen.before != known.mark


def _in_words(rows: Iterable[Attendance]) -> str:
    return "; ".join(
        f"{row.partner} is {row.get_presence_display().lower()}{f' ({row.people})' if row.people else ''}"
        for row in rows
    )


def _follow(discussed: list[AgendaItem], changed: list[Seen], meeting: Meeting, by: User) -> None:
    """What was noted of the whole meeting, at the points that were discussed before."""
    away = must_leave(discussed, meeting, by)
    said = {one.partner.pk: one for one in changed if not one.presence.is_turn}
    rows = ItemPresence.objects.visible_to(by).filter(item__in=discussed, is_by_hand=False)
    for row in rows.filter(partner__in=said).select_related("partner"):
        one = said[row.partner_id]
        row.is_present, row.noted_by = one.presence.was_here, by
        row.people = _people(one.people, row.partner, row.is_present, away[row.item_id])
        row.save(update_fields=["is_present", "people", "noted_by"])
    here = {s.partner.pk: (s.presence.was_here, s.people) for s in changed}
    _write(dict.fromkeys(discussed, here), away, by)


@transaction.atomic
def clear(*, item: AgendaItem, by: User, seen: str | None = None) -> None:
    """Who leads says that everybody who may not hear this point has left the table: it opens. Twice is once.

    `seen`: who had to leave when the page was read. Raises NotPossible when that are others now.
    """
    item = hold_item(item=item, by=by)
    check_can_write(by, item.meeting)
    gone = must_leave([item], item.meeting, by)[item.pk]
    if seen is not None and seen != rules.in_words(gone):
        raise NotPossible("Er kwam of ging iemand. Kijk nog eens wie van tafel gaat.")
    if not rules.is_cleared(item, item.meeting):
        AgendaItem.objects.filter(pk=item.pk).update(cleared_at=Now(), cleared_by=by)
        Meeting.objects.filter(pk=item.meeting_id).update(at_slot=item.slot_id)
        record(MeetingEvent.ITEM_CLEARED, by=by, about=item, left=len(gone))


@transaction.atomic
def move_to_end(*, item: AgendaItem, by: User) -> None:
    """Discuss this point last, so that who may not hear it need not come back. Last already is nothing to do."""
    item = hold_item(item=item, by=by)
    check_can_write(by, item.meeting)
    if item.discussed_at:
        raise NotPossible("Dit punt is al besproken.")
    slots = places_of(item.meeting)
    ordered = sorted(slots, key=lambda slot: slot.pk == item.slot_id)
    if ordered != slots:
        write_order(slots=ordered, by=by)
        record(MeetingEvent.ITEM_LATER, by=by, about=item)


@transaction.atomic
def note_presence(
    *, item: AgendaItem, present: Collection[Partner], by: User, seen: Collection[Partner] | None = None
) -> None:
    """Say who of the invited organisations was at the table for this point; from now on that stands.

    `seen`: who was there according to the screen. Raises Stale, with the keys of who is there, when somebody else wrote
    otherwise since. What our own decision wrote down meanwhile is no somebody else.
    """
    item = hold_item(item=item, by=by)
    check_can_correct(by, item.meeting)
    there = {partner.pk for partner in present}
    invited = {
        row.partner_id: row.partner for row in participants_of([item.compartment_id], by.session_keys())
    }
    rows = list(ItemPresence.objects.visible_to(by).filter(item=item, partner__in=invited))
    shown = None if seen is None else {partner.pk for partner in seen}
    stands = {row.partner_id for row in rows if row.is_present}
    if shown is not None and any(_is_changed(row, shown, there, by) for row in rows):
        theirs = ", ".join(str(partner) for pk, partner in invited.items() if pk in stands)
        raise Stale(
            f"Intussen is opgeschreven wie er was: {theirs or 'niemand'}. Slaat u nog eens op, dan geldt wat u aanvinkte.",
            current=stands,
        )
    by_hand = {row.partner_id: row.is_present for row in rows if row.is_by_hand}
    changed = [pk for pk in invited if by_hand.get(pk) != (pk in there)]
    for pk in changed:
        said = {"is_present": pk in there, "is_by_hand": True, "noted_by": by}
        ItemPresence.objects.update_or_create(
            item=item,
            partner_id=pk,
            defaults={**said, "noted_at": Now()},
            create_defaults={**said, "compartment_id": item.compartment_id},
        )
    if changed:
        record(MeetingEvent.PRESENCE_NOTED, by=by, about=item, partners=sorted(changed))


def _is_changed(row: ItemPresence, shown: Collection[int], there: Collection[int], by: User) -> bool:
    """Written by somebody else since the page was read, and not the same as what is sent now."""
    is_news = row.is_present != (row.partner_id in shown) and row.is_present != (row.partner_id in there)
    return is_news and (row.is_by_hand or row.noted_by_id != by.pk)


def take_presence(*, item: AgendaItem, by: User) -> None:
    """Write down who sits here now, of whom the attendance is known."""
    attended = item.meeting.attendances.all()
    here = {row.partner_id: (Presence(row.presence).is_here, row.people) for row in attended}
    if here:
        _write({item: here}, must_leave([item], item.meeting, by), by)


def _people(people: str, partner: Partner, is_present: bool, away: Collection[rules.Leaver]) -> str:
    """Who sat there. Nobody is named of an organisation of which somebody had to leave: it may be that one."""
    had_to_leave = any(one.person and one.partner == str(partner) for one in away)
    return people if is_present and not had_to_leave else ""


def _write(
    seen: Mapping[AgendaItem, Mapping[int, tuple[bool, str]]],
    away: Mapping[int, Collection[rules.Leaver]],
    by: User,
) -> None:
    """By point and organisation: there or not, and who. Only who was invited, and what is not written down yet."""
    known = set(
        ItemPresence.objects.visible_to(by).filter(item__in=seen).values_list("item_id", "partner_id")
    )
    points = {item.compartment_id: item for item in seen}
    new = []
    for row in participants_of(points, by.session_keys()):
        item = points[row.compartment_id]
        found = seen[item].get(row.partner_id)
        if found is not None and (item.pk, row.partner_id) not in known:
            is_present, people = found
            new.append(
                ItemPresence(
                    compartment_id=item.compartment_id,
                    item=item,
                    partner_id=row.partner_id,
                    is_present=is_present,
                    people=_people(people, row.partner, is_present, away[item.pk]),
                    noted_by=by,
                )
            )
    ItemPresence.objects.bulk_create(new)


def check_is_cleared(*, item: AgendaItem, by: User) -> None:
    """Raises NotPossible while somebody is at the table who may not hear this point."""
    if item.meeting.state == MeetingState.RUNNING and not rules.is_cleared(item, item.meeting):
        rules.check_is_cleared(must_leave([item], item.meeting, by)[item.pk])
