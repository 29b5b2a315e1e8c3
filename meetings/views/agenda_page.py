"""What the page of a meeting shows: put together here, so that the template only lays it out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import Partner, User
from accounts.roles import Level, Permission
from cases.models import Group, Signal
from foundation.errors import allows
from foundation.paging import count_up_to
from jobs.models import Job, State
from meetings.contribution_queries import readiness_of, unanswered
from meetings.forms.agenda import BreakForm
from meetings.models import (
    AgendaItem,
    Document,
    GroupPoint,
    ItemInvitation,
    Meeting,
    MeetingState,
    Omission,
    OmissionKind,
)
from meetings.permissions import agenda as permissions
from meetings.permissions.contributions import check_may_contribute
from meetings.permissions.series import check_may_prepare
from meetings.rules import agenda as rules
from meetings.rules.contributions import check_is_open
from meetings.rules.live import numbers_of, places_of
from meetings.rules.together import beside_words
from meetings.tasks import AGENDA
from meetings.tie_queries import ties_between

HIDDEN = "Besloten"
MOST_GROUPS = 12
KINDS = list(OmissionKind)


@dataclass
class Row:
    """One point: everybody sees its number and time; its content only who may read it. Or a break, without a number."""

    number: int
    starts_at: datetime
    minutes: int
    place: int  # among the points and breaks, from 1
    is_break: bool = False
    item: AgendaItem | None = None
    partners: list[Partner] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)  # who stands next to it and belongs with it
    has_left: bool = False  # the case is closed or at another level
    is_beyond: bool = False  # the time of the meeting is over before this point is done

    @property
    def town(self) -> str:
        return str(self.item.case.municipality or rules.OUTSIDE) if self.item else HIDDEN


@dataclass
class Block:
    """Points of one municipality after one another: who comes for them need only be there then."""

    town: str
    rows: list[Row]

    @property
    def starts_at(self) -> datetime:
        return self.rows[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return self.rows[-1].starts_at + timedelta(minutes=self.rows[-1].minutes)

    @property
    def first_number(self) -> int:
        return next((row.number for row in self.rows if not row.is_break), 1)


def when(meeting: Meeting) -> str:
    """Day, times and place, as a line under the title."""
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    words = f"{date_format(start, 'l j F Y')}, {start:%H:%M} tot {end:%H:%M} uur"
    words = words[0].upper() + words[1:]
    return f"{words}, {meeting.location}" if meeting.location else words


def items_of(meeting: Meeting, user: User) -> list[AgendaItem]:
    """The points of this meeting that this user may read, in order."""
    found = AgendaItem.objects.visible_to(user).filter(meeting=meeting).on_agenda()
    return list(found.select_related("slot", "case__youth", "case__municipality"))


def to_answer(meeting: Meeting, user: User) -> int | None:
    """At how many points this user's organisation still has to say something; None: nothing is asked of this user."""
    if not allows(check_may_contribute, user, meeting) or not allows(check_is_open, meeting):
        return None
    return unanswered(meeting, user)


def group_points_of(meeting: Meeting, user: User) -> list[GroupPoint]:
    """The groups on this agenda that this user reads."""
    found = GroupPoint.objects.visible_to(user).standing().filter(meeting=meeting)
    return list(found.select_related("group"))


def groups_to_put(meeting: Meeting, points: Sequence[GroupPoint], user: User) -> list[Group]:
    """The running groups of this table that are not yet on this agenda."""
    found = Group.objects.visible_to(user).open().filter(compartment__level=meeting.level)
    if meeting.series.municipality_id:
        found = found.filter(municipality=meeting.series.municipality_id)
    return list(
        found.exclude(pk__in=[point.group_id for point in points]).order_by("name", "pk")[:MOST_GROUPS]
    )


def rows_of(meeting: Meeting, items: Sequence[AgendaItem], user: User) -> list[Row]:
    """All points: with content for who may read it, nameless for the others."""
    by_slot = {item.slot_id: item for item in items}
    partners = defaultdict(list)
    invited = ItemInvitation.objects.visible_to(user).standing().filter(item__in=items)
    for invitation in invited.select_related("partner").order_by("partner__short_name"):
        partners[invitation.item_id].append(invitation.partner)
    rows, at = [], meeting.starts_at.astimezone(UTC)
    slots = places_of(meeting)
    numbers = numbers_of(slots)
    for place, slot in enumerate(slots, start=1):
        row = Row(numbers.get(slot.pk, 0), at, slot.minutes, place, slot.is_break, by_slot.get(slot.pk))
        row.is_beyond = at + timedelta(minutes=slot.minutes) > meeting.ends_at
        if row.item:
            row.partners = partners[row.item.pk]
            row.has_left = bool(row.item.case.closed_at) or row.item.case.level != meeting.level
        rows.append(row)
        at += timedelta(minutes=slot.minutes)
    return rows


def tell_beside(rows: Sequence[Row], user: User) -> list[Any]:
    """Say at each point who stands beside it because they belong together, and return the rows that say so.

    Only of two points that this reader sees, and on the ground of rows that this reader sees.
    """
    ties = ties_between([row.item.case.youth for row in rows if row.item], user)
    order = [row.item.case.youth if row.item else None for row in rows]
    for row, words in zip(rows, beside_words(order, ties.found), strict=True):
        row.beside = words
    return ties.rows


def blocks_of(rows: Sequence[Row]) -> list[Block]:
    blocks: list[Block] = []
    for row in rows:
        if blocks and (row.is_break or blocks[-1].town == row.town):
            blocks[-1].rows.append(row)
        else:
            blocks.append(Block(row.town, [row]))
    return blocks


