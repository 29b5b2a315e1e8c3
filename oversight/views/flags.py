"""Flags on unusual reading, and from which numbers on they are raised."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.log import record
from foundation.errors import NotPossible
from foundation.http import go_to, sent
from foundation.paging import page_of
from oversight import operations
from oversight.events import OversightEvent
from oversight.forms.flags import CloseFlagForm, ThresholdForm
from oversight.models import Flag, FlagKind, Threshold
from oversight.permissions import check_may_oversee
from oversight.queries import open_flags
from oversight.rules import MEANS

# The facts of a flag in Dutch.
FACTS = {
    "cases": "Dossiers",
    "usual": "Gewoon voor deze persoon",
    "times": "Aantal keer",
    "youths": "Verschillende jongeren",
    "case": "Dossier",
    "readers": "Lezers binnen 24 uur",
    "searches": "Zoekvragen binnen tien minuten",
    "misses": "Zoekvragen zonder gevolg",
    "papers": "Documenten",
    "count": "Dossiers zonder aanleiding",
    "place": "Netwerk",
    "youth": "Jongere",
}


@require_GET
def flag_list(request: HttpRequest) -> HttpResponse:
    """What is open, late first; or, with `?afgehandeld`, what was."""
    check_may_oversee(request.user)
    shows_closed = "afgehandeld" in request.GET
    flags = Flag.objects.select_related("person", "partner", "owner", "closed_by")
    if shows_closed:
        page = page_of(flags.exclude(closed_at=None), request.GET, order=("-closed_at", "-id"))
    else:
        page = page_of(flags.open(), request.GET, order=("due_on", "id"))
    today = timezone.localdate()
    lines = [(flag, facts_of(flag), flag.closed_at is None and flag.due_on < today) for flag in page.rows]
    context = {
        "lines": lines,
        "page": page,
        "shows_closed": shows_closed,
        "late": open_flags().late(today).count(),
    }
    record(OversightEvent.FLAGS_LISTED, by=request.user, shown=len(lines))
    return render(request, "oversight/flag_list.html", context)


def facts_of(flag: Flag) -> list[tuple[str, str]]:
    """Counts and numbers of a flag, as people read them."""
    rows = []
    for name, value in flag.facts.items():
        text = (
            ", ".join(map(str, value))
            if isinstance(value, list)
            else f"{value:g}"
            if isinstance(value, float)
            else str(value)
        )
        rows.append((FACTS.get(name, name), text))
    return rows


@require_http_methods(["GET", "POST"])
def flag_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One flag with its facts and the way to the log; closing it says what it was."""
    check_may_oversee(request.user)
    flag = get_object_or_404(
        Flag.objects.select_related("person", "partner", "owner", "closed_by"), uuid=uuid
    )
    form = CloseFlagForm(sent(request))
    if form.is_valid():
        operations.flags.close(flag=flag, by=request.user, **form.cleaned_data)
        messages.success(request, "De vlag is afgehandeld.")
        return go_to(request, "oversight:flag_list")
    context = {
        "flag": flag,
        "form": form,
        "facts": _all_facts(flag),
        "meaning": MEANS[FlagKind(flag.kind)],
        "log_url": _log_url(flag),
        "is_late": flag.closed_at is None and flag.due_on < timezone.localdate(),
        "is_about_me": flag.person_id == request.user.pk,
        "is_mine": flag.owner_id == request.user.pk,
    }
    record(OversightEvent.FLAG_VIEWED, by=request.user, about=flag, person=flag.person_id)
    return render(request, "oversight/flag_detail.html", context, status=400 if form.is_bound else 200)


def _all_facts(flag: Flag) -> list[tuple[str, Any]]:
    return [
        ("Wie", flag.person or "alle lezers van deze organisatie"),
        ("Organisatie", flag.partner.name),
        ("Dag", localtime(flag.starts_at).date()),
        *facts_of(flag),
        ("Wie kijkt", flag.owner or "nog niemand"),
        ("Uiterlijk", flag.due_on),
    ]


def _log_url(flag: Flag) -> str:
    """The rows of the log behind this flag."""
    day = localtime(flag.starts_at).date()
    asked: dict[str, Any] = {"van": day, "tot": localtime(flag.ends_at - timedelta(seconds=1)).date()}
    asked |= {"persoon": flag.person.uuid} if flag.person else {"organisatie": flag.partner.uuid}
    if "case" in flag.facts:
        asked["dossier"] = flag.facts["case"]
    if "youth" in flag.facts:
        asked["jongere"] = flag.facts["youth"]
    return f"{reverse('audit:event_list')}?{urlencode(asked)}"


@require_POST
def flag_take(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_oversee(request.user)
    flag = get_object_or_404(Flag, uuid=uuid)
    operations.flags.take(flag=flag, by=request.user)
    messages.success(request, "U kijkt nu naar deze vlag.")
    return go_to(request, "oversight:flag_detail", flag.uuid)


@require_http_methods(["GET", "POST"])
def threshold_list(request: HttpRequest) -> HttpResponse:
    """All numbers on one page."""
    check_may_oversee(request.user)
    values = {(row.kind, row.name): row.value for row in Threshold.objects.all()}
    form = ThresholdForm(sent(request), values=values)
    if form.is_valid():
        try:
            changed = operations.flags.change_thresholds(values=form.values(), by=request.user)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, f"Opgeslagen: {changed} gewijzigd. Dit geldt vanaf de volgende nacht.")
            return go_to(request, "oversight:threshold_list")
    context = {"form": form, "groups": form.groups()}
    return render(request, "oversight/threshold_list.html", context, status=400 if form.is_bound else 200)
