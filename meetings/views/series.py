"""The rhythm, kept by the beheerder: series and who has a seat."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.http import go_to
from meetings.forms.series import SeriesChangeForm, SeriesForm, StandingForm
from meetings.models import MeetingState, Series, StandingParticipant
from meetings.operations import series as operations
from meetings.permissions.series import check_may_keep_rhythm
from meetings.rules.rhythm import dates_of_series
from meetings.rules.series import conflict_of, day_of

PLANNED_AHEAD = timedelta(weeks=26)


@require_GET
def series_list(request: HttpRequest) -> HttpResponse:
    check_may_keep_rhythm(request.user)
    found = Series.objects.rhythms().select_related("municipality").order_by("ended_at", "name")
    rows = [
        {"series": s, "next": s.meetings.coming().filter(starts_at__gt=timezone.now()).first()} for s in found
    ]
    return render(request, "meetings/series_list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def series_add(request: HttpRequest) -> HttpResponse:
    check_may_keep_rhythm(request.user)
    form = SeriesForm(request.POST or None)
    if form.is_valid():
        series = operations.add_series(by=request.user, **form.cleaned_data)
        operations.plan_ahead(series=series, until=timezone.localdate() + PLANNED_AHEAD, by=request.user)
        messages.success(request, "De reeks is gemaakt en een half jaar vooruit gepland.")
        return go_to(request, "meetings:series_detail", series.uuid)
    context = {"form": form}
    return render(request, "meetings/series_add.html", context, status=400 if form.is_bound else 200)


@require_GET
def series_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    check_may_keep_rhythm(request.user)
    series = get_object_or_404(Series.objects.rhythms().select_related("municipality"), uuid=uuid)
    return render(request, "meetings/series_detail.html", _detail(request, series))


def _detail(request: HttpRequest, series: Series, form: StandingForm | None = None) -> dict[str, Any]:
    seats = series.standing_participants.filter(ended_at=None).select_related("partner", "person__partner")
    return {
        "series": series,
        "seats": seats.order_by("partner__short_name"),
        "form": form or StandingForm(series=series),
        "days": _days(request, series),
        "facts": [
            ("Soort", series.get_kind_display().capitalize()),
            ("Niveau", series.get_level_display()),
            ("Gemeente", series.municipality or "Heel Parkstad"),
            ("Eerste keer", series.first_on),
            ("Aanvang", f"{series.time:%H:%M} uur, zomer en winter"),
            ("Hoe vaak", "Elke week" if series.every_weeks == 1 else f"Om de {series.every_weeks} weken"),
            ("Duur", f"{series.minutes} minuten"),
            ("Plaats", series.location),
            ("Videolink", series.video_url),
            ("Pauze", _break_words(series)),
        ],
    }


def _break_words(series: Series) -> str:
    if not series.break_after_minutes:
        return "geen"
    return f"{series.break_minutes} minuten, na ongeveer {series.break_after_minutes} minuten"


def _days(request: HttpRequest, series: Series) -> list[dict[str, Any]]:
    """What is planned, and what was skipped with its reason, from today on."""
    today = timezone.localdate()
    closed = operations.closing_days(by=request.user)
    planned = series.meetings.filter(starts_at__gte=timezone.now()).order_by("starts_at")
    rows = [
        {
            "on": day_of(m),
            "meeting": m,
            "conflict": conflict_of(m, closed),
            "cancelled": m.state == MeetingState.CANCELLED,
        }
        for m in planned
    ]
    if series.ended_at is None:
        days = dates_of_series(
            first_on=series.first_on,
            every_weeks=series.every_weeks,
            until=today + PLANNED_AHEAD,
            closing_days=closed,
        )
        known = {row["on"] for row in rows}
        rows += [
            {"on": d.on, "skipped": d.skipped_because}
            for d in days
            if d.is_skipped and d.on >= today and d.on not in known
        ]
    return sorted(rows, key=lambda row: row["on"])


@require_http_methods(["GET", "POST"])
def series_edit(request: HttpRequest, uuid: str) -> HttpResponse:
    check_may_keep_rhythm(request.user)
    series = get_object_or_404(Series, uuid=uuid)
    now = {name: getattr(series, name) for name in SeriesChangeForm.base_fields}
    form = SeriesChangeForm(request.POST or None, initial=now, series=series)
    if form.is_valid():
        operations.change_series(series=series, by=request.user, **form.cleaned_data)
        messages.success(request, "De reeks is gewijzigd.")
        return go_to(request, "meetings:series_detail", series.uuid)
    context = {"form": form, "series": series}
    return render(request, "meetings/series_edit.html", context, status=400 if form.is_bound else 200)


@require_POST
def series_end(request: HttpRequest, uuid: str) -> HttpResponse:
    check_may_keep_rhythm(request.user)
    series = get_object_or_404(Series, uuid=uuid)
    operations.end_series(series=series, by=request.user)
    messages.success(request, "De reeks is gestopt. Geplande overleggen blijven staan.")
    return go_to(request, "meetings:series_detail", series.uuid)


@require_POST
def standing_add(request: HttpRequest, uuid: str) -> HttpResponse:
    check_may_keep_rhythm(request.user)
    series = get_object_or_404(Series.objects.rhythms().select_related("municipality"), uuid=uuid)
    form = StandingForm(request.POST, series=series)
    if not form.is_valid():
        return render(request, "meetings/series_detail.html", _detail(request, series, form), status=400)
    operations.add_standing(series=series, by=request.user, **form.cleaned_data)
    messages.success(request, f"{form.cleaned_data['partner']} is vaste deelnemer.")
    return go_to(request, "meetings:series_detail", series.uuid)


@require_POST
def standing_end(request: HttpRequest, uuid: str) -> HttpResponse:
    check_may_keep_rhythm(request.user)
    series = get_object_or_404(Series, uuid=uuid)
    partner = request.POST.get("partner", "")
    seats = StandingParticipant.objects.filter(series=series, ended_at=None, partner__pk=_number(partner))
    if seat := seats.select_related("partner").first():
        operations.end_standing(seat=seat, by=request.user)
        messages.success(request, f"{seat.partner} is geen vaste deelnemer meer.")
    return go_to(request, "meetings:series_detail", series.uuid)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
