"""What stands on the meeting screen: the agenda at the left, the youth in the middle. Material for views, no view."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from access.models import Participation
from accounts.models import Partner, RoleAssignment, User
from accounts.roles import Role
from cases.models import Action, ActionState, LevelChange, ToldSignal
from cases.queries import with_corrections
from meetings.contribution_queries import said_at
from meetings.documents import participants_of
from meetings.models import AgendaItem, Decision, GroupPoint, ItemPresence, Meeting, MeetingState
from meetings.permissions.series import check_may_prepare
from meetings.presence_queries import must_leave
from meetings.rules import clock, since
from meetings.rules.live import numbers_of, places_of
from meetings.rules.presence import Leaver, is_cleared
from meetings.views.agenda_page import group_points_of

OUTSIDE = "Buiten Parkstad"
NOW = "nu"
MANY = 30


@dataclass
class Row:
    """One place on the agenda as the leader sees it."""

    number: int
    item: AgendaItem | None
    minutes: int
    url: str = ""
    state: str = ""
    must_leave: list[Leaver] = field(default_factory=list)
    is_cleared: bool = False

    @property
    def is_closed(self) -> bool:
        """Somebody is at the table who may not even read the name of this youth."""
        return bool(self.must_leave) and not self.is_cleared

    is_break: bool = False


@dataclass
class Agenda:
    """The agenda with the item that is open now."""

    rows: list[Row]
    groups: list[tuple[str, list[Row]]] = field(default_factory=list)
    current: Row | None = None
    group_points: list[GroupPoint] = field(default_factory=list)

    @property
    def seen(self) -> list[AgendaItem | GroupPoint]:
        """All that this page shows something of."""
        return [*self.items, *self.group_points]

    @property
    def items(self) -> list[AgendaItem]:
        return [row.item for row in self.rows if row.item]

    @property
    def total(self) -> int:
        return sum(not row.is_break for row in self.rows)

    @property
    def decided(self) -> int:
        return sum(item.is_decided for item in self.items)

    @property
    def next_open(self) -> Row | None:
        """Where to go on: the first item that was not discussed, else the first without a decision."""
        seen = [row for row in self.rows if row.item]
        not_yet = [row for row in seen if not row.item.discussed_at]
        return next(iter(not_yet or [row for row in seen if not row.item.is_decided]), None)

    def url_of(self, uuid: str) -> str:
        """The address of the point with this number; empty when it is not (or no longer) in sight."""
        return next((row.url for row in self.rows if row.item and str(row.item.uuid) == uuid), "")

    @property
    def pause_next(self) -> int:
        """How many minutes of break come between this point and the next one; 0: none."""
        if self.current is None:
            return 0
        later = self.rows[self.rows.index(self.current) + 1 :]
        return sum(row.minutes for row in takewhile(lambda row: row.is_break, later))

    def beside(self, step: int) -> str:
        """The address of the item before (-1) or after (+1) the current one; empty at the ends."""
        found = self._beside(step)
        return found.url if found else ""

    @property
    def leaving_next(self) -> list[Leaver]:
        """Who must leave the table for the next point, to say so in time."""
        found = self._beside(+1)
        return found.must_leave if found and not (found.item and found.item.discussed_at) else []

    def _beside(self, step: int) -> Row | None:
        seen = [row for row in self.rows if row.item]
        place = seen.index(self.current) + step if self.current else -1
        return seen[place] if 0 <= place < len(seen) else None


def meeting_to_lead(user: User, uuid: Any) -> Meeting:
    """The meeting, for who leads it: 404 for who does not know it, refused for who only attends."""
    found = Meeting.objects.open_to(user).select_related(
        "series", "started_by", "closed_by", "approved_by", "confirmed_by"
    )
    meeting: Meeting = get_object_or_404(found, uuid=uuid)
    check_may_prepare(user, meeting)
    return meeting


def line_of(meeting: Meeting) -> str:
    """Where the live process tells that this meeting changed; empty without one."""
    return f"{settings.LIVE_URL}{meeting.uuid}/" if settings.LIVE_URL else ""


def agenda_of(user: User, meeting: Meeting, current: AgendaItem | None = None) -> Agenda:
    """All places with what this user may see in them. Ask for `current` to know where we are."""
    slots = places_of(meeting)
    found = AgendaItem.objects.visible_to(user).filter(meeting=meeting).on_agenda().with_decided()
    items = {i.slot_id: i for i in found.select_related("case__youth__municipality", "case__municipality")}
    rows = []
    numbers = numbers_of(slots)
    is_running = meeting.state == MeetingState.RUNNING
    leaving = must_leave(list(items.values()), meeting, user) if is_running else {}
    for slot in slots:
        item = items.get(slot.pk)
        row = Row(numbers.get(slot.pk, 0), item, slot.minutes, is_break=slot.is_break)
        if item:
            row.url = reverse("meetings:live_item", kwargs={"uuid": meeting.uuid, "item": item.uuid})
            row.must_leave, row.is_cleared = leaving.get(item.pk, []), is_cleared(item, meeting)
            row.state = _state(item, is_current=current is not None and item.pk == current.pk)
        rows.append(row)
    agenda = Agenda(rows, _by_town(rows))
    agenda.group_points = group_points_of(meeting, user)
    agenda.current = next((row for row in rows if current and row.item and row.item.pk == current.pk), None)
    return agenda


def clock_shown(meeting: Meeting, agenda: Agenda) -> dict[str, Any]:
    """The clock while the meeting runs; nothing before and after."""
    if meeting.state != MeetingState.RUNNING or meeting.started_at is None or agenda.current is None:
        return {}
    points = [
        clock.Point(row.minutes, row.item.discussed_at if row.item else None, row.is_break)
        for row in agenda.rows
    ]
    found = clock.clock_of(meeting.started_at, points, agenda.rows.index(agenda.current))
    return {
        "clock": found,
        "clock_words": found.point_words(timezone.now()),
        "clock_left": "|".join(clock.LEFT),
        "clock_over": "|".join(clock.OVER),
    }


def about(user: User, meeting: Meeting, item: AgendaItem) -> dict[str, Any]:
    """What the table needs to know of one youth: who, why here, what changed, what runs, who takes part."""
    case, today = item.case, timezone.localdate()
    earlier = AgendaItem.objects.visible_to(user).filter(
        case=case,
        meeting__starts_at__lt=meeting.starts_at,
        discussed_at__isnull=False,
        slot__withdrawn_at=None,
    )
    previous = earlier.select_related("meeting").order_by("-meeting__starts_at").first()
    moment = since.since_of(previous)
    told = with_corrections(ToldSignal.objects.visible_to(user).filter(case=case), user)
    told = told.filter(Q(told_at__gt=moment) | Q(corrections__made_at__gt=moment)).distinct()
    actions = Action.objects.visible_to(user).filter(case=case)
    ended = actions.filter(ended_at__gt=moment).exclude(state=ActionState.WITHDRAWN)
    changes = LevelChange.objects.visible_to(user).filter(case=case)
    running = actions.running().exclude(agreed_at_item__item=item).order_by("due_on", "pk")
    decisions = Decision.objects.visible_to(user).filter(item=previous, withdrawn_at=None)
    said = said_at([item], user)[item.pk]
    return {
        "previous": previous,
        "entries": since.entries(
            told=told.select_related("source").order_by("-told_at")[:MANY],
            actions=ended.select_related("owner_partner").order_by("-ended_at")[:MANY],
            changes=changes.filter(Q(proposed_at__gt=moment) | Q(decided_at__gt=moment)),
            decisions=decisions.select_related("level_change", "casusregisseur") if previous else [],
        ),
        "running": [
            (action, since.action_badge(action, today))
            for action in running.select_related("owner_partner", "owner_person")[:MANY]
        ],
        "contributions": [one for one in said if not one.is_for_regie],
        "for_regie": [one for one in said if one.is_for_regie],
        "presences": presences_of(user, item),
        "age": case.youth.age_on(today),
    }


def invited_to(user: User, item: AgendaItem) -> list[Partner]:
    """The organisations that sit at the table for this point, by name."""
    return [row.partner for row in participants_of([item.compartment_id], user.session_keys())]


def presences_of(user: User, item: AgendaItem) -> list[tuple[Partner, ItemPresence | None]]:
    """Who was invited, each with what is written down of its being there."""
    seen = {row.partner_id: row for row in ItemPresence.objects.visible_to(user).filter(item=item)}
    return [(partner, seen.get(partner.pk)) for partner in invited_to(user, item)]


def owners_of(user: User, item: AgendaItem) -> dict[Partner, list[User]]:
    """Who can take on an action: the partners in the room of the case, and their people at this table."""
    rows = Participation.objects.visible_to(user).active().filter(compartment=item.case.room_id)
    partners = [row.partner for row in rows.select_related("partner").order_by("partner__short_name")]
    held = RoleAssignment.objects.active().filter(
        role=Role.DEELNEMER, level=item.case.level, user__partner__in=partners
    )
    people: dict[int, dict[int, User]] = {partner.pk: {} for partner in partners}
    for row in held.select_related("user").order_by("user__last_name", "user__first_name"):
        people[row.user.partner_id][row.user_id] = row.user
    return {partner: list(people[partner.pk].values()) for partner in partners}


def next_time(meeting: Meeting) -> date:
    """When an action is due if nobody says otherwise: the next meeting of the series."""
    today = timezone.localdate()
    later = Meeting.objects.coming().filter(series=meeting.series, starts_at__gt=meeting.starts_at)
    for moment in later.order_by("starts_at").values_list("starts_at", flat=True)[:1]:
        return max(timezone.localdate(moment), today)
    return today + timedelta(weeks=meeting.series.every_weeks)


def _state(item: AgendaItem, *, is_current: bool) -> str:
    if is_current:
        return NOW
    if item.is_decided:
        return "besloten"
    return "besproken" if item.discussed_at else ""


def _by_town(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """The rows in blocks of one municipality; a break stays with the point before it."""
    blocks: list[tuple[str, list[Row]]] = []
    for row in rows:
        if blocks and (row.is_break or blocks[-1][0] == _town(row)):
            blocks[-1][1].append(row)
        else:
            blocks.append((_town(row), [row]))
    return blocks


def _town(row: Row) -> str:
    if row.item is None:
        return ""
    return str(row.item.case.municipality or row.item.case.youth.municipality or OUTSIDE)
