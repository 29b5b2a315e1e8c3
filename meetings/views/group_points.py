"""A group on the agenda: putting it there, what the table asks, and what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from audit.log import record
from cases.models import Group, GroupGoal
from cases.permissions.groups import check_may_lead
from foundation.errors import NotPossible, Stale, allows
from foundation.forms import refuse
from foundation.http import go_to, sent
from meetings.events import MeetingEvent
from meetings.forms.group_points import OutcomeForm, PutForm
from meetings.models import GroupPoint, Meeting, MeetingState
from meetings.operations import group_points as operations
from meetings.permissions import group_points as permissions
from meetings.permissions.series import check_may_prepare
from meetings.views.agenda_page import when


def _group(request: HttpRequest, uuid: UUID) -> Group:
    seen = Group.objects.visible_to(request.user).select_related("municipality", "compartment")
    group: Group = get_object_or_404(seen, uuid=uuid)
    return group


def _point(request: HttpRequest, uuid: UUID) -> GroupPoint:
    """For who reads the group and may attend the meeting; what this user may not see is not there.

    What was typed for a group that a colleague took off the agenda meanwhile gets its no in the form.
    """
    seen = GroupPoint.objects.visible_to(request.user)
    seen = (seen.standing() if request.method == "GET" else seen).filter(
        meeting__in=Meeting.objects.open_to(request.user)
    )
    point: GroupPoint = get_object_or_404(
        seen.select_related("meeting__series", "group__municipality", "group__compartment", "written_by"),
        uuid=uuid,
    )
    return point


@require_GET
def group_points(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """In which meetings a group was discussed, and what came of it."""
    group = _group(request, uuid)
    seen = GroupPoint.objects.visible_to(request.user).standing().filter(group=group)
    points = list(seen.select_related("meeting__series").order_by("-meeting__starts_at"))
    record(MeetingEvent.GROUP_POINTS_VIEWED, by=request.user, about=group)
    context = {
        "group": group,
        "entries": [_entry(point) for point in points],
        "can_put_on": _can_put_on(request.user, group, {point.meeting_id for point in points}),
    }
    part = "#points" if request.htmx else ""
    return render(request, f"meetings/group_points.html{part}", context)


def _entry(point: GroupPoint) -> dict[str, Any]:
    """One meeting in the story of a group."""
    has_been = point.meeting.state in (MeetingState.CLOSED, MeetingState.CONFIRMED)
    return {
        "date": timezone.localdate(point.meeting.starts_at),
        "title": str(point.meeting.series),
        "text": "\n".join(text for text in (point.question, point.outcome) if text),
        "icon": "gavel" if point.outcome else "calendar-days",
        "url": reverse("meetings:group_point", args=[point.uuid]),
        "badges": [] if has_been else [(point.meeting.get_state_display(), "info")],
    }


def _can_put_on(user: User, group: Group, already: set[int]) -> list[Meeting]:
    """The next two meetings to which this person may add the group."""
    coming = Meeting.objects.led_by(user).with_youths().coming().filter(level=group.compartment.level)
    found = coming.filter(starts_at__gt=timezone.now()).exclude(pk__in=already).select_related("series")
    return [m for m in found.order_by("starts_at")[:2] if allows(permissions.check_can_put, user, m, group)]


@require_http_methods(["GET", "POST"])
def group_put(request: HttpRequest, uuid: UUID, group: UUID) -> HttpResponse:
    """The question to the table and the time; also to change them."""
    meeting = get_object_or_404(Meeting.objects.open_to(request.user).select_related("series"), uuid=uuid)
    check_may_prepare(request.user, meeting)
    subject = _group(request, group)
    check_may_lead(request.user, subject)
    if request.method == "GET":
        permissions.check_can_put(request.user, meeting, subject)
    record(MeetingEvent.GROUP_POINTS_VIEWED, by=request.user, about=subject)
    form = PutForm(sent(request), instance=operations.of(meeting=meeting, group=subject, by=request.user))
    theirs, status = None, 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.put(meeting=meeting, group=subject, by=request.user, **form.cleaned_data)
        except Stale as refusal:
            now, typed, status = refusal.current, request.POST.copy(), 409
            theirs = f"{now.question}\n{now.minutes} minuten" if now else refusal.reason
            typed["version"] = str(now.version if now else 0)
            form = PutForm(typed, instance=now)
        except NotPossible as no:
            status = refuse(form, no)
        else:
            messages.success(request, f"{subject.name} staat op de agenda.")
            return go_to(request, f"{reverse('meetings:meeting_detail', args=[meeting.uuid])}#groepen")
    context = {"form": form, "group": subject, "meeting": meeting, "when": when(meeting), "theirs": theirs}
    return render(request, "meetings/group_put.html", context, status=status)


@require_POST
def group_remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    point = _point(request, uuid)
    operations.remove(point=point, by=request.user)
    messages.success(request, f"{point.group.name} staat niet meer op de agenda.")
    return go_to(request, "meetings:meeting_detail", point.meeting.uuid)


@require_http_methods(["GET", "POST"])
def group_point(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the table asks about a group and what came of it; the regisseur writes that here."""
    point = _point(request, uuid)
    if request.method == "POST":
        check_may_lead(request.user, point.group)
    record(MeetingEvent.GROUP_POINT_VIEWED, by=request.user, about=point)
    form = OutcomeForm(sent(request), initial={"version": point.version, "outcome": point.outcome})
    theirs, status = None, 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.write(point=point, by=request.user, **form.cleaned_data)
        except Stale as refusal:
            theirs, status = refusal.current, 409
            form = OutcomeForm(form.cleaned_data | {"version": refusal.current.version})
        except NotPossible as no:
            status = refuse(form, no)
        else:
            messages.success(request, "Opgeslagen.")
            return go_to(request, "meetings:group_point", point.uuid)
    goals = GroupGoal.objects.visible_to(request.user).filter(group=point.group, ended_at=None)
    context = {
        "point": point,
        "meeting": point.meeting,
        "when": f"{point.meeting.series}. {when(point.meeting)}",
        "form": form,
        "theirs": theirs,
        "goals": goals.select_related("owner_partner"),
        "may_write": allows(permissions.check_can_write, request.user, point),
        "may_remove": allows(permissions.check_can_remove, request.user, point),
    }
    return render(request, "meetings/group_point.html", context, status=status)
