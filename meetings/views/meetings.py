"""Which meetings there are, cancelling one, and what was discussed about a case."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from audit.log import record
from cases.models import Case
from cases.text_queries import Finder, Source, add_finder
from cases.views import story, story_entries
from foundation.errors import allows
from foundation.http import go_to
from foundation.paging import page_of
from meetings.events import MeetingEvent
from meetings.forms.series import CancelForm, PlaceForm
from meetings.models import AgendaItem, Contribution, Decision, Document, Meeting, MeetingState, Note
from meetings.operations import series as operations
from meetings.permissions.agenda import check_can_add
from meetings.permissions.series import (
    check_can_cancel_meeting,
    check_can_change_place,
    check_may_attend,
    check_may_prepare,
)
from meetings.permissions.urgent import check_can_call
from meetings.rules.series import conflict_of
from meetings.views.agenda_page import when

SHOWN = 13  # half a year of a fortnightly series


@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    """What comes, the next one first, and what has been."""
    check_may_attend(request.user)
    mine = Meeting.objects.open_to(request.user).select_related("series")
    cancelled = Q(state=MeetingState.CANCELLED, starts_at__gte=timezone.now())
    coming = list(
        mine.filter(Q(pk__in=mine.coming().values("pk")) | cancelled).order_by("starts_at", "pk")[:SHOWN]
    )
    past = mine.filter(state__in=[MeetingState.CLOSED, MeetingState.CONFIRMED])
    page = page_of(past, request.GET, order=("-starts_at", "-id"), size=20)
    counts = _counts(request, [*coming, *page.rows])
    closed = operations.closing_days(by=request.user)
    papers = Document.objects.visible_to(request.user).filter(meeting__in=page.rows)
    readable = set(papers.values_list("meeting_id", flat=True))
    record(MeetingEvent.LIST_VIEWED, by=request.user)
    context = {
        "coming": [
            _row(m, counts)
            | {"conflict": conflict_of(m, closed), "count_line": _count_line(m, counts, request.user)}
            for m in coming
        ],
        "past": [_row(m, counts) | _minutes_of(m, request.user, readable) for m in page.rows],
        "page": page,
    }
    return render(request, "meetings/meeting_list.html", context)


def _counts(request: HttpRequest, meetings: list[Meeting]) -> dict[int, int]:
    """How many points of each meeting this user may read."""
    found = AgendaItem.objects.visible_to(request.user).filter(meeting__in=meetings, slot__withdrawn_at=None)
    return dict(found.order_by().values_list("meeting_id").annotate(count=Count("pk")))


def _count_line(meeting: Meeting, counts: dict[int, int], user: User) -> str:
    count = counts.get(meeting.pk, 0)
    words = "1 punt" if count == 1 else f"{count} punten"
    if not count:
        return ""
    return words if allows(check_may_prepare, user, meeting) else f"{words} voor u"


def _row(meeting: Meeting, counts: dict[int, int]) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "count": counts.get(meeting.pk, 0),
        "kind": STATE_KINDS.get(MeetingState(meeting.state), "neutral"),
    }


def _minutes_of(meeting: Meeting, user: User, readable: set[int]) -> dict[str, str]:
    """The minutes, or the part of them that this user may read; otherwise how far they are."""
    url = reverse("meetings:minutes", args=[meeting.uuid])
    if allows(check_may_prepare, user, meeting):
        label = "Verslag" if meeting.state == MeetingState.CONFIRMED else "Conceptverslag"
        return {"minutes_url": url, "minutes_label": label}
    if meeting.pk in readable:
        return {"minutes_url": url, "minutes_label": "Uw deel van het verslag"}
    is_ready = meeting.state == MeetingState.CONFIRMED
    return {"minutes_url": "", "minutes_label": "geen deel voor u" if is_ready else "nog niet vastgesteld"}


STATE_KINDS = {
    MeetingState.AGREED: "info",
    MeetingState.RUNNING: "info",
    MeetingState.CONFIRMED: "positive",
    MeetingState.CANCELLED: "warning",
}


@require_http_methods(["GET", "POST"])
def meeting_cancel(request: HttpRequest, uuid: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.open_to(request.user).select_related("series"), uuid=uuid)
    check_may_prepare(request.user, meeting)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        operations.cancel_meeting(meeting=meeting, by=request.user, **form.cleaned_data)
        messages.success(request, "Het overleg is geannuleerd.")
        return go_to(request, "meetings:meeting_list")
    check_can_cancel_meeting(request.user, meeting)
    context = {"meeting": meeting, "when": f"{meeting.series.name}: {when(meeting)}", "form": form}
    return render(request, "meetings/meeting_cancel.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def meeting_place(request: HttpRequest, uuid: str) -> HttpResponse:
    """The room and the video link of this one meeting."""
    meeting = get_object_or_404(Meeting.objects.open_to(request.user).select_related("series"), uuid=uuid)
    check_can_change_place(request.user, meeting)
    now = {"location": meeting.location, "video_url": meeting.video_url}
    form = PlaceForm(request.POST or None, initial=now)
    if form.is_valid():
        operations.change_place(meeting=meeting, by=request.user, **form.cleaned_data)
        messages.success(
            request, "De plaats is opgeslagen. Agenda's worden binnen enkele minuten bijgewerkt."
        )
        return go_to(request, "meetings:meeting_detail", meeting.uuid)
    context = {"meeting": meeting, "when": f"{meeting.series.name}: {when(meeting)}", "form": form}
    return render(request, "meetings/meeting_place.html", context, status=400 if form.is_bound else 200)


@require_GET
def case_items(request: HttpRequest, uuid: str) -> HttpResponse:
    """In which meetings a case was discussed and what was decided, as far as this person sat at the table."""
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("youth"), uuid=uuid)
    found = _items_of(case, request.user)
    record(MeetingEvent.CASE_ITEMS_VIEWED, by=request.user, about=case)
    items = [item for item, _ in found]
    context = {
        "case": case,
        "entries": [_entry(item, decisions) for item, decisions in found],
        "can_add_to": _can_add_to(request, case, {i.meeting_id for i in items}),
        "may_call": allows(check_can_call, request.user, case),
    }
    part = "#items" if request.htmx else ""
    return render(request, f"meetings/case_items.html{part}", context)


def _items_of(case: Case, user: User, limit: int | None = None) -> list[tuple[AgendaItem, list[Decision]]]:
    """The points about this case at which this person sat, newest first, with what was decided."""
    items = (
        AgendaItem.objects.visible_to(user)
        .filter(case=case, slot__withdrawn_at=None)
        .exclude(meeting__state=MeetingState.CANCELLED)
        .select_related("meeting__series")
        .order_by("-meeting__starts_at", "-pk")[:limit]
    )
    by_item: dict[int, list[Decision]] = {item.pk: [] for item in items}
    decisions = Decision.objects.visible_to(user).filter(item__in=list(by_item), withdrawn_at=None)
    for decision in decisions.select_related("level_change", "casusregisseur").order_by("decided_at", "pk"):
        by_item[decision.item_id].append(decision)
    return [(item, by_item[item.pk]) for item in items]


def _story(case: Case, user: User, limit: int | None) -> Iterator[story_entries.Entry]:
    """What the case's own story tells of meetings: those that have been."""
    for item, decisions in _items_of(case, user, limit):
        if item.discussed_at:
            shown = _entry(item, decisions)
            yield story_entries.entry(
                "overleg", item.discussed_at, f"Besproken in {shown.pop('title')}", **shown | {"badges": []}
            )


