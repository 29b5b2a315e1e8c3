"""Which calendars are not right any more; marked first, sent after that is committed."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from access.queries import regisseurs_of
from accounts.models import RoleAssignment, User
from accounts.roles import Role
from audit.log import record
from meetings.events import MeetingEvent
from meetings.models import (
    Absence,
    CalendarNotice,
    Deputy,
    ItemInvitation,
    Meeting,
    MeetingState,
    SeriesKind,
    StandingParticipant,
)
from meetings.rules.notices import LOOK_AHEAD, Notice, Sent, facts_of, next_notice


@dataclass(frozen=True)
class Letter:
    """One mail to send."""

    meeting: Meeting
    person: User
    notice: Notice


@transaction.atomic
def claim(*, by: User) -> list[Letter]:
    """What must be sent now, written down as sent: each is returned once."""
    now = timezone.now()
    coming = Meeting.objects.open_to(by).filter(starts_at__gt=now, starts_at__lte=now + LOOK_AHEAD)
    meetings = list(
        coming.select_for_update(of=("self",)).select_related("series").order_by("starts_at", "pk")
    )
    seats = _seats(meetings, by)
    rows = CalendarNotice.objects.filter(meeting__in=meetings).select_related("person")
    sent = {(row.meeting_id, row.person_id): row for row in rows}
    letters = []
    for meeting in meetings:
        people = {person.pk: person for person in seats[meeting.pk]}
        known = {row.person_id: row.person for row in sent.values() if row.meeting_id == meeting.pk}
        for pk, person in sorted((known | people).items()):
            is_off = meeting.state == MeetingState.CANCELLED or pk not in people
            if notice := _next(meeting, sent.get((meeting.pk, pk)), is_off=is_off):
                letters.append(Letter(meeting, person, notice))
    _mark(letters, by)
    return letters


def _next(meeting: Meeting, row: CalendarNotice | None, *, is_off: bool) -> Notice | None:
    before = Sent(row.sequence, row.facts, row.is_cancelled) if row else None
    facts = facts_of(meeting.starts_at, meeting.minutes, meeting.location, meeting.video_url)
    return next_notice(before, facts, is_off=is_off)


def _mark(letters: list[Letter], by: User) -> None:
    for letter in letters:
        notice = letter.notice
        CalendarNotice.objects.update_or_create(
            meeting=letter.meeting,
            person=letter.person,
            defaults={
                "sequence": notice.sequence,
                "facts": notice.facts,
                "is_cancelled": notice.is_cancelled,
                "sent_at": timezone.now(),
            },
        )
    for meeting in dict.fromkeys(letter.meeting for letter in letters):
        count = sum(letter.meeting == meeting for letter in letters)
        record(MeetingEvent.CALENDARS_SENT, by=by, about=meeting, people=count)


def _seats(meetings: list[Meeting], by: User) -> dict[int, list[User]]:
    """Who belongs at each meeting: regie, and of a seat the fixed person, or who comes instead, or all deelnemers."""
    found_seats = StandingParticipant.objects.filter(series__in={m.series_id for m in meetings})
    standing = list(found_seats.filter(ended_at=None).select_related("person"))
    by_series: dict[int, list[StandingParticipant]] = defaultdict(list)
    for seat in standing:
        by_series[seat.series_id].append(seat)
    at_table = _deelnemers({seat.partner_id for seat in standing})
    deputies, away = _deputies(standing), _away(meetings)
    at_once = _called(meetings, by)
    found: dict[int, list[User]] = {}
    leads: dict[tuple[int, int | None], list[User]] = {}
    for meeting in meetings:
        where = meeting.level, meeting.series.municipality_id
        if where not in leads:
            leads[where] = regisseurs_of(*where)
        people = [*leads[where], *at_once[meeting.pk]]
        for seat in by_series[meeting.series_id]:
            seated = at_table[seat.partner_id, meeting.level]
            if seat.person and (meeting.pk, seat.pk) in away:
                people += [person for person in seated if person.pk in deputies[seat.pk]]
            else:
                people += [seat.person] if seat.person else seated
        found[meeting.pk] = [person for person in people if person.email and person.is_active]
    return found


def _deputies(seats: list[StandingParticipant]) -> dict[int, set[int]]:
    """Who comes instead, by seat. Who has no role at that table any more is not among them: see who asks."""
    found: dict[int, set[int]] = defaultdict(set)
    for seat, person in Deputy.objects.filter(seat__in=seats, ended_at=None).values_list("seat", "person"):
        found[seat].add(person)
    return found


def _away(meetings: list[Meeting]) -> set[tuple[int, int]]:
    """The meetings and seats of which the fixed person does not come."""
    noted = Absence.objects.filter(meeting__in=meetings, withdrawn_at=None)
    return set(noted.values_list("meeting", "seat"))


def _called(meetings: list[Meeting], by: User) -> dict[int, list[User]]:
    """Who was called to a spoedoverleg: everybody at the table of the organisations that were chosen."""
    urgent = [m.pk for m in meetings if m.series.kind == SeriesKind.URGENT]
    chosen = ItemInvitation.objects.visible_to(by).standing().filter(item__meeting__in=urgent)
    pairs = set(chosen.values_list("item__meeting_id", "item__meeting__level", "partner_id"))
    seats = _deelnemers({partner for _, _, partner in pairs})
    called: dict[int, list[User]] = defaultdict(list)
    for meeting, level, partner in sorted(pairs):
        called[meeting] += seats[partner, level]
    return called


def _deelnemers(partner_ids: set[int]) -> dict[tuple[int, int | None], list[User]]:
    """Who sits at a table for these organisations, by organisation and level."""
    held = RoleAssignment.objects.active().filter(role=Role.DEELNEMER, user__partner__in=partner_ids)
    found: dict[tuple[int, int | None], list[User]] = defaultdict(list)
    for row in held.select_related("user").order_by("user_id"):
        found[row.user.partner_id, row.level].append(row.user)
    return found
