"""Everything that changes an agenda as a whole: making it from the data, and confirming it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.log import record
from cases.models import Case
from meetings.events import MeetingEvent
from meetings.models import (
    AgendaItem,
    ItemInvitation,
    Meeting,
    MeetingState,
    Omission,
    OmissionKind,
    Slot,
    Topic,
)
from meetings.operations import breaks, points
from meetings.operations.candidates import Gathered, gather
from meetings.permissions import agenda as permissions
from meetings.rules import agenda as rules
from meetings.rules.agenda import Candidate
from meetings.rules.breaks import minutes_of_breaks, towns_with_breaks
from meetings.rules.live import check_sees_everything
from meetings.rules.series import day_of
from meetings.tie_queries import cases_together


@dataclass
class _Board:
    """The agenda as it stands, sorted out against what was gathered."""

    meeting: Meeting
    by: User
    items: dict[int, AgendaItem]  # by case
    slots: list[Slot]  # on the agenda now, also those with content that `by` cannot see
    staying: list[AgendaItem] = field(default_factory=list)
    going: list[AgendaItem] = field(default_factory=list)
    newcomers: list[Candidate] = field(default_factory=list)
    left_out: dict[int, tuple[OmissionKind, str]] = field(default_factory=dict)
    breaks: list[Slot] = field(default_factory=list)  # all that there were

    @property
    def is_by_hand(self) -> bool:
        """Once the regisseur moved something, the order that stands is kept."""
        return any(slot.moved_at for slot in self.slots)

    @property
    def unseen(self) -> list[Slot]:
        """Points of which `by` sees no content. A break has none."""
        seen = {item.slot_id for item in self.items.values()}
        return [slot for slot in self.slots if slot.pk not in seen and not slot.is_break]


@transaction.atomic
def build_agenda(*, meeting: Meeting, by: User) -> Meeting:
    """Make the concept agenda from the data, or make it anew around what the regisseur changed by hand."""
    return store_agenda(meeting=meeting, gathered=gather(meeting=meeting, by=by), by=by)


@transaction.atomic
def store_agenda(*, meeting: Meeting, gathered: Gathered, by: User) -> Meeting:
    """All of the agenda or nothing of it. The same facts give the same agenda."""
    meeting = points.lock(meeting=meeting, by=by)
    permissions.check_can_build(by, meeting)
    board = _sort_out(_read(meeting, by), gathered)
    per_item = points.pace_of(meeting=meeting, by=by)
    on, over = rules.who_fits(board.newcomers, minutes_left=_minutes_left(board), per_item=per_item)
    for candidate in over:
        kind = OmissionKind.NO_TIME
        board.left_out[candidate.case_id] = (kind, rules.left_out_words(kind))
    _write_reasons(board, gathered)
    placed = [*board.staying, *_place(board, on, gathered)]
    _write_order(board, placed, on, gathered)
    points.invite(items=placed, by=by)
    _write_left_out(board, gathered)
    meeting.agenda_built_at = timezone.now()
    meeting.state = MeetingState.DRAFT
    meeting.save(update_fields=["agenda_built_at", "state"])
    record(MeetingEvent.AGENDA_BUILT, by=by, about=placed, meeting=meeting.pk, left_out=len(board.left_out))
    return meeting


def _read(meeting: Meeting, by: User) -> _Board:
    found = AgendaItem.objects.visible_to(by).filter(meeting=meeting)
    rows = found.select_related("slot", "case__municipality", "case__compartment").order_by("pk")
    slots, known = points.on_agenda(meeting=meeting, by=by), breaks.breaks_of(meeting=meeting, by=by)
    return _Board(meeting, by, {i.case_id: i for i in rows}, slots, breaks=known)


def _sort_out(board: _Board, gathered: Gathered) -> _Board:
    """What stays, what goes, what is new; the regisseur's own choices stay."""
    chosen = set(
        ItemInvitation.objects.visible_to(board.by)
        .filter(item__in=board.items.values(), is_by_hand=True)
        .values_list("item_id", flat=True)
    )
    candidates = {c.case_id for c in gathered.candidates}
    taken_off: set[int] = set()
    for case_id, item in board.items.items():
        at_table = item.case.closed_at is None and item.case.level == board.meeting.level
        is_by_hand = item.is_by_hand or bool(item.question) or item.pk in chosen
        if item.slot.is_withdrawn_by_hand:
            taken_off.add(case_id)
            if at_table:
                kind = OmissionKind.BY_HAND
                board.left_out[case_id] = (kind, rules.left_out_words(kind))
        elif item.slot.withdrawn_at is None:
            stays = at_table and (is_by_hand or case_id in candidates)
            (board.staying if stays else board.going).append(item)
    known = taken_off | {item.case_id for item in board.staying}
    board.newcomers = [c for c in gathered.candidates if c.case_id not in known]
    board.left_out |= {pk: why for pk, why in gathered.left_out.items() if pk not in known}
    return board


def _minutes_left(board: _Board) -> int:
    taken = [item.slot.minutes for item in board.staying] + [slot.minutes for slot in board.unseen]
    paused = minutes_of_breaks(board.meeting, board.breaks, is_by_hand=board.is_by_hand)
    return board.meeting.minutes - sum(taken) - paused


