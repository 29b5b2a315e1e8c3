"""Deputies of a seat, kept by the beheerder; and who does not come to one meeting, said by who leads it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from foundation.http import go_to
from meetings.forms.series import DeputyForm
from meetings.models import Absence, Deputy, Meeting, Series, StandingParticipant
from meetings.operations import deputies as operations
from meetings.permissions.series import check_can_change_place, check_may_keep_rhythm
from meetings.views.agenda_page import when


@require_http_methods(["GET", "POST"])
def deputy_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The fixed persons of a series with their deputies, and naming one more."""
    check_may_keep_rhythm(request.user)
    series = get_object_or_404(Series.objects.rhythms(), uuid=uuid)
    seats = _seats(series)
    form = DeputyForm(request.POST or None, seats=seats)
    if form.is_valid():
        person = form.cleaned_data["person"]
        operations.name_deputy(seat=form.seats[person.partner_id], person=person, by=request.user)
        messages.success(request, f"{person} is plaatsvervanger.")
        return go_to(request, "meetings:deputy_list", series.uuid)
    named = Deputy.objects.filter(seat__in=seats, ended_at=None).select_related("person", "seat__partner")
    context = {
        "series": series,
        "seats": seats,
        "form": form,
        "deputies": named.order_by("seat__partner__short_name", "pk"),
    }
    return render(request, "meetings/deputy_list.html", context, status=400 if form.is_bound else 200)


@require_POST
def deputy_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_keep_rhythm(request.user)
    found = Deputy.objects.select_related("seat__series", "seat__partner", "person")
    deputy = get_object_or_404(found, uuid=uuid)
    operations.end_deputy(deputy=deputy, by=request.user)
    messages.success(request, f"{deputy.person} is geen plaatsvervanger meer.")
    return go_to(request, "meetings:deputy_list", deputy.seat.series.uuid)


@require_http_methods(["GET", "POST"])
def meeting_absences(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Of each fixed person whether they come, and who comes instead."""
    meeting = get_object_or_404(Meeting.objects.open_to(request.user).select_related("series"), uuid=uuid)
    check_can_change_place(request.user, meeting)
    seats = _seats(meeting.series)
    if request.method == "POST":
        seat = next((s for s in seats if str(s.partner.uuid) == request.POST.get("partner")), None)
        if seat:
            is_coming = request.POST.get("komt") == "ja"
            operations.note_absence(meeting=meeting, seat=seat, is_coming=is_coming, by=request.user)
            messages.success(request, "Opgeslagen. Agenda's worden binnen enkele minuten bijgewerkt.")
        return go_to(request, reverse("meetings:meeting_absences", args=[meeting.uuid]))
    context = {
        "meeting": meeting,
        "when": f"{meeting.series.name}: {when(meeting)}",
        "rows": _rows(meeting, seats),
    }
    return render(request, "meetings/meeting_absences.html", context)


def _seats(series: Series) -> list[StandingParticipant]:
    """Those with a fixed person."""
    found = series.standing_participants.filter(ended_at=None, person__isnull=False)
    return list(found.select_related("partner", "person", "series").order_by("partner__short_name"))


def _rows(meeting: Meeting, seats: list[StandingParticipant]) -> list[dict[str, Any]]:
    away = set(Absence.objects.filter(meeting=meeting, withdrawn_at=None).values_list("seat", flat=True))
    named = deputies_of(seats)
    return [{"seat": seat, "is_away": seat.pk in away, "deputies": named[seat.partner_id]} for seat in seats]


def deputies_of(seats: list[StandingParticipant]) -> dict[int, list[str]]:
    """The names of who can come instead, by organisation."""
    found: dict[int, list[str]] = {seat.partner_id: [] for seat in seats}
    rows = Deputy.objects.filter(seat__in=seats, ended_at=None, person__is_active=True)
    for row in rows.select_related("person", "seat").order_by("pk"):
        found[row.seat.partner_id].append(str(row.person))
    return found
