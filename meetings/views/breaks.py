"""Breaks on the agenda, for the regisseur who makes it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from foundation.errors import NotPossible
from meetings.forms.agenda import BreakForm, MoveForm, SeenForm
from meetings.operations import breaks as operations
from meetings.permissions.agenda import check_can_change
from meetings.views.agenda import changed, meeting_of
from meetings.views.agenda_page import count_of, rows_of


@require_POST
def break_put(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A break after a point, or other minutes for the break that is there."""
    meeting = meeting_of(request, uuid)
    check_can_change(request.user, meeting)
    form = BreakForm(request.POST, points=count_of(rows_of(meeting, [], request.user)))
    if not form.is_valid():
        raise NotPossible("Kies een punt van de agenda, en 1 tot 120 minuten.")
    operations.put(meeting=meeting, by=request.user, **form.cleaned_data)
    return changed(request, meeting)


@require_POST
def break_move(request: HttpRequest, uuid: UUID) -> HttpResponse:
    meeting = meeting_of(request, uuid)
    check_can_change(request.user, meeting)
    form = MoveForm(request.POST)
    if form.is_valid():
        up = form.cleaned_data["direction"] == "op"
        operations.move(meeting=meeting, up=up, seen=form.cleaned_data["seen"], by=request.user)
    return changed(request, meeting)


@require_POST
def break_remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    meeting = meeting_of(request, uuid)
    check_can_change(request.user, meeting)
    form = SeenForm(request.POST)
    if form.is_valid():
        operations.remove(meeting=meeting, by=request.user, **form.cleaned_data)
    return changed(request, meeting)