def _write_reasons(board: _Board, gathered: Gathered) -> None:
    known = {c.case_id: c for c in gathered.candidates}
    for item in board.staying:
        if candidate := known.get(item.case_id):
            item.reasons = _words(board, candidate, is_by_hand=item.is_by_hand)
        elif item.is_by_hand:
            item.reasons = [rules.BY_HAND]
    AgendaItem.objects.bulk_update(board.staying, ["reasons"])


def _words(board: _Board, candidate: Candidate, *, is_by_hand: bool = False) -> list[str]:
    return rules.reasons_of(candidate, day_of(board.meeting).year, is_by_hand=is_by_hand)


def _place(board: _Board, on: Iterable[Candidate], gathered: Gathered) -> list[AgendaItem]:
    """New items for who is new; the old item for who was taken off by an earlier build and is back."""
    back, new = [], []
    for candidate in on:
        if item := board.items.get(candidate.case_id):
            item.slot.withdrawn_at = None
            item.reasons = _words(board, candidate)
            back.append(item)
        else:
            new.append(candidate)
    AgendaItem.objects.bulk_update(back, ["reasons"])
    made = points.put_on(
        meeting=board.meeting,
        cases=[gathered.cases[c.case_id] for c in new],
        reasons={c.case_id: _words(board, c) for c in new},
        is_by_hand=False,
        by=board.by,
    )
    return back + made


def _write_order(board: _Board, placed: list[AgendaItem], on: list[Candidate], gathered: Gathered) -> None:
    """By municipality; or, once the regisseur moved something, the order that stands with the new ones put in."""
    for item in board.going:
        item.slot.withdrawn_at = timezone.now()
        item.slot.save(update_fields=["withdrawn_at"])
    rest = [*board.unseen, *(slot for slot in board.slots if slot.is_break)]
    slots = {item.case_id: item.slot for item in placed} | {-slot.pk: slot for slot in rest}
    towns = {item.case_id: str(item.case.municipality or rules.OUTSIDE) for item in placed}
    together = cases_together([item.case for item in placed], board.by)
    if board.is_by_hand:
        order = _kept_order(board, towns, on, together)
    else:
        known = {c.case_id: c for c in gathered.candidates}
        everybody = [known.get(pk) or Candidate(pk, town) for pk, town in towns.items()]
        order = [c.case_id for c in rules.in_order(everybody, together)] + [-slot.pk for slot in board.unseen]
    by_slot = {slots[key].pk: town for key, town in towns.items()}
    ordered = breaks.place(
        meeting=board.meeting,
        slots=[slots[key] for key in order],
        towns=by_slot,
        known=board.breaks,
        by=board.by,
    )
    points.write_order(slots=ordered, by=board.by)


def _kept_order(
    board: _Board, towns: dict[int, str], on: list[Candidate], together: rules.Pairs
) -> list[int]:
    """The order that stands, breaks too, with who is new in the own municipality."""
    gone = {item.slot_id for item in board.going}
    case_of = {item.slot_id: item.case_id for item in board.items.values()}
    standing = [case_of.get(s.pk, -s.pk) for s in board.slots if s.pk not in gone]
    pauses = {-slot.pk for slot in board.slots if slot.is_break}
    return rules.insert(standing, towns_with_breaks(standing, towns, pauses), on, together)


def _write_left_out(board: _Board, gathered: Gathered) -> None:
    cases: dict[int, Case] = {pk: item.case for pk, item in board.items.items()} | gathered.cases
    left_out = {cases[pk]: why for pk, why in board.left_out.items()}
    points.leave_out(meeting=board.meeting, left_out=left_out, by=board.by)
    over = Omission.objects.visible_to(board.by).standing().filter(meeting=board.meeting)
    over.exclude(case_id__in=board.left_out).update(withdrawn_at=timezone.now())


@transaction.atomic
def agree(*, meeting: Meeting, by: User) -> Meeting:
    """Confirm the agenda: from now on each invited partner reads its own items. Confirming twice is once."""
    meeting = points.lock(meeting=meeting, by=by)
    if meeting.state == MeetingState.AGREED:
        permissions.check_can_change(by, meeting)
        return meeting
    found = AgendaItem.objects.visible_to(by).filter(meeting=meeting).on_agenda()
    items = list(found.select_related("slot", "case", "compartment", "meeting"))
    away = [i for i in items if i.case.closed_at or i.case.level != meeting.level]
    topics = Topic.objects.standing().filter(meeting=meeting).count()
    permissions.check_can_agree(by, meeting, points=len(items) + topics, moved_away=len(away))
    check_sees_everything(items, points.on_agenda(meeting=meeting, by=by))
    points.invite(items=items, by=by)  # who left a case since the agenda was made is not let in
    for item in items:
        points.open_item(item=item, by=by)
    meeting.state, meeting.agreed_at, meeting.agreed_by = MeetingState.AGREED, timezone.now(), by
    meeting.save(update_fields=["state", "agreed_at", "agreed_by"])
    record(MeetingEvent.AGENDA_AGREED, by=by, about=items, meeting=meeting.pk)
    return meeting
