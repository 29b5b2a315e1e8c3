"""A partneroverleg: its topics, for everybody who may attend; to work on for who leads it."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from audit.log import record
from foundation.errors import NotPossible, Stale, allows
from foundation.forms import refuse
from foundation.http import go_to, sent
from meetings.events import MeetingEvent
from meetings.forms.agenda import MoveForm
from meetings.forms.topics import TopicChangeForm, TopicForm, TopicOutcomeForm
from meetings.models import Document, Meeting, Topic
from meetings.operations import topics as operations
from meetings.permissions.agenda import check_can_agree
from meetings.permissions.live import check_can_correct, check_can_start
from meetings.permissions.series import check_can_cancel_meeting, check_may_attend, check_may_prepare
from meetings.permissions.topics import check_can_change, check_can_write
from meetings.views.agenda_page import next_step, when


def board(
    request: HttpRequest, meeting: Meeting, form: BaseForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of the meeting."""
    check_may_attend(request.user)
    topics = list(Topic.objects.standing().filter(meeting=meeting))
    papers = Document.objects.visible_to(request.user).filter(meeting=meeting).defer("content")
    leads = allows(check_may_prepare, request.user, meeting)
    record(MeetingEvent.AGENDA_VIEWED, by=request.user, meeting=meeting.pk)
    context = {
        "meeting": meeting,
        "when": when(meeting),
        "topics": topics,
        "spent": sum(topic.minutes for topic in topics),
        "form": form or TopicForm(),
        "paper": papers.first(),
        "next_step": next_step(meeting, request.user) if leads else None,
        "may_change": allows(check_can_change, request.user, meeting),
        "may_write": allows(check_can_write, request.user, meeting),
        "may_agree": allows(check_can_agree, request.user, meeting, points=len(topics), moved_away=0),
        "may_start": allows(check_can_start, request.user, meeting),
        "may_correct": allows(check_can_correct, request.user, meeting),
        "may_cancel": allows(check_can_cancel_meeting, request.user, meeting),
    }
    return render(request, "meetings/topic_board.html", context, status=status)


def _topic(request: HttpRequest, uuid: UUID) -> Topic:
    """What was typed for a topic that a colleague took off meanwhile gets its no in the form."""
    topics = Topic.objects.standing() if request.method == "GET" else Topic.objects.all()
    found = topics.filter(meeting__in=Meeting.objects.open_to(request.user))
    topic: Topic = get_object_or_404(found.select_related("meeting__series", "written_by"), uuid=uuid)
    return topic


@require_POST
def topic_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.open_to(request.user).select_related("series"), uuid=uuid)
    check_may_prepare(request.user, meeting)
    form = TopicForm(request.POST)
    if not form.is_valid():
        return board(request, meeting, form, status=400)
    try:
        operations.add(meeting=meeting, by=request.user, **form.cleaned_data)
    except NotPossible as no:
        return board(request, meeting, form, refuse(form, no))
    messages.success(request, "Het onderwerp staat op de agenda.")
    return go_to(request, "meetings:meeting_detail", meeting.uuid)


@require_http_methods(["GET", "POST"])
def topic_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The words and the time of a topic, before the meeting."""
    topic = _topic(request, uuid)
    check_may_prepare(request.user, topic.meeting)
    form = TopicChangeForm(sent(request), instance=copy(topic))  # what is typed is not yet what it is called
    if request.method == "GET":
        check_can_change(request.user, topic.meeting)  # what was typed gets it in the form
    theirs, status = None, 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.change(topic=topic, by=request.user, **form.cleaned_data)
        except Stale as refusal:
            now, typed, status = refusal.current, request.POST.copy(), 409
            theirs = f"{now.title}\n{now.question}\n{now.minutes} minuten"
            typed["version"] = str(now.version)
            form, topic = TopicChangeForm(typed, instance=topic), now
        except NotPossible as no:
            status = refuse(form, no)
        else:
            messages.success(request, "Het onderwerp is opgeslagen.")
            return go_to(request, "meetings:meeting_detail", topic.meeting.uuid)
    return _page(request, topic, form, status=status, theirs=theirs)


@require_http_methods(["GET", "POST"])
def topic_write(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was discussed and agreed, from the beginning of the meeting until the minutes are final."""
    topic = _topic(request, uuid)
    check_may_prepare(request.user, topic.meeting)
    form: BaseForm = TopicOutcomeForm(
        sent(request), initial={"version": topic.version, "outcome": topic.outcome}
    )
    if request.method == "GET":
        check_can_write(request.user, topic.meeting)
    theirs, status = None, 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.write(topic=topic, by=request.user, **form.cleaned_data)
        except Stale as refusal:
            theirs, status = f"{refusal.current.written_by}:\n{refusal.current.outcome}", 409
            form = TopicOutcomeForm(form.cleaned_data | {"version": refusal.current.version})
        except NotPossible as no:
            status = refuse(form, no)
        else:
            messages.success(request, "Opgeslagen.")
            return go_to(request, "meetings:meeting_detail", topic.meeting.uuid)
    return _page(request, topic, form, status=status, theirs=theirs)


def _page(request: HttpRequest, topic: Topic, form: BaseForm, *, status: int, **more: Any) -> HttpResponse:
    context = {"topic": topic, "meeting": topic.meeting, "when": when(topic.meeting), "form": form, **more}
    return render(request, "meetings/topic.html", context, status=status)


@require_POST
def topic_move(request: HttpRequest, uuid: UUID) -> HttpResponse:
    topic = _topic(request, uuid)
    check_can_change(request.user, topic.meeting)
    form = MoveForm(request.POST)
    if form.is_valid():
        up = form.cleaned_data["direction"] == "op"
        operations.move(topic=topic, up=up, seen=form.cleaned_data["seen"], by=request.user)
    return go_to(request, "meetings:meeting_detail", topic.meeting.uuid)


@require_POST
def topic_remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    topic = _topic(request, uuid)
    operations.remove(topic=topic, by=request.user)
    messages.success(request, "Het onderwerp staat niet meer op de agenda.")
    return go_to(request, "meetings:meeting_detail", topic.meeting.uuid)
