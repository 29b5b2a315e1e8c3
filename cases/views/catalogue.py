"""The beheerder keeps the catalogue of measures true: names, ages, terms, and where we know them from."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.forms.measures import AgeLimitForm, KindForm, NewKindForm, TermForm
from cases.forms.picture import LifeAreaForm
from cases.models import AgeLimit, LifeArea, MeasureKind, RuleTerm
from cases.operations import catalogue as operations
from cases.operations import picture as picture_operations
from cases.permissions.measures import check_may_keep_catalogue
from foundation.errors import NotPossible
from foundation.http import go_to, sent

FLAGGED_BY = ("min_age", "max_age", "excludes", "requires")


@require_GET
def measure_kind_list(request: HttpRequest) -> HttpResponse:
    check_may_keep_catalogue(request.user)
    context = {
        "kinds": MeasureKind.objects.offered(),
        "closed": MeasureKind.objects.exclude(closed_at=None),
        "terms": RuleTerm.objects.all(),
        "limits": AgeLimit.objects.all(),
        "areas": LifeArea.objects.offered(),
    }
    return render(request, "cases/measure_kind_list.html", context)


@require_http_methods(["GET", "POST"])
def measure_kind_add(request: HttpRequest) -> HttpResponse:
    check_may_keep_catalogue(request.user)
    form = NewKindForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in KindForm.Meta.fields}
        try:
            operations.add_kind(key=form.cleaned_data["key"], values=values, by=request.user)
        except NotPossible as refusal:
            form.add_error("code", refusal.reason)
            status = 409
        else:
            messages.success(request, "De maatregel staat in de catalogus.")
            return go_to(request, "cases:measure_kind_list")
    return render(request, "cases/measure_kind_add.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def measure_kind_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """First what the change would do, then the change: two buttons on one form."""
    check_may_keep_catalogue(request.user)
    kind = get_object_or_404(MeasureKind, uuid=uuid)
    form = KindForm(sent(request), instance=MeasureKind.objects.get(pk=kind.pk))
    status, touched = 400 if form.is_bound else 200, None
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in KindForm.Meta.fields}
        if "vooraf" in request.POST:
            now = {name: getattr(kind, name) for name in FLAGGED_BY}
            touched, status = (_flagged(kind, now), _flagged(kind, values)), 200
        else:
            try:
                operations.change_kind(kind=kind, values=values, by=request.user)
            except NotPossible as refusal:
                form.add_error("code", refusal.reason)
                status = 409
            else:
                messages.success(request, "De catalogus is gewijzigd. De waarschuwingen volgen meteen.")
                return go_to(request, "cases:measure_kind_list")
    context = {"form": form, "kind": kind, "touched": touched}
    return render(request, "cases/measure_kind_change.html", context, status=status)


def _flagged(kind: MeasureKind, values: Mapping[str, Any]) -> int:
    """How many running measures of this kind the rules about ages and about others warn of: a count, no cases."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cases_measures_flagged(%s, %s, %s, %s, %s)",
            [kind.pk, *(values[name] for name in FLAGGED_BY)],
        )
        return int(cursor.fetchone()[0])


@require_POST
def measure_kind_close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_keep_catalogue(request.user)
    operations.close_kind(kind=get_object_or_404(MeasureKind, uuid=uuid), by=request.user)
    messages.success(request, "Deze maatregel kan niet meer worden gekozen. Wat loopt, blijft staan.")
    return go_to(request, "cases:measure_kind_list")


@require_http_methods(["GET", "POST"])
def rule_term_change(request: HttpRequest, code: str) -> HttpResponse:
    check_may_keep_catalogue(request.user)
    term = get_object_or_404(RuleTerm, code=code)
    form = TermForm(sent(request), initial={"days": term.days})
    if form.is_valid():
        operations.change_term(term=term, days=form.cleaned_data["days"], by=request.user)
        messages.success(request, "De termijn is gewijzigd.")
        return go_to(request, "cases:measure_kind_list")
    context = {"form": form, "title": term.name}
    return render(request, "cases/rule_change.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def age_limit_change(request: HttpRequest, age: int) -> HttpResponse:
    check_may_keep_catalogue(request.user)
    limit = get_object_or_404(AgeLimit, age=age)
    form = AgeLimitForm(sent(request), initial={"consequence": limit.consequence})
    if form.is_valid():
        operations.change_age_limit(
            limit=limit, consequence=form.cleaned_data["consequence"], by=request.user
        )
        messages.success(request, "De leeftijdsgrens is gewijzigd.")
        return go_to(request, "cases:measure_kind_list")
    context = {"form": form, "title": f"Wat verandert er bij {limit}?"}
    return render(request, "cases/rule_change.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def life_area_change(request: HttpRequest, code: str) -> HttpResponse:
    check_may_keep_catalogue(request.user)
    area = get_object_or_404(LifeArea, code=code)
    form = LifeAreaForm(sent(request), instance=LifeArea.objects.get(pk=area.pk))
    if form.is_valid():
        picture_operations.change_area(area=area, values=form.cleaned_data, by=request.user)
        messages.success(request, "Het leefgebied is gewijzigd.")
        return go_to(request, "cases:measure_kind_list")
    context = {"form": form, "title": area.name}
    return render(request, "cases/rule_change.html", context, status=400 if form.is_bound else 200)
