"""The agenda, the actions of a meeting and one point as PDF, made for who asks; and that point as a page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import Partner, User
from audit.log import record
from foundation.errors import NotPossible, allows
from meetings.documents import code_of, items_of, read_minutes
from meetings.events import MeetingEvent
from meetings.models import Addendum, AgendaItem, Meeting
from meetings.papers import Minutes
from meetings.permissions.series import check_may_prepare
from meetings.remark_queries import addenda_at
from meetings.rules.live import check_has_begun
from meetings.rules.minutes import check_can_extract
from meetings.sheets import print_sheet
from meetings.stranger_queries import check_names_no_stranger
from meetings.views import agenda_page as page


@require_GET
def agenda_sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For regie the whole agenda; for a partner its own points, and of the others a number and a time."""
    meeting = _meeting(request, uuid)
    part_for = _part_for(request.user, meeting)
    if part_for and not page.is_open_for_reading(meeting):
        raise NotPossible("De agenda is nog niet vastgesteld.")
    items = page.items_of(meeting, request.user)
    groups = page.group_points_of(meeting, request.user)
    texts = [text for item in items for text in (item.question, *item.reasons)]
    check_names_no_stranger(meeting, [*texts, *(point.question for point in groups)])
    record(
        MeetingEvent.SHEET_MADE, by=request.user, about=[*items, *groups], meeting=meeting.pk, sheet="agenda"
    )
    context = {
        "meeting": meeting,
        "lead": page.when(meeting),
        "part_for": part_for,
        "rows": page.rows_of(meeting, items, request.user),
        "group_points": groups,
    }
    return _pdf(request, "pdf/agenda.html", context, "Agenda", meeting)


@require_GET
def action_sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was agreed at a meeting: all of it for regie, for a partner of its own points."""
    meeting = _meeting(request, uuid)
    check_has_begun(meeting)
    part_for = _part_for(request.user, meeting)
    minutes = read_minutes(meeting, request.user, part_for=part_for)
    _check(meeting, minutes)
    items = items_of(meeting, request.user)
    record(MeetingEvent.SHEET_MADE, by=request.user, about=items, meeting=meeting.pk, sheet="actions")
    context = {"minutes": minutes, "part_for": part_for, "lead": minutes.lead}
    return _pdf(request, "pdf/actions.html", context, "Acties", meeting)


@require_GET
def extract(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the confirmed minutes say about one youth, for who may read that point."""
    item, minutes, addenda = _extract(request, uuid)
    record(MeetingEvent.MINUTES_VIEWED, by=request.user, about=item)
    context = {"item": item, "minutes": minutes, "point": minutes.points[0], "addenda": addenda}
    return render(request, "meetings/extract.html", context)


@require_GET
def extract_sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    item, minutes, addenda = _extract(request, uuid)
    record(MeetingEvent.SHEET_MADE, by=request.user, about=item, meeting=item.meeting_id, sheet="extract")
    context = {"minutes": minutes, "point": minutes.points[0], "lead": minutes.lead, "addenda": addenda}
    return _pdf(request, "pdf/extract.html", context, "Uittreksel", item.meeting)


def _extract(request: HttpRequest, uuid: UUID) -> tuple[AgendaItem, Minutes, list[Addendum]]:
    found = AgendaItem.objects.visible_to(request.user).on_agenda()
    related = found.select_related(
        "case__youth",
        "meeting__series",
        "meeting__started_by",
        "meeting__approved_by",
        "meeting__confirmed_by",
    )
    item: AgendaItem = get_object_or_404(related, uuid=uuid)
    check_can_extract(item.meeting)
    minutes = read_minutes(item.meeting, request.user, part_for=request.user.partner, only=item)
    _check(item.meeting, minutes)
    addenda = addenda_at([item], request.user)[item.pk]
    check_names_no_stranger(item.meeting, [one.text for one in addenda])
    return item, minutes, addenda


def _check(meeting: Meeting, minutes: Minutes) -> None:
    check_names_no_stranger(meeting, (text for point in minutes.points for text in point.texts()))


def _meeting(request: HttpRequest, uuid: UUID) -> Meeting:
    found = Meeting.objects.open_to(request.user).select_related(
        "series", "started_by", "approved_by", "confirmed_by"
    )
    meeting: Meeting = get_object_or_404(found, uuid=uuid)
    return meeting


def _part_for(user: User, meeting: Meeting) -> Partner | None:
    """Whose part it is; None for who leads, and has the whole."""
    return None if allows(check_may_prepare, user, meeting) else user.partner


def _pdf(
    request: HttpRequest, template: str, context: dict[str, Any], word: str, meeting: Meeting
) -> HttpResponse:
    code = code_of(meeting)
    context |= {"code": code, "word": word}
    content = print_sheet(template, context, title=f"{word} {code}", reader=request.user)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{word.lower()}-{code.lower()}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
