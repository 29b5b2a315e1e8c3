"""The days without meetings, kept by the beheerder."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from foundation.http import go_to
from meetings.forms.series import ClosingDayForm, ProposedDaysForm
from meetings.models import ClosingDay, Meeting
from meetings.operations import series as operations
from meetings.permissions.series import check_may_keep_rhythm
from meetings.rules.rhythm import ProposedDay, proposed_closing_days
from meetings.rules.series import day_of

YEARS_AHEAD = 3


@require_http_methods(["GET", "POST"])
def closing_day_list(request: HttpRequest) -> HttpResponse:
    check_may_keep_rhythm(request.user)
    form = ClosingDayForm(request.POST or None)
    if form.is_valid():
        day = ProposedDay(form.cleaned_data["on"], form.cleaned_data["name"], is_optional=True)
        operations.add_closing_days(days=[day], by=request.user)
        messages.success(request, "De sluitingsdag is toegevoegd.")
        return go_to(request, "meetings:closing_day_list")
    context = _context(request, form)
    return render(request, "meetings/closing_day_list.html", context, status=400 if form.is_bound else 200)


def _context(
    request: HttpRequest, form: ClosingDayForm, taken: ProposedDaysForm | None = None
) -> dict[str, Any]:
    today = timezone.localdate()
    meetings: dict[date, list[Meeting]] = {}
    for meeting in Meeting.objects.coming().filter(starts_at__gte=timezone.now()).select_related("series"):
        meetings.setdefault(day_of(meeting), []).append(meeting)
    year = _year(request)
    proposal = taken or ProposedDaysForm(proposed=_proposed(year))
    return {
        "form": form,
        "proposal": proposal if proposal.proposed else None,
        "year": year,
        "years": range(today.year, today.year + YEARS_AHEAD),
        "days": [
            {"day": day, "meetings": meetings.get(day.on, [])}
            for day in ClosingDay.objects.filter(on__gte=today).order_by("on")
        ],
    }


def _year(request: HttpRequest) -> int:
    this_year = timezone.localdate().year
    asked = request.POST.get("jaar") or request.GET.get("jaar", "")
    years = {str(year): year for year in range(this_year, this_year + YEARS_AHEAD)}
    return years.get(asked, this_year)


def _proposed(year: int) -> list[ProposedDay]:
    """What is not a closing day yet and is not over."""
    known = set(ClosingDay.objects.filter(on__year=year).values_list("on", flat=True))
    today = timezone.localdate()
    return [day for day in proposed_closing_days(year) if day.on not in known and day.on >= today]


@require_POST
def closing_days_take(request: HttpRequest) -> HttpResponse:
    check_may_keep_rhythm(request.user)
    form = ProposedDaysForm(request.POST, proposed=_proposed(_year(request)))
    if not form.is_valid():
        context = _context(request, ClosingDayForm(), form)
        return render(request, "meetings/closing_day_list.html", context, status=400)
    made = operations.add_closing_days(days=form.chosen(), by=request.user)
    messages.success(
        request, f"{made} sluitingsdagen toegevoegd." if made != 1 else "1 sluitingsdag toegevoegd."
    )
    return go_to(request, "meetings:closing_day_list")


@require_POST
def closing_day_remove(request: HttpRequest) -> HttpResponse:
    check_may_keep_rhythm(request.user)
    day = ClosingDay.objects.filter(on=_date(request.POST.get("on", ""))).first()
    if day:
        operations.remove_closing_day(closing_day=day, by=request.user)
        messages.success(request, "De sluitingsdag is weggehaald.")
    return go_to(request, "meetings:closing_day_list")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
