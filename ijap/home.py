"""The first page after logging in: what asks for attention now."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.roles import Permission
from audit.log import record
from ijap import attention, corrections, supervision
from ijap.attention import Part
from ijap.events import HomeEvent
from ijap.next_meeting import next_meeting

# Which permission brings which part, in the order of the list on top.
PARTS: list[tuple[Permission, Callable[[User], Part]]] = [
    (Permission.CASE_LEAD, attention.access_requests),
    (Permission.LOG_READ, attention.access_requests),
    (Permission.CASE_LEAD, attention.reveals),
    (Permission.SIGNAL_TRIAGE, attention.triage),
    (Permission.CASE_LEAD, attention.level_changes),
    (Permission.CASE_LEAD, attention.reviews),
    (Permission.MEETING_ATTEND, next_meeting),
    (Permission.ACTION_OWN, corrections.own_corrections),
    (Permission.CASE_LEAD, corrections.corrections_of_others),
    (Permission.ACTION_OWN, attention.own_actions),
    (Permission.CASE_LEAD, attention.overdue_actions),
    (Permission.SIGNAL_REGISTER, attention.own_signals),
    (Permission.LOG_READ, supervision.flags),
    (Permission.LOG_READ, supervision.reviews),
    (Permission.CASE_LEAD, supervision.destructions_for_regie),
    (Permission.LOG_READ, supervision.destructions_for_privacy),
    (Permission.LOG_READ, supervision.seals),
    (Permission.LOG_READ, attention.refusals),
    (Permission.LOG_READ_OWN, attention.refusals),
    (Permission.ADMIN, supervision.removals),
    (Permission.ADMIN, attention.accounts),
    (Permission.FIGURES_READ, attention.figures),
]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """One page for everybody, with the parts of one's own roles."""
    user: User = request.user  # type: ignore[assignment]
    parts = [build(user) for permission, build in PARTS if user.may(permission)]
    if user.partner.contact_id == user.pk:
        parts.append(attention.own_people(user))
    panels = [part.panel for part in parts if part.panel]
    half = len(panels) // 2 or 1
    context: dict[str, Any] = {
        "today": timezone.localdate(),
        "has_parts": bool(parts),
        "has_temporary_password": user.is_password_temporary,
        "awaits_confirmation": user.awaits_confirmation,
        "tasks": [task for part in parts for task in part.tasks],
        # In halves, not in turns: on a phone the order stays that of importance.
        "columns": [column for column in (panels[:half], panels[half:]) if column],
        "tell_url": "",
    }
    for part in parts:
        context |= part.values
    record(HomeEvent.VIEWED, by=user, about=[row for part in parts for row in part.shown])
    return render(request, "home.html", context)
