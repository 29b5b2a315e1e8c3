"""The agenda of a meeting: reading it, and for the regisseur making, changing and confirming it."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.models import Participation
from accounts.models import Partner
from audit.log import record
from cases.models import Case
from foundation.errors import NotPossible, Stale, allows
from foundation.forms import refuse
from foundation.http import go_to, sent
from jobs import operations as jobs
from jobs.tasks import ring
from meetings.events import MeetingEvent
from meetings.forms.agenda import AddForm, KeyForm, MoveForm, PointForm
from meetings.models import AgendaItem, ItemInvitation, Meeting, MeetingState
from meetings.operations import agenda as operations
from meetings.operations import points, preparing
from meetings.operations.series import closing_days
from meetings.permissions import agenda as permissions
from meetings.permissions.series import check_can_cancel_meeting, check_may_prepare
from meetings.rules.live import check_has_begun
from meetings.rules.series import conflict_of
from meetings.stranger_queries import withhold_strangers
from meetings.tasks import AGENDA
from meetings.views import agenda_page as page
from meetings.views import topics


@require_GET
def meeting_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    """The meeting and its agenda: nameless for all, with content for who may read it, to work on for who leads."""
    meeting = meeting_of(request, uuid)
    if meeting.is_with_partners:
        return topics.board(request, meeting)
    if allows(check_may_prepare, request.user, meeting) and allows(
        permissions.check_can_change, request.user, meeting
    ):
        return _board(request, meeting, "meetings/meeting_prepare.html")
    items = page.items_of(meeting, request.user)
    rows = page.rows_of(meeting, items, request.user) if page.is_open_for_reading(meeting) else []
    groups = page.group_points_of(meeting, request.user) if page.is_open_for_reading(meeting) else []
    withhold_strangers(meeting, [(one, "question") for one in (*items, *groups)])
    seen = [*items, *groups, *page.tell_beside(rows, request.user)]
    record(MeetingEvent.AGENDA_VIEWED, by=request.user, about=seen, meeting=meeting.pk)
    context = {
        "meeting": meeting,
        "group_points": groups,
        "when": page.when(meeting),
        "rows": rows,
        "is_readable": page.is_open_for_reading(meeting),
        "mine_line": _mine_line(meeting, len(items), page.count_of(rows)),
        "next_step": page.next_step(meeting, request.user),
        "unanswered": page.to_answer(meeting, request.user),
        "may_step_aside": not allows(check_may_prepare, request.user, meeting),
        "has_begun": allows(check_has_begun, meeting),
    }
    return render(request, "meetings/meeting_detail.html", context)


@require_GET
def agenda_preview(request: HttpRequest, uuid: str, partner: str) -> HttpResponse:
    """The agenda as one organisation sees it once it is agreed: its own points, and the others without a name."""
    meeting = meeting_of(request, uuid)
    check_may_prepare(request.user, meeting)
    them = get_object_or_404(Partner, uuid=partner)
    items = page.items_of(meeting, request.user)
    rows = page.rows_of(meeting, items, request.user)
    record(MeetingEvent.AGENDA_PREVIEWED, by=request.user, about=items, meeting=meeting.pk, partner=them.pk)
    mine = [row for row in rows if them in row.partners]
    for row in rows:
        row.item = row.item if row in mine else None
    context = {
        "meeting": meeting,
        "when": page.when(meeting),
        "rows": rows,
        "is_readable": True,
        "mine_line": _mine_line(meeting, len(mine), page.count_of(rows)),
        "seen_by": them,
    }
    return render(request, "meetings/meeting_detail.html", context)


def _mine_line(meeting: Meeting, mine: int, all_points: int) -> str:
    state = meeting.get_state_display().capitalize()
    if not mine:
        return f"{state}. {all_points} punten. Uw organisatie is voor geen punt uitgenodigd."
    return f"{state}. {all_points} punten, waarvan {mine} voor u."


def meeting_of(request: HttpRequest, uuid: str) -> Meeting:
    found = Meeting.objects.open_to(request.user).select_related("series")
    meeting: Meeting = get_object_or_404(found, uuid=uuid)
    return meeting


def _board(request: HttpRequest, meeting: Meeting, template: str) -> HttpResponse:
    # The job first: if it is finished by now, what it made is read below; if not, the page waits for it.
    job = page.last_job(meeting, request.user)
    meeting.refresh_from_db(fields=["state", "agenda_built_at"])
    context = page.working_agenda(meeting, request.user)
    record(MeetingEvent.AGENDA_VIEWED, by=request.user, about=context.pop("seen"), meeting=meeting.pk)
    context |= page.job_line(job, meeting)
    context["may_go"] = meeting.state == MeetingState.AGREED
    context["conflict"] = conflict_of(meeting, closing_days(by=request.user))
    context["may_cancel"] = allows(check_can_cancel_meeting, request.user, meeting)
    context["key"] = uuid4()
    return render(request, template, context)


def changed(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The agenda anew: a part of the page when HTMX asked, else the page."""
    if request.htmx:
        return _board(request, meeting, "meetings/agenda_board.html")
    return go_to(request, f"{reverse('meetings:meeting_detail', args=[meeting.uuid])}#agenda")


