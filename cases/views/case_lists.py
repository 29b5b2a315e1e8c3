"""The list of cases: its filters, the views somebody keeps of it, and taking it out as a file."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.fresh import fresh_login_required
from accounts.roles import Permission
from audit.log import record
from cases.events import CaseEvent
from cases.forms.finding import CaseFilterForm, ExportForm, SaveViewForm, filters_in_words
from cases.list_queries import exported_cases, listed_cases
from cases.models import Case, CaseExport, KeptList, SavedView
from cases.operations import finding as operations
from cases.permissions.cases import check_may_list
from cases.permissions.finding import check_may_export, check_may_find_text, check_may_list_exports
from cases.rules.finding import MOST_EXPORTED
from foundation.errors import NotPossible, allows
from foundation.http import go_to, sent
from foundation.paging import count_up_to, page_of
from foundation.sheets import csv_of

SHOWN = ("youth", "municipality", "casusregisseur")
HEADING = (
    "Jongere", "Niveau", "Gemeente", "Op dit niveau sinds", "Opnieuw bekijken", "Casusregisseur", "Stand",
)  # fmt: skip


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases this user may know about, newest first."""
    check_may_list(request.user)
    return _show_list(request, SaveViewForm())


def _show_list(request: HttpRequest, save: SaveViewForm, status: int = 200) -> HttpResponse:
    user = request.user
    form = CaseFilterForm(request.GET)
    answers = form.answers
    cases = listed_cases(user, form.cleaned_data)
    page = page_of(cases.select_related(*SHOWN), request.GET, order=("-opened_at", "-id"))
    record(CaseEvent.CASES_LISTED, by=user, about=page.rows)
    context = {
        "page": page,
        "filter_form": form,
        "form": save,
        "query": urlencode(answers),
        "views": [_as_link(view) for view in SavedView.objects.filter(user=user, kept_list=KeptList.CASES)],
        "today": timezone.localdate(),
        "is_filtered": bool(answers),
        "may_export": allows(check_may_export, user),
        "may_find_text": allows(check_may_find_text, user),
    }
    return render(request, "cases/case_list.html", context, status=status)


def _as_link(view: SavedView) -> tuple[SavedView, str]:
    """What was kept goes through the same form again: what fits no longer narrows nothing."""
    return view, f"{reverse('cases:case_list')}?{urlencode(CaseFilterForm(view.filters).answers)}"


@require_POST
def saved_view_keep(request: HttpRequest) -> HttpResponse:
    """Keep the filters of this address under a name."""
    check_may_list(request.user)
    filters = CaseFilterForm(request.GET)
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        return _show_list(request, form, status=400)
    if not filters.is_valid():
        form.add_error(None, "Kijk eerst de filters na.")
        return _show_list(request, form, status=400)
    try:
        operations.keep_view(name=form.cleaned_data["name"], filters=filters.answers, by=request.user)
    except NotPossible as refusal:
        form.add_error(None, refusal.reason)
        return _show_list(request, form, status=409)
    messages.success(request, "De weergave is bewaard.")
    return go_to(request, f"{reverse('cases:case_list')}?{urlencode(filters.answers)}")


@require_POST
def saved_view_remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Only one's own are there."""
    view = get_object_or_404(SavedView, uuid=uuid, user=request.user)
    operations.remove_view(view=view, by=request.user)
    messages.success(request, "De weergave is verwijderd.")
    return go_to(request, "cases:case_list")


@require_http_methods(["GET", "POST"])
@fresh_login_required
def case_export(request: HttpRequest) -> HttpResponse:
    """First why, then the file. Always after proving once more who one is: a list of names leaves the house."""
    user = request.user
    check_may_export(user)
    filters = CaseFilterForm(request.GET)
    form = ExportForm(sent(request))
    status = 400 if form.is_bound else 200
    answers = filters.answers
    if form.is_valid():
        try:
            made, cases = operations.export(
                filters=answers, wanted=filters.cleaned_data, by=user, **form.cleaned_data
            )
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            return _file(made, cases)
    record(CaseEvent.EXPORT_PREPARED, by=user)
    context = {
        "form": form,
        "told": filters.told,
        "count": count_up_to(exported_cases(user, filters.cleaned_data), MOST_EXPORTED),
        "most": MOST_EXPORTED,
        "list_url": f"{reverse('cases:case_list')}?{urlencode(answers)}",
    }
    return render(request, "cases/case_export.html", context, status=status)


def _file(made: CaseExport, cases: list[Case]) -> HttpResponse:
    response = HttpResponse(csv_of(HEADING, map(_row, cases)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="dossiers-{timezone.localdate():%Y-%m-%d}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _row(case: Case) -> list[object]:
    """What the list shows, and no more."""
    return [
        case.youth.name,
        case.get_level_display(),
        case.municipality or "onbekend",
        f"{timezone.localdate(case.level_since):%d-%m-%Y}",
        f"{case.review_on:%d-%m-%Y}" if case.review_on else "",
        case.casusregisseur or "",
        "gesloten" if case.closed_at else "open",
    ]


@require_GET
def case_export_list(request: HttpRequest) -> HttpResponse:
    """Which lists left the house: one's own, and for the privacy officer everybody's."""
    check_may_list_exports(request.user)
    page = page_of(
        CaseExport.objects.select_related("made_by__partner"), request.GET, order=("-made_at", "-id")
    )
    record(CaseEvent.EXPORTS_LISTED, by=request.user)
    rows = [(made, filters_in_words(made.filters)) for made in page.rows]
    context = {"page": page, "rows": rows, "sees_all": request.user.may(Permission.LOG_READ)}
    return render(request, "cases/case_export_list.html", context)
