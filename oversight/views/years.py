"""The overview of a year, as a page and as a paper."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.log import record
from foundation.http import go_to
from oversight import operations
from oversight.events import OversightEvent
from oversight.models import Paper
from oversight.operations.papers import FIRST_YEAR
from oversight.permissions import check_may_oversee
from oversight.queries import jobs_of, papers_of
from oversight.years import read_year

YEARS_SHOWN = 5


@require_GET
def year_overview(request: HttpRequest) -> HttpResponse:
    check_may_oversee(request.user)
    today = timezone.localdate()
    year = _year(request.GET.get("jaar", str(today.year)), today.year)
    waiting, failed = jobs_of(
        request.user, list(Paper.objects.filter(year=year).values_list("pk", flat=True))
    )
    context = {
        "year": read_year(year, today),
        "years": range(today.year, max(FIRST_YEAR, today.year - YEARS_SHOWN) - 1, -1),
        "papers": papers_of(year=year),
        "waiting": waiting,
        "failed": failed,
    }
    record(OversightEvent.YEAR_VIEWED, by=request.user, year=year)
    return render(request, "oversight/year_overview.html", context)


def _year(text: str, latest: int) -> int:
    """A year of which there can be an overview; another is not there."""
    if not text.isdecimal() or not FIRST_YEAR <= int(text[:5]) <= latest:
        raise Http404
    return int(text)


@require_POST
def year_paper(request: HttpRequest) -> HttpResponse:
    check_may_oversee(request.user)
    year = _year(request.POST.get("jaar", str(timezone.localdate().year)), timezone.localdate().year)
    operations.papers.ask_year(year=year, by=request.user)
    messages.success(request, "Het jaaroverzicht wordt gemaakt. Het staat straks onderaan deze pagina.")
    return go_to(request, f"{reverse('oversight:year_overview')}?jaar={year}#stukken")