@require_POST
def agenda_build(request: HttpRequest, uuid: str) -> HttpResponse:
    """Ask for the agenda; a worker makes it while the page shows how far it is."""
    meeting = meeting_of(request, uuid)
    permissions.check_can_build(request.user, meeting)
    form = KeyForm(request.POST)
    key = form.cleaned_data["key"] if form.is_valid() else uuid4()
    ring(jobs.ask(kind=AGENDA, subject_id=meeting.pk, by=request.user, key=f"agenda:{meeting.pk}:{key}"))
    return go_to(request, "meetings:meeting_detail", meeting.uuid)


@require_POST
def agenda_agree(request: HttpRequest, uuid: str) -> HttpResponse:
    meeting = meeting_of(request, uuid)
    check_may_prepare(request.user, meeting)
    operations.agree(meeting=meeting, by=request.user)
    messages.success(request, "De agenda is vastgesteld. Deelnemers zien nu hun eigen punten.")
    return go_to(request, "meetings:meeting_detail", meeting.uuid)


@require_POST
def agenda_add(request: HttpRequest, uuid: str) -> HttpResponse:
    meeting = meeting_of(request, uuid)
    check_may_prepare(request.user, meeting)
    form = AddForm(request.POST)
    case = get_object_or_404(
        Case.objects.visible_to(request.user).select_related("municipality", "compartment"),
        uuid=form.cleaned_data["case"] if form.is_valid() else None,
    )
    points.add(meeting=meeting, case=case, by=request.user)
    return changed(request, meeting)


@require_POST
def item_move(request: HttpRequest, uuid: str) -> HttpResponse:
    item = _item(request, uuid)
    check_may_prepare(request.user, item.meeting)
    form = MoveForm(request.POST)
    if form.is_valid():
        up = form.cleaned_data["direction"] == "op"
        points.move(item=item, up=up, seen=form.cleaned_data["seen"], by=request.user)
    return changed(request, item.meeting)


@require_POST
def item_remove(request: HttpRequest, uuid: str) -> HttpResponse:
    item = _item(request, uuid)
    check_may_prepare(request.user, item.meeting)
    points.remove(item=item, by=request.user)
    return changed(request, item.meeting)


def _item(request: HttpRequest, uuid: str) -> AgendaItem:
    found = AgendaItem.objects.visible_to(request.user).select_related(
        "slot", "case__youth", "case__municipality", "compartment", "meeting__series"
    )
    item: AgendaItem = get_object_or_404(found, uuid=uuid)
    return item


@require_http_methods(["GET", "POST"])
def item_prepare(request: HttpRequest, uuid: str) -> HttpResponse:
    """The question, the time and the participants of one point."""
    item = _item(request, uuid)
    check_may_prepare(request.user, item.meeting)
    if request.method == "GET":
        permissions.check_can_change(request.user, item.meeting)  # what was typed gets it in the form
    offered = _offered(request, item)
    form = PointForm(sent(request), now=preparing.as_it_stands(item=item, by=request.user), offered=offered)
    theirs, status = None, 400 if form.is_bound else 200
    if form.is_valid():
        try:
            preparing.prepare(item=item, by=request.user, **form.cleaned_data)
        except Stale as refusal:
            theirs, typed, status = refusal.current, request.POST.copy(), 409
            typed["seen"] = theirs.mark
            form = PointForm(typed, now=theirs, offered=offered)
        except NotPossible as no:
            status = refuse(form, no)
        else:
            messages.success(request, "Het agendapunt is opgeslagen.")
            return go_to(request, f"{reverse('meetings:meeting_detail', args=[item.meeting.uuid])}#agenda")
    record(MeetingEvent.ITEM_VIEWED, by=request.user, about=item)
    context = {"item": item, "meeting": item.meeting, "when": page.when(item.meeting), "form": form}
    if theirs:
        at_table = [str(partner) for partner, _ in offered if partner.pk in theirs.partners]
        context["theirs"] = f"{theirs.question}\n{theirs.minutes} minuten\n{', '.join(at_table)}"
    return render(request, "meetings/agenda_item.html", context, status=status)


def _offered(request: HttpRequest, item: AgendaItem) -> list[tuple[Partner, bool]]:
    """Who can be invited: who takes part in the case, who has a seat in the series, who was invited already."""
    room = Participation.objects.visible_to(request.user).active().filter(compartment=item.case.room_id)
    in_case = set(room.values_list("partner_id", flat=True))
    seats = item.meeting.series.standing_participants.filter(ended_at=None)
    invited = ItemInvitation.objects.visible_to(request.user).standing().filter(item=item)
    others = {*seats.values_list("partner_id", flat=True), *invited.values_list("partner_id", flat=True)}
    found = Partner.objects.at_the_table().filter(pk__in=in_case | others)
    return [(partner, partner.pk in in_case) for partner in found.order_by("short_name")]
