"""The minutes: read the concept, confirm, follow the documents, open one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from audit.log import record
from cases.models import Case
from cases.views import wrong_youths
from foundation.errors import allows
from foundation.http import go_to
from jobs.models import Job, State
from jobs.tasks import ring
from meetings.copy_queries import who_opened
from meetings.documents import code_of, items_of, partners_of, read_minutes, slips_in
from meetings.events import MeetingEvent
from meetings.models import Document, Meeting, MeetingState
from meetings.operations import copies
from meetings.operations import minutes as operations
from meetings.permissions.minutes import check_can_confirm, check_can_read_concept
from meetings.permissions.series import check_may_prepare
from meetings.remark_queries import addenda_at, others_who_lead, remarks_at, waiting_in
from meetings.rules.live import numbers_of, places_of
from meetings.rules.minutes import counts
from meetings.stranger_queries import withhold_strangers
from meetings.views.screen import meeting_to_lead

UNFINISHED = (State.WAITING, State.RUNNING)


@dataclass
class Wanted:
    """One document: there, on its way, or not made."""

    name: str
    is_whole: bool
    document: Document | None
    job: Job | None

    @property
    def is_failed(self) -> bool:
        return self.document is None and self.job is not None and self.job.state == State.FAILED


@require_GET
def minutes(request: HttpRequest, uuid: Any) -> HttpResponse:
    """For regie the minutes as a whole; for a partner its own part, once it is there."""
    found = Meeting.objects.open_to(request.user).select_related(
        "series", "started_by", "approved_by", "confirmed_by"
    )
    meeting = get_object_or_404(found, uuid=uuid)
    if not allows(check_may_prepare, request.user, meeting):
        return _own_part(request, meeting)
    check_can_read_concept(request.user, meeting)
    whole = read_minutes(meeting, request.user)
    slips = slips_in(meeting, whole, request.user)
    items = items_of(meeting, request.user)
    record(MeetingEvent.MINUTES_VIEWED, by=request.user, about=items)
    by_youth = {item.case.youth_id: item for item in items}
    waiting = waiting_in(meeting, request.user)
    may_confirm = allows(check_can_confirm, request.user, meeting, items, places_of(meeting), slips, waiting)
    remarks, addenda = remarks_at(items, request.user), addenda_at(items, request.user)
    context = {
        "meeting": meeting,
        "minutes": whole,
        "points": [
            (point, item, remarks[item.pk], addenda[item.pk])
            for point in whole.points
            for item in [by_youth[point.youth_id]]
        ],
        "slips": slips,
        "waiting": waiting,
        "is_alone": not others_who_lead(meeting, request.user),
        "has_approved": counts(meeting, whole.fingerprint),
        "is_outdated": meeting.approved_at is not None and not counts(meeting, whole.fingerprint),
        "is_final": meeting.state == MeetingState.CONFIRMED,
        "may_confirm": may_confirm,
        # First how far it is: what is finished by then stands below, and for the rest the page waits.
        "progress": _progress(meeting),
        "documents": _wanted(request.user, meeting),
        "opened": who_opened(meeting, request.user),
    }
    context["has_failed"] = any(one.is_failed for one in context["documents"])
    return render(request, "meetings/minutes.html", context)


def _own_part(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What a partner can open. Nothing there is the same as no such page."""
    if meeting.state == MeetingState.CLOSED:
        return _own_concept(request, meeting)
    found = Document.objects.visible_to(request.user).defer("content")
    mine = Q(partner=request.user.partner_id) | Q(partner=None)  # of a partneroverleg there is only the whole
    document = found.filter(mine, meeting=meeting).order_by("partner").first()
    if document is None:
        raise Http404
    items = items_of(meeting, request.user)
    record(MeetingEvent.MINUTES_VIEWED, by=request.user, about=[document, *items])
    found_addenda = addenda_at(items, request.user)
    addenda = [(item, one) for item in items for one in found_addenda[item.pk]]
    withhold_strangers(meeting, [(one, "text") for _, one in addenda])
    lead = "Het deel voor uw organisatie." if document.partner_id else "Voor wie een vaste plek heeft."
    context = {"meeting": meeting, "document": document, "addenda": addenda, "lead": lead}
    return render(request, "meetings/minutes_part.html", context)


