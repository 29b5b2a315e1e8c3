"""Figures for management: a page, its charts, and summaries on paper."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from audit.log import record
from foundation.http import go_to
from foundation.paging import page_of
from reports import operations
from reports.documents import Report, draw_topic, read_report
from reports.events import FigureEvent
from reports.forms import FigureFilter, area_slug
from reports.models import Summary
from reports.periods import period_between, periods
from reports.permissions import check_may_read, readable_municipalities
from reports.queries import failed_jobs, published, summaries_for, unfinished_jobs
from reports.topics import TOPICS


@require_GET
def figure_list(request: HttpRequest) -> HttpResponse:
    """How it goes in an area: key figures, charts with their tables, and what was made of them on paper."""
    user = reader_of(request)
    chosen = choice_of(user, request.GET)
    report = read_report(chosen.municipality, chosen.period)
    unfinished = list(unfinished_jobs(user))  # before the list: what is finished by then stands in it
    found = summaries_for(user)
    page = page_of(found, request.GET, order=("-made_at", "-id"), size=10)
    record(FigureEvent.VIEWED, by=user, area=area_slug(chosen.municipality), period=chosen.period.slug)
    context = context_of(user, chosen, report, page) | {"unfinished": unfinished}
    return render(request, "reports/figure_list.html", context)


def context_of(user: User, chosen: FigureFilter, report: Report, page: Any) -> dict[str, Any]:
    asked = {"gebied": area_slug(chosen.municipality), "periode": chosen.period.slug}
    charts = [
        (topic, f"{reverse('reports:chart', kwargs={'name': topic.slug})}?{urlencode(asked)}")
        for topic in report.topics
    ]
    return {
        "filter": chosen,
        "report": report,
        "charts": charts,
        "is_behind": is_behind(report),
        "asked": asked,
        "page": page,
        "summaries": [(summary, *words_of(summary)) for summary in page.rows],
        "failed": failed_jobs(user, since=timezone.now() - timedelta(hours=1)),
    }


@require_GET
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """One chart of the page, as SVG; `breed=smal` for a phone. Drawn here: equal pictures only once."""
    user = reader_of(request)
    chosen = choice_of(user, request.GET)
    if name not in TOPICS:
        raise Http404
    municipality, period = chosen.municipality, chosen.period
    topic = TOPICS[name](published(municipality.pk if municipality else None, period.months))
    svg = draw_topic(topic, is_narrow=request.GET.get("breed") == "smal")
    return HttpResponse(svg, content_type="image/svg+xml")


@require_POST
def summary_make(request: HttpRequest) -> HttpResponse:
    """Ask for a summary on paper; the worker makes it."""
    user = reader_of(request)
    chosen = choice_of(user, request.POST)
    operations.ask_summary(by=user, municipality=chosen.municipality, period=chosen.period)
    messages.success(request, "De samenvatting wordt gemaakt. Zij staat straks onderaan deze pagina.")
    asked = urlencode({"gebied": area_slug(chosen.municipality), "periode": chosen.period.slug})
    return go_to(request, f"{reverse('reports:figure_list')}?{asked}#samenvattingen")


@require_GET
def summary_download(request: HttpRequest, uuid: str) -> HttpResponse:
    """A summary as it was made."""
    user = reader_of(request)
    summary = get_object_or_404(summaries_for(user, with_content=True), uuid=uuid)
    record(FigureEvent.SUMMARY_DOWNLOADED, by=user, about=summary)
    name = f"cijfers-{area_slug(summary.municipality)}-{summary.first_month:%Y-%m}-{summary.last_month:%Y-%m}.pdf"
    response = HttpResponse(bytes(summary.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def reader_of(request: HttpRequest) -> User:
    """Who asks, if that person may read figures at all."""
    user = request.user
    assert isinstance(user, User)
    check_may_read(user)
    return user


def choice_of(user: User, asked: QueryDict) -> FigureFilter:
    """Area and period. One that does not exist, or is not for this reader, is not there."""
    chosen = FigureFilter(
        asked,
        municipalities=readable_municipalities(user),
        periods=periods(timezone.localdate()),
    )
    if not chosen.is_valid():
        raise Http404
    return chosen


def is_behind(report: Report) -> bool:
    """Whether the last month shown was not yet over when it was counted."""
    if report.counted_at is None:
        return False
    after = report.period.last.replace(day=28) + timedelta(days=4)
    return timezone.localdate(report.counted_at) < after.replace(day=1)


def words_of(summary: Summary) -> tuple[str, str]:
    """Area and period of a summary."""
    period = period_between(summary.first_month, summary.last_month)
    return str(summary.municipality or "Parkstad"), f"{period.label}: {period.words}"
