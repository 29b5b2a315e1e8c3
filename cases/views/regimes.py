"""The beheerder keeps what a level asks and allows: criteria to get there, and its legal regime."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from cases.forms.regimes import CriterionForm, RegimeForm
from cases.models import LevelCriterion, LevelRegime
from cases.operations import regimes as operations
from cases.permissions.measures import check_may_keep_catalogue
from foundation.http import go_to, sent


@require_GET
def regime_list(request: HttpRequest) -> HttpResponse:
    check_may_keep_catalogue(request.user)
    criteria = LevelCriterion.objects.filter(closed_at=None)
    context = {"regimes": LevelRegime.objects.all(), "criteria": criteria}
    return render(request, "cases/regime_list.html", context)


@require_http_methods(["GET", "POST"])
def regime_change(request: HttpRequest, level: int) -> HttpResponse:
    check_may_keep_catalogue(request.user)
    regime = get_object_or_404(LevelRegime, level=level)
    form = RegimeForm(sent(request), instance=LevelRegime.objects.get(pk=regime.pk))
    if form.is_valid():
        operations.change_regime(regime=regime, values=form.cleaned_data, by=request.user)
        messages.success(request, "Het rechtsregime is gewijzigd. Lopende periodes houden hun eigen woorden.")
        return go_to(request, "cases:regime_list")
    return _form(request, form, f"Wat geldt op niveau {regime}?")


@require_http_methods(["GET", "POST"])
def criterion_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_keep_catalogue(request.user)
    criterion = get_object_or_404(LevelCriterion, uuid=uuid)
    form = CriterionForm(sent(request), instance=LevelCriterion.objects.get(pk=criterion.pk))
    if form.is_valid():
        operations.change_criterion(criterion=criterion, values=form.cleaned_data, by=request.user)
        messages.success(request, "Het criterium is gewijzigd.")
        return go_to(request, "cases:regime_list")
    return _form(request, form, f"Van {criterion.get_old_display()} naar {criterion.get_new_display()}")


def _form(request: HttpRequest, form: Any, title: str) -> HttpResponse:
    context = {"form": form, "title": title}
    return render(request, "cases/regime_change.html", context, status=400 if form.is_bound else 200)
