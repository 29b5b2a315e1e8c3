"""The meeting while it runs: begin, who is there, where we are, close."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Partner
from audit.log import record
from foundation.errors import NotPossible, Stale, allows
from foundation.forms import refuse
from foundation.http import go_to
from meetings.documents import participants_of
from meetings.events import MeetingEvent
from meetings.forms.live import AttendanceForm
from meetings.models import AgendaItem, Attendance, Meeting, MeetingState
from meetings.operations import live as operations
from meetings.operations import presence
from meetings.permissions.live import check_can_correct, check_can_start, check_can_write
from meetings.rules.live import NEEDS_ACTION, check_sees_everything, places_of, undecided
from meetings.views.deputies import deputies_of
from meetings.views.screen import Agenda, agenda_of, meeting_to_lead

NOT_YET = (MeetingState.PLANNED, MeetingState.DRAFT, MeetingState.CANCELLED)


@require_GET
def live(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Where we are: begin, go on, attendance, close."""
    meeting = meeting_to_lead(request.user, uuid)
    if meeting.state in NOT_YET:
        check_can_start(request.user, meeting)  # says why not
    return _screen(request, meeting)


def _screen(
    request: HttpRequest, meeting: Meeting, form: AttendanceForm | None = None, status: int = 200
) -> HttpResponse:
    agenda = agenda_of(request.user, meeting)
    record(MeetingEvent.LIVE_VIEWED, by=request.user, about=agenda.seen)
    context = {
        "meeting": meeting,
        "agenda": agenda,
        "next_open": agenda.next_open,
        "next_open_number": str(agenda.next_open.number) if agenda.next_open else "",
        "open_rows": _open_rows(agenda),
        "leaving_rows": [row for row in agenda.rows if row.must_leave],
        "attendance_form": form or _attendance_form(request, meeting, agenda),
        "may_start": allows(check_can_start, request.user, meeting),
        "may_write": allows(check_can_write, request.user, meeting),
        "may_correct": allows(check_can_correct, request.user, meeting),
    }
    page = "meetings/live_partners.html" if meeting.is_with_partners else "meetings/live.html"
    return render(request, page, context, status=status)


@require_POST
def live_start(request: HttpRequest, uuid: Any) -> HttpResponse:
    meeting = operations.start(meeting=meeting_to_lead(request.user, uuid), by=request.user)
    agenda = agenda_of(request.user, meeting)
    return go_to(request, agenda.next_open.url) if agenda.next_open else go_to(request, "meetings:live", uuid)


@require_POST
def live_names(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Hide or show the names on this screen, for the beamer. Kept in the session: only a choice, nothing of a youth."""
    meeting = meeting_to_lead(request.user, uuid)
    wanted = request.POST.get("hides") or ("nee" if request.session.get("hides_names") else "ja")
    request.session["hides_names"] = wanted == "ja"
    if request.htmx:
        return HttpResponse(status=204)
    item = agenda_of(request.user, meeting).url_of(request.POST.get("item", ""))
    return go_to(request, item or reverse("meetings:live", args=[meeting.uuid]))


@require_POST
def live_attendance(request: HttpRequest, uuid: Any) -> HttpResponse:
    meeting = meeting_to_lead(request.user, uuid)
    agenda = agenda_of(request.user, meeting)
    form = _attendance_form(request, meeting, agenda, request.POST)
    if not form.is_valid():
        return _refused(request, meeting, form, 400)
    try:
        presence.note_attendance(meeting=meeting, seen=form.seen(), by=request.user)
    except Stale as stale:
        told = {row.partner_id for row in stale.current}
        return _refused(request, meeting, form, refuse(form, stale), told)
    except NotPossible as no:
        return _refused(request, meeting, form, refuse(form, no))
    messages.success(request, "De aanwezigheid is opgeslagen.")
    return go_to(request, "meetings:live", uuid)


def _refused(
    request: HttpRequest, meeting: Meeting, form: AttendanceForm, status: int, told: Collection[int] = ()
) -> HttpResponse:
    form.look_again({row.partner_id: row for row in meeting.attendances.all()}, told)
    return _screen(request, meeting, form, status)


@require_http_methods(["GET", "POST"])
def live_close(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Close, or say which points still need a decision."""
    meeting = meeting_to_lead(request.user, uuid)
    problem, status = "", 200
    if request.method == "POST":
        try:
            operations.close(meeting=meeting, by=request.user)
            messages.success(request, "Het overleg is gesloten. Lees het conceptverslag na.")
            return go_to(request, "meetings:minutes", uuid)
        except NotPossible as no:
            problem, status = no.reason, no.status
    else:
        check_can_write(request.user, meeting)
    agenda = agenda_of(request.user, meeting)
    record(MeetingEvent.LIVE_VIEWED, by=request.user, about=agenda.seen)
    form = _attendance_form(request, meeting, agenda)
    seen = {row.partner_id for row in meeting.attendances.all()}
    context = {
        "meeting": meeting,
        "agenda": agenda,
        "problem": problem,
        "open_rows": _open_rows(agenda),
        "idle_rows": _idle_rows(request, meeting, agenda),
        "open_groups": [point for point in agenda.group_points if not point.outcome],
        "may_close": not undecided(agenda.items) and allows(_sees_everything, meeting, agenda),
        "not_seen": [partner.name for partner in form.partners if partner.pk not in seen],
    }
    return render(request, "meetings/live_close.html", context, status=status)


def _sees_everything(meeting: Meeting, agenda: Agenda) -> None:
    check_sees_everything(agenda.items, places_of(meeting))


def _open_rows(agenda: Agenda) -> list[Any]:
    """The places without a decision, as far as they can be seen."""
    return [row for row in agenda.rows if row.item and not row.item.is_decided]


def _idle_rows(request: HttpRequest, meeting: Meeting, agenda: Agenda) -> list[Any]:
    """The places where something was decided that somebody has to do, and nobody said who."""
    idle = AgendaItem.objects.visible_to(request.user).filter(meeting=meeting).on_agenda()
    slots = set(idle.decided_without_action(NEEDS_ACTION).values_list("slot_id", flat=True))
    return [row for row in agenda.rows if row.item and row.item.slot_id in slots]


def _attendance_form(
    request: HttpRequest, meeting: Meeting, agenda: Agenda, data: Any = None
) -> AttendanceForm:
    """Everybody who was invited to an item or has a fixed seat, and who was already written down."""
    known: dict[int, Attendance] = {
        row.partner_id: row for row in meeting.attendances.select_related("partner")
    }
    standing = list(
        meeting.series.standing_participants.filter(ended_at=None).select_related("partner", "person")
    )
    compartments = [item.compartment_id for item in agenda.items]
    partners: dict[int, Partner] = {row.partner_id: row.partner for row in known.values()}
    partners |= {row.partner_id: row.partner for row in standing}
    partners |= {
        row.partner_id: row.partner for row in participants_of(compartments, request.user.session_keys())
    }
    expected = {row.partner_id: str(row.person) for row in standing if row.person}
    ordered = sorted(partners.values(), key=lambda partner: partner.name)
    return AttendanceForm(ordered, known, expected, data, deputies=deputies_of(standing))
