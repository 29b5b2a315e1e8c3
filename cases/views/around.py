"""Where a youth lives, learns and hangs out, and who stands around them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from audit.log import record
from cases.events import CaseEvent
from cases.forms.around import EndForm, PlaceForm, RelativeForm
from cases.models import Place, Relative
from cases.operations import around as operations
from cases.permissions.table import check_may_write
from cases.queries import places_of, relatives_of
from cases.views.cases import find
from foundation.errors import NotPossible, allows
from foundation.http import go_to, sent


@require_GET
def around_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Everything known around the youth, also what is over."""
    case = find(request, uuid)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    context = {
        "case": case,
        "places": places_of(case.youth_id, request.user),
        "relatives": relatives_of(case.youth_id, request.user),
        "may_write": not case.closed_at and allows(check_may_write, request.user, case),
    }
    return render(request, "cases/around_detail.html", context)


@require_http_methods(["GET", "POST"])
def place_note(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _note(request, uuid, PlaceForm, operations.note_place, "Waar is de jongere?")


@require_http_methods(["GET", "POST"])
def relative_note(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _note(request, uuid, RelativeForm, operations.note_relative, "Wie staat er om de jongere heen?")


def _note(request: HttpRequest, uuid: UUID, form_of: Any, operation: Any, title: str) -> HttpResponse:
    case = find(request, uuid)
    check_may_write(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    form = form_of(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operation(case=case, content=form.content(), key=form.cleaned_data["key"], by=request.user)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Vastgelegd.")
            return go_to(request, "cases:around_detail", case.uuid)
    context = {"case": case, "form": form, "title": title}
    return render(request, "cases/around_note.html", context, status=status)


@require_http_methods(["GET", "POST"])
def place_end(request: HttpRequest, uuid: UUID, what: UUID) -> HttpResponse:
    return _end(request, uuid, what, Place)


@require_http_methods(["GET", "POST"])
def relative_end(request: HttpRequest, uuid: UUID, what: UUID) -> HttpResponse:
    return _end(request, uuid, what, Relative)


def _end(request: HttpRequest, uuid: UUID, what: UUID, model: Any) -> HttpResponse:
    case = find(request, uuid)
    found = get_object_or_404(model.objects.visible_to(request.user), uuid=what, youth=case.youth_id)
    check_may_write(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    form = EndForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        said = form.cleaned_data
        try:
            operations.end(
                what=found, case=case, ended_on=said["ended_on"], because=said["because"], by=request.user
            )
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Het staat er nu als wat was.")
            return go_to(request, "cases:around_detail", case.uuid)
    title = found.name if model is Relative else f"{found.get_kind_display().capitalize()}: {found.text}"
    context = {"case": case, "form": form, "title": title}
    return render(request, "cases/around_end.html", context, status=status)