def working_agenda(meeting: Meeting, user: User) -> dict[str, Any]:
    """The agenda as the regisseur works on it. `seen` are the records that the page shows."""
    items = items_of(meeting, user)
    rows = rows_of(meeting, items, user)
    told = tell_beside(rows, user)
    left_out = list(
        Omission.objects.visible_to(user)
        .standing()
        .filter(meeting=meeting, case__closed_at=None)
        .select_related("case__youth", "case__municipality")
        .order_by("case__municipality__name", "pk")
    )
    left_out.sort(key=lambda o: KINDS.index(o.kind))
    waiting = sum(o.kind == OmissionKind.NO_TIME for o in left_out)
    away = sum(row.has_left for row in rows)
    count = count_of(rows)
    hidden = count - len(items)
    group_points = group_points_of(meeting, user)
    return {
        "meeting": meeting,
        "blocks": blocks_of(rows),
        "count": count,
        "last_place": len(rows),
        "left_out": left_out,
        "triage": triage_count(meeting, user),
        "wanted": count + waiting,
        **_time_spent(meeting, rows, sum(point.minutes for point in group_points)),
        "may_change": allows(permissions.check_can_change, user, meeting),
        "may_build": allows(permissions.check_can_build, user, meeting),
        "may_agree": not hidden
        and allows(permissions.check_can_agree, user, meeting, points=count, moved_away=away),
        "hidden": hidden,
        "has_left": away,
        "when": when(meeting),
        "title": f"Agenda {meeting.series.name}",
        "state_kind": "info" if meeting.state == MeetingState.AGREED else "neutral",
        **_building(meeting, has_points=bool(rows)),
        "break_form": BreakForm(points=count, initial={"minutes": meeting.series.break_minutes or 15}),
        "group_points": group_points,
        "groups_to_put": groups_to_put(meeting, group_points, user),
        "invited": sorted({p for row in rows for p in row.partners}, key=str),
        "readiness": readiness_of(items, user) if allows(check_is_open, meeting) else None,
        "seen": [*items, *left_out, *group_points, *told],
    }


def count_of(rows: Sequence[Row]) -> int:
    """How many points there are: a break is none."""
    return sum(not row.is_break for row in rows)


def _time_spent(meeting: Meeting, rows: Sequence[Row], for_groups: int) -> dict[str, int]:
    """How many points fit, and the minutes of all. A break takes time from what comes after it."""
    spent, pause = [], 0
    for row in rows:
        if row.is_break:
            pause += row.minutes
        else:
            spent.append(pause + row.minutes)
            pause = 0
    total = sum(row.minutes for row in rows) + for_groups
    return {
        "fitting": rules.how_many_fit(spent, meeting.minutes - for_groups),
        "spent": total,
        "too_much": max(0, total - meeting.minutes),
    }


def _building(meeting: Meeting, *, has_points: bool) -> dict[str, str]:
    """When the agenda was made, and the words on the button that makes it."""
    if built := meeting.agenda_built_at:
        at = timezone.localtime(built)
        line = f"gemaakt op {date_format(at, 'j F')} om {at:%H:%M} uur"
        return {"built_line": line, "build_label": "Maak opnieuw", "build_kind": "secondary"}
    kind = "secondary" if has_points else "primary"
    return {"built_line": "", "build_label": "Maak de agenda", "build_kind": kind}


def next_step(meeting: Meeting, user: User) -> dict[str, str] | None:
    """Where this user goes from the page of a meeting that has begun or has been."""
    if allows(check_may_prepare, user, meeting):
        page, label = {
            MeetingState.RUNNING: ("meetings:live", "Ga verder met het overleg"),
            MeetingState.CLOSED: ("meetings:minutes", "Naar het conceptverslag"),
            MeetingState.CONFIRMED: ("meetings:minutes", "Naar het verslag"),
        }.get(MeetingState(meeting.state), ("", ""))
    else:
        has_part = Document.objects.visible_to(user).filter(meeting=meeting, partner=user.partner_id).exists()
        page, label = ("meetings:minutes", "Uw deel van het verslag") if has_part else ("", "")
        if meeting.state == MeetingState.RUNNING:
            page, label = "meetings:follow", "Volg het overleg"
        if meeting.state == MeetingState.CLOSED and items_of(meeting, user):
            page, label = "meetings:minutes", "Lees het conceptverslag"
    return {"url": reverse(page, args=[meeting.uuid]), "label": label} if page else None


def triage_count(meeting: Meeting, user: User) -> str:
    """Signals that wait for triage: not yet a case, so not yet on an agenda. Empty when there are none."""
    if meeting.level != Level.JPP or not user.may(Permission.SIGNAL_TRIAGE):
        return ""
    count = count_up_to(Signal.objects.visible_to(user).awaiting_triage())
    return "" if count == "0" else count


def last_job(meeting: Meeting, user: User) -> Job | None:
    """The last time this user asked for the agenda."""
    mine = Job.objects.filter(kind=AGENDA, subject_id=meeting.pk, asked_by=user)
    return mine.order_by("-asked_at").first()


def job_line(job: Job | None, meeting: Meeting) -> dict[str, Any]:
    """That work: still going, or gone wrong since the agenda was last made."""
    if job is None:
        return {"job": None, "problem": ""}
    went_wrong = job.state == State.FAILED and (
        meeting.agenda_built_at is None or job.asked_at > meeting.agenda_built_at
    )
    is_going = job.state in (State.WAITING, State.RUNNING)
    return {"job": job if is_going else None, "problem": job.problem if went_wrong else ""}


def is_open_for_reading(meeting: Meeting) -> bool:
    """Whether participants see the agenda: not while the regisseur is still making it."""
    return meeting.state not in (MeetingState.PLANNED, MeetingState.DRAFT, MeetingState.CANCELLED)


def is_past(meeting: Meeting) -> bool:
    return meeting.ends_at < timezone.now()
