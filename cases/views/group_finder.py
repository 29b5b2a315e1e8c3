"""Youths who recur together: mogelijke groepen, for regie. And what the finder and the convenant work with."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from audit.log import record
from cases import group_queries as queries
from cases.events import CaseEvent
from cases.forms.groups import PartyForm, ThresholdForm
from cases.models import Case, ConvenantKind, FinderThreshold, GroupMember, Youth
from cases.operations import group_goals as operations
from cases.permissions.groups import check_may_find, check_may_keep_settings
from cases.rules.group_finder import Suggestion, Tie, suggestions
from cases.rules.siblings import siblings_text, younger_siblings
from foundation.http import go_to, sent

AT_MOST = 10


@dataclass(frozen=True)
class Found:
    """A possible group as this reader sees it."""

    title: str
    youths: list[tuple[Youth, Case | None]]
    ties: list[tuple[Youth, Youth, Tie]]
    hidden: int
    siblings: str
    known_in: list[str]


def title_of(number: int) -> str:
    """What a suggestion is called, on the page and in its picture."""
    return f"Mogelijke groep {number}"


@require_GET
def group_finder(request: HttpRequest) -> HttpResponse:
    """Which youths recur together, and why we think so. Nothing is made of it by itself."""
    check_may_find(request.user)
    found, seen = suggested(request)
    record(CaseEvent.GROUPS_SUGGESTED, by=request.user, about=list(seen.values()))
    set_at = queries.thresholds()
    context = {
        "found": _found(request, found, seen),
        "looks_back": set_at[queries.LOOKS_BACK],
        "within": set_at[queries.WITHIN],
        "most": set_at[queries.MOST],
    }
    return render(request, "cases/group_finder.html", context)


def suggested(request: HttpRequest) -> tuple[list[Suggestion], dict[int, Youth]]:
    """The largest suggestions, and the youths in them. Every pair came through row security; the youths do again."""
    least = queries.thresholds()[queries.YOUTHS]
    found = suggestions(queries.ties(), least_youths=least)[:AT_MOST]
    ids = {youth for one in found for youth in one.youths}
    seen = Youth.objects.visible_to(request.user).filter(pk__in=ids).select_related("municipality")
    youths = {youth.pk: youth for youth in seen}
    return [one for one in found if set(one.youths) <= youths.keys()], youths


def _found(request: HttpRequest, found: list[Suggestion], seen: dict[int, Youth]) -> list[Found]:
    """What the page says of each; as many queries for ten as for one."""
    hidden = queries.hidden_together([one.youths for one in found]) if found else []
    of_youth = {
        case.youth_id: case for case in Case.objects.visible_to(request.user).open().filter(youth__in=seen)
    }
    members = GroupMember.objects.visible_to(request.user).current(timezone.localdate())
    named = list(members.filter(youth__in=seen).select_related("group").order_by("group__name"))
    family = queries.family_of(seen.values(), request.user)
    return [
        Found(
            title=title_of(number),
            youths=[(seen[pk], of_youth.get(pk)) for pk in one.youths],
            ties=[(seen[tie.one], seen[tie.other], tie) for tie in one.ties],
            hidden=more,
            siblings=siblings_text(younger_siblings([seen[pk] for pk in one.youths], family)),
            known_in=list(dict.fromkeys(m.group.name for m in named if m.youth_id in one.youths)),
        )
        for number, (one, more) in enumerate(zip(found, hidden, strict=True), start=1)
    ]


# --- what it works with, for the beheerder ------------------------------------------------------------
@require_GET
def group_settings(request: HttpRequest) -> HttpResponse:
    """Who may take part by the convenant, and from which numbers on youths may be a group. No groups, no persons."""
    check_may_keep_settings(request.user)
    context = {"kinds": ConvenantKind.objects.all(), "thresholds": FinderThreshold.objects.all()}
    return render(request, "cases/group_settings.html", context)


@require_http_methods(["GET", "POST"])
def convenant_kind_change(request: HttpRequest, code: str) -> HttpResponse:
    check_may_keep_settings(request.user)
    kind = get_object_or_404(ConvenantKind, kind=code)
    form = PartyForm(sent(request), initial={"is_party": kind.is_party})
    if form.is_valid():
        operations.set_party(kind=kind, is_party=form.cleaned_data["is_party"], by=request.user)
        messages.success(
            request, "Wie mag meedoen, is gewijzigd. Wie al meedoet, blijft tot regie dat beëindigt."
        )
        return go_to(request, "cases:group_settings")
    return _setting(request, form, f"Doet {kind} mee aan een groepsaanpak?")


@require_http_methods(["GET", "POST"])
def finder_threshold_change(request: HttpRequest, code: str) -> HttpResponse:
    check_may_keep_settings(request.user)
    threshold = get_object_or_404(FinderThreshold, code=code)
    form = ThresholdForm(sent(request), initial={"number": threshold.number})
    if form.is_valid():
        operations.set_threshold(threshold=threshold, number=form.cleaned_data["number"], by=request.user)
        messages.success(request, "De drempel is gewijzigd.")
        return go_to(request, "cases:group_settings")
    return _setting(request, form, threshold.name)


def _setting(request: HttpRequest, form: Any, heading: str) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "button": "Sla op",
        "back_url": reverse("cases:group_settings"),
        "back_label": "Groepsaanpak",
    }
    return render(request, "cases/group_form.html", context, status=400 if form.is_bound else 200)