def _said(case: Case, user: User, limit: int | None) -> Iterator[story_entries.Entry]:
    """What organisations said about this youth before a meeting, in words. A bare "known" is no news afterwards."""
    rows = Contribution.objects.visible_to(user).filter(item__case=case, withdrawn_at=None).exclude(text="")
    for row in rows.select_related("partner").order_by("-written_at", "-pk")[:limit]:
        yield story_entries.entry(
            "overleg",
            row.written_at,
            "Inbreng voor het overleg",
            "message-square",
            text=row.text,
            source=str(row.partner),
            partner=str(row.partner),
            badges=[("Alleen voor de regie", "warning")] if row.is_for_regie else [],
        )


story.add_source(_story)
story.add_source(_said)
add_finder(
    Finder(
        "meetings_find_text",
        (Source("note", "Verslag", Note, ("text",)), Source("decision", "Besluit", Decision, ("text",))),
    )
)


def _entry(item: AgendaItem, decisions: list[Decision]) -> dict[str, Any]:
    """One meeting in the chronology: what was decided, or that it still has to come."""
    meeting = item.meeting
    words = [f"{d.title}: {d.text}" if d.text else d.title for d in decisions]
    has_been = meeting.state in (MeetingState.CLOSED, MeetingState.CONFIRMED)
    return {
        "date": timezone.localtime(meeting.starts_at).date(),
        "title": str(meeting.series),
        "text": "\n".join(words) or ("Geen besluit dat u kunt zien." if has_been else ""),
        "icon": "gavel" if words else "calendar-days",
        "url": reverse("meetings:extract", args=[item.uuid])
        if meeting.state == MeetingState.CONFIRMED
        else reverse("meetings:meeting_detail", args=[meeting.uuid]),
        "badges": [] if has_been else [(meeting.get_state_display(), "info")],
    }


def _can_add_to(request: HttpRequest, case: Case, already: set[int]) -> list[Meeting]:
    """The next two meetings to which this person may add the case."""
    coming = (
        Meeting.objects.led_by(request.user)
        .with_youths()
        .coming()
        .filter(level=case.level, starts_at__gt=timezone.now())
    )
    found = coming.exclude(pk__in=already).select_related("series").order_by("starts_at")
    return [m for m in found[:2] if allows(check_can_add, request.user, m, case)]
