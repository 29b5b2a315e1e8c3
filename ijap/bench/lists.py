"""Lists and pages at 2,000 and 200,000 youths, as regisseur, as the largest partner and as a school."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test.utils import override_settings
from django.urls import include, path
from django.utils import timezone

from accounts.models import User
from accounts.robots import Robot, robot
from accounts.roles import Level
from cases.models import Case
from cases.views import case_lists as case_views
from foundation.scope import acting_as
from ijap.bench.databases import filled_with
from ijap.bench.measure import Report, Timing, in_turn
from ijap.bench.requests import (
    SCOPE,
    as_role,
    browser_of,
    opens,
    seen_by_render,
    without_guards,
    without_scope,
)
from meetings.models import Meeting, MeetingState, Series
from meetings.operations import agenda

SIZES = (2_000, 200_000)
READERS = {"regisseur": "meting-regisseur", "grootste partner": "meting-groot", "school": "meting-school"}
ROUNDS = 200
APP = "ijap_app"

_shown: dict[str, Any] = {}


def plain_list(request: HttpRequest) -> HttpResponse:
    """A plain Django view: fifty rows, the same template."""
    shown = Case.objects.select_related(*case_views.SHOWN).filter(closed_at=None)
    rows = list(shown.order_by("-opened_at", "-id")[:50])
    context = {**_shown["context"], "page": replace(_shown["context"]["page"], rows=rows)}
    return render(request, _shown["template"], context)


urlpatterns = [path("meten/", plain_list), path("", include("ijap.urls"))]


def measure(report: Report) -> None:
    """Measure all pages at both sizes and compare."""
    with override_settings(ROOT_URLCONF=__name__):
        found = {size: _at(size, report) for size in SIZES}
    small, large = (found[size] for size in SIZES)
    report.say("\n  verhoudingen")
    for page in ("dossiers", "signalen", "dossier", "agenda"):
        _compare_readers(report, page, large)
        for reader in READERS:
            if (reader, page) in large:
                value = large[reader, page].p50 / small[reader, page].p50
                report.figure(f"{page}, {reader}: 200.000 ÷ 2.000", value, wanted=1.3)
    for (reader, page), timing in large.items():
        if reader in READERS:
            report.figure(f"{page}, {reader}: p95 ÷ p50", timing.p95 / timing.p50, wanted=2)
    for page in ("dossiers", "signalen", "dossier"):
        value = large["regisseur", page].p50 / large["zonder", page].p50
        report.figure(f"{page}: sloten en logboek aan ÷ uit", value, wanted=1.3)
    report.figure(
        "dossiers ÷ kale Django-pagina",
        large["regisseur", "dossiers"].p50 / large["kaal", "dossiers"].p50,
        wanted=2,
    )
    for page in ("dossiers", "signalen"):
        value = large["diep", page].p50 / large["regisseur", page].p50
        report.figure(f"{page}: diepe ÷ eerste bladzijde", value, wanted=1.2)


def _compare_readers(report: Report, page: str, found: dict[tuple[str, str], Timing]) -> None:
    if ("grootste partner", page) in found:
        value = found["grootste partner", page].p50 / found["regisseur", page].p50
        report.figure(f"{page}: grootste partner ÷ regisseur", value, wanted=1.2)


def _at(size: int, report: Report) -> dict[tuple[str, str], Timing]:
    report.say(f"\n  {size} jongeren")
    with filled_with(size, report.say):
        meeting = prepared_meeting()
        variants = _variants(meeting)
        timings = in_turn({f"{r}|{p}": work for (r, p), work in variants.items()}, rounds=ROUNDS)
    found = {}
    for name, timing in timings.items():
        reader, page = name.split("|")
        found[reader, page] = timing
        report.timing(f"{page}, {reader}", timing)
    return found


def _variants(meeting: Meeting) -> dict[tuple[str, str], Callable[[], Any]]:
    variants: dict[tuple[str, str], Callable[[], Any]] = {}
    for reader, username in READERS.items():
        client = browser_of(username)
        user = User.objects.get(username=username)
        for page, address in _addresses(user, meeting).items():
            variants[reader, page] = as_role(APP, opens(client, address))
    client = browser_of(READERS["regisseur"])
    regisseur = User.objects.get(username=READERS["regisseur"])
    for page, address in _addresses(regisseur, meeting).items():
        if page != "agenda":
            variants["zonder", page] = without_guards(opens(client, address))
    with seen_by_render(case_views) as seen:
        opens(client, "/dossiers/")()
    _shown.update(seen)
    plain = browser_of(READERS["regisseur"], middleware=[m for m in settings.MIDDLEWARE if m != SCOPE])
    variants["kaal", "dossiers"] = without_scope(opens(plain, "/meten/"))
    for page, address in (("dossiers", "/dossiers/?stand=alle"), ("signalen", "/signalen/ingebracht/")):
        variants["diep", page] = as_role(APP, opens(client, _deep(client, address)))
    return variants


def _addresses(user: User, meeting: Meeting) -> dict[str, str]:
    """What this reader opens. A school takes part in too little to have a place on the agenda."""
    with acting_as(user):
        newest = Case.objects.visible_to(user).order_by("-opened_at", "-id")
        case = newest[min(20, newest[:40].count() - 1)]
    return {
        "dossiers": "/dossiers/",
        "signalen": "/signalen/ingebracht/",
        "dossier": f"/dossiers/{case.uuid}/",
        "agenda": f"/overleg/{meeting.uuid}/",
    }


def _deep(client: Any, address: str) -> str:
    """Twenty pages further, by following the pager."""
    wanted = address
    for _ in range(20):
        page = client.get(wanted)
        marker = 'href="?'
        links = [part.split('"')[0] for part in page.content.decode().split(marker)[1:]]
        older = [link for link in links if "na=" in link]
        if not older:
            return wanted
        wanted = address.split("?")[0] + "?" + older[-1].replace("&amp;", "&")
    return wanted


def prepared_meeting() -> Meeting:
    """The next meeting with an agenda of its own, made by the real builder and confirmed."""
    series, _ = Series.objects.get_or_create(
        name="JPP meting",
        defaults={"level": Level.JPP, "first_on": timezone.localdate(), "time": time(13), "minutes": 400},
    )
    starts_at = timezone.now().replace(hour=11, minute=0, second=0, microsecond=0) + timedelta(days=3)
    meeting, _ = Meeting.objects.get_or_create(
        series=series, starts_at=starts_at, defaults={"level": Level.JPP, "minutes": 400}
    )
    if meeting.state == MeetingState.PLANNED:
        maker = robot(Robot.AGENDA)
        with acting_as(maker):
            agenda.build_agenda(meeting=meeting, by=maker)
        regisseur = User.objects.get(username=READERS["regisseur"])
        with acting_as(regisseur):
            agenda.agree(meeting=meeting, by=regisseur)
    return Meeting.objects.get(pk=meeting.pk)