def _own_concept(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The points that this reader sat at, to say what is not right in them."""
    items = items_of(meeting, request.user)
    if not items:
        raise Http404
    record(MeetingEvent.MINUTES_VIEWED, by=request.user, about=items)
    numbers, remarks = numbers_of(places_of(meeting)), remarks_at(items, request.user)
    points = [(numbers[item.slot_id], item, len(remarks[item.pk])) for item in items]
    return render(request, "meetings/minutes_concept.html", {"meeting": meeting, "points": points})


def _wanted(user: User, meeting: Meeting) -> list[Wanted]:
    """Every document of this meeting with how far it is."""
    if meeting.state != MeetingState.CONFIRMED:
        return []
    found = (
        Document.objects.visible_to(user).filter(meeting=meeting).defer("content").select_related("partner")
    )
    made = {document.partner_id: document for document in found}
    jobs = {job.key.rpartition(":")[2]: job for job in _jobs(meeting)}
    names = {p.pk: p.name for p in partners_of(meeting, user)}
    names |= {pk: document.partner.name for pk, document in made.items() if document.partner}
    parts = [
        Wanted(name, False, made.get(pk), jobs.get(str(pk)))
        for pk, name in sorted(names.items(), key=lambda one: one[1])
    ]
    return [Wanted("Het hele verslag", True, made.get(None), jobs.get(operations.WHOLE)), *parts]


def _jobs(meeting: Meeting) -> list[Job]:
    return list(Job.objects.filter(kind=operations.KIND, key__startswith=f"minutes:{meeting.pk}:"))


def _progress(meeting: Meeting) -> dict[str, Any] | None:
    """How far the documents are together; None when nothing is on its way."""
    jobs = _jobs(meeting)
    if not any(job.state in UNFINISHED for job in jobs):
        return None
    ready = sum(job.state == State.DONE for job in jobs)
    return {
        "url": reverse("meetings:minutes_progress", args=[meeting.uuid]),
        "percent": min(99, sum(job.percent for job in jobs) // len(jobs)),
        "label": f"De documenten worden gemaakt: {ready} van {len(jobs)} klaar. U kunt deze pagina verlaten.",
    }


@require_GET
def minutes_progress(request: HttpRequest, uuid: Any) -> HttpResponse:
    """A fragment that asks for itself again until all documents are finished. Shows counts only."""
    meeting = meeting_to_lead(request.user, uuid)
    progress = _progress(meeting)
    response = render(request, "meetings/minutes_progress.html", {"progress": progress})
    if progress is None and request.htmx:
        response["HX-Refresh"] = "true"  # the page around it now has something new to show
    return response


@require_POST
def minutes_confirm(request: HttpRequest, uuid: Any) -> HttpResponse:
    meeting = meeting_to_lead(request.user, uuid)
    jobs = operations.confirm(meeting=meeting, by=request.user, seen=request.POST.get("seen", ""))
    for job in jobs:
        ring(job)
    messages.success(
        request,
        "Het verslag is vastgesteld. De documenten worden nu gemaakt."
        if jobs
        else "U bent akkoord. Een andere regisseur stelt het verslag vast.",
    )
    return go_to(request, "meetings:minutes", uuid)


@require_POST
def minutes_again(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Try anew what failed."""
    meeting = meeting_to_lead(request.user, uuid)
    for job in operations.ask_documents(meeting=meeting, by=request.user):
        ring(job)
    messages.success(request, "Wij proberen het opnieuw.")
    return go_to(request, "meetings:minutes", uuid)


@require_GET
def document(request: HttpRequest, uuid: Any) -> HttpResponse:
    """A copy of the stored original, with who reads it. `?bewaar=1` saves it instead of showing it."""
    found = Document.objects.visible_to(request.user).select_related("meeting__series", "partner")
    paper = get_object_or_404(found, uuid=uuid)
    copy = copies.hand_out(document=paper, by=request.user)
    response = HttpResponse(copy, content_type="application/pdf")
    manner = "attachment" if request.GET.get("bewaar") else "inline"
    response["Content-Disposition"] = f'{manner}; filename="verslag-{code_of(paper.meeting).lower()}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _papers(case: Case, since: datetime, until: datetime | None, user: User) -> Iterator[wrong_youths.Paper]:
    """The papers with this case in them that were made in this time: what stood in it went out with them."""
    found = Document.objects.visible_to(user).filter(
        youth_ids__contains=[case.youth_id], meeting__items__case=case, made_at__gte=since
    )
    if until:
        found = found.filter(made_at__lte=until)
    papers = found.defer("content").select_related("meeting", "partner").distinct().order_by("made_at", "pk")
    for paper in papers:
        on = date_format(timezone.localtime(paper.meeting.starts_at), "j F Y")
        part = f"deel voor {paper.partner}" if paper.partner else "geheel"
        yield wrong_youths.Paper(
            f"Verslag {code_of(paper.meeting)} van {on}, {part}",
            reverse("meetings:minutes", args=[paper.meeting.uuid]),
        )


wrong_youths.add_papers(_papers)
