"""Pages about measures: noting one, one and how it goes, the strip of all of them, a warning laid to rest."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.log import record
from cases.events import CaseEvent
from cases.forms.measures import ChangeForm, ClashForm, NoteForm, RenewForm, StateForm
from cases.models import Measure, MeasureState
from cases.models.measures import AgeAt
from cases.operations import measures as operations
from cases.permissions.cases import check_may_lead, check_may_read
from cases.permissions.measures import check_can_answer, check_may_change
from cases.permissions.table import check_may_write
from cases.queries import measures_of, open_clashes
from cases.rules.measures import NEXT_STATES
from cases.rules.situations import is_current
from cases.views.cases import find
from cases.views.strip import spans_of
from foundation.errors import NotPossible, Stale, allows
from foundation.http import go_to, sent
from foundation.span_charts import span_chart
from foundation.templatetags.components import shown

RELATED = ("case__youth", "kind", "owner_partner", "municipality", "noted_by", "confirmed_by", "ended_by")


@require_http_methods(["GET", "POST"])
def measure_note(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Note what an organisation does or imposes, so that the others do not work past it."""
    case = find(request, uuid)
    check_may_write(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    may_lead = allows(check_may_lead, request.user, case)
    form = NoteForm(sent(request), case=case, user=request.user, may_lead=may_lead)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        said = form.cleaned_data
        try:
            operations.note(
                case=case,
                kind=said["kind"],
                owner_partner=said["owner"],
                state=MeasureState(said["state"]),
                content=form.content(),
                key=said["key"],
                by=request.user,
            )
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "De maatregel is vastgelegd.")
            return go_to(request, "cases:case_detail", case.uuid)
    return render(request, "cases/measure_note.html", {"case": case, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def measure_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One measure; and how it goes on."""
    measure = _find(request, uuid)
    form = StateForm(sent(request), measure=measure)
    if request.method == "GET":
        return _show(request, measure, form)
    check_may_change(request.user, measure)
    if not form.is_valid():
        return _show(request, measure, form, status=400)
    said = form.cleaned_data
    try:
        operations.move(measure=measure, to=MeasureState(said["to"]), result=said["result"], by=request.user)
    except NotPossible as refusal:
        form.add_error(None, refusal.reason)
        return _show(request, measure, form, status=409)
    messages.success(request, "De stand van de maatregel is bijgewerkt.")
    return go_to(request, "cases:measure_detail", measure.uuid)


def _show(request: HttpRequest, measure: Measure, form: StateForm, status: int = 200) -> HttpResponse:
    record(CaseEvent.MEASURE_VIEWED, by=request.user, about=measure)
    may_change = allows(check_may_change, request.user, measure)
    context = {
        "measure": measure,
        "facts": _facts(measure),
        "rules": _catalogue_facts(measure),
        "form": form if form.is_bound or (may_change and NEXT_STATES[MeasureState(measure.state)]) else None,
        "may_change": may_change and is_current(measure),
        "may_renew": may_change and measure.state == MeasureState.RUNNING,
    }
    return render(request, "cases/measure_detail.html", context, status=status)


@require_http_methods(["GET", "POST"])
def measure_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct what is known of it."""
    measure = _find(request, uuid)
    check_may_change(request.user, measure)
    record(CaseEvent.MEASURE_VIEWED, by=request.user, about=measure)
    form = ChangeForm(sent(request), measure=measure)
    status, stale = 400 if form.is_bound else 200, None
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            operations.change(measure=measure, version=version, content=form.content(), by=request.user)
        except Stale as refusal:
            stale, status = refusal.current, 409
            form = _again(request, stale)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "De maatregel is gewijzigd.")
            return go_to(request, "cases:measure_detail", measure.uuid)
    context = {"measure": measure, "form": form, "theirs": _facts(stale) if stale else []}
    return render(request, "cases/measure_change.html", context, status=status)


def _again(request: HttpRequest, current: Measure) -> ChangeForm:
    """What was typed, upon what stands there now: nothing typed is lost, and saving again is a choice."""
    typed = request.POST.copy()
    typed["version"] = str(current.version)
    return ChangeForm(typed, measure=current)


@require_http_methods(["GET", "POST"])
def measure_renew(request: HttpRequest, uuid: UUID) -> HttpResponse:
    measure = _find(request, uuid)
    check_may_change(request.user, measure)
    record(CaseEvent.MEASURE_VIEWED, by=request.user, about=measure)
    form = RenewForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.renew(measure=measure, until=form.cleaned_data["until"], by=request.user)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "De maatregel is verlengd.")
            return go_to(request, "cases:measure_detail", measure.uuid)
    return render(request, "cases/measure_renew.html", {"measure": measure, "form": form}, status=status)


@require_POST
def measure_confirm(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One click: it is still so."""
    measure = _find(request, uuid)
    operations.confirm(measure=measure, by=request.user)
    messages.success(request, "Dank u. De maatregel is opnieuw bevestigd.")
    return go_to(request, "cases:measure_detail", measure.uuid)


@require_GET
def measure_strip(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The strip as a picture; `breed=smal` for a phone."""
    case = find(request, uuid)
    measures = measures_of(case, request.user)
    record(CaseEvent.MEASURES_LISTED, by=request.user, about=measures)
    is_narrow = request.GET.get("breed") == "smal"
    svg = span_chart(
        spans_of(measures, is_narrow=is_narrow),
        today=timezone.localdate(),
        title="Maatregelen",
        description="Van wanneer tot wanneer. Dezelfde gegevens staan in de tabel.",
        width=320 if is_narrow else 640,
    )
    return HttpResponse(svg, content_type="image/svg+xml")


@require_http_methods(["GET", "POST"])
def clash_answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say of one warning why it may stay so."""
    case = find(request, uuid)
    check_can_answer(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    found, _ = open_clashes(case, request.user, measures_of(case, request.user))
    asked = request.POST if request.method == "POST" else request.GET
    key = (asked.get("rule", ""), asked.get("measures", ""))
    clash = next((c for c in found if (c.rule, _ids(c.measure_ids)) == key), None)
    if clash is None:
        messages.info(request, "Deze waarschuwing is er niet meer.")
        return go_to(request, "cases:case_detail", case.uuid)
    form = ClashForm(sent(request), initial={"rule": clash.rule, "measures": _ids(clash.measure_ids)})
    if form.is_valid():
        operations.answer_clash(case=case, clash=clash, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "De waarschuwing is beantwoord.")
        return go_to(request, "cases:case_detail", case.uuid)
    context = {"case": case, "clash": clash, "form": form}
    return render(request, "cases/clash_answer.html", context, status=400 if form.is_bound else 200)


def _ids(numbers: list[int]) -> str:
    return ",".join(map(str, numbers))


def _facts(measure: Measure) -> list[tuple[str, Any]]:
    confessed = {True: "ja", False: "nee", None: "niet bekend bij ons"}[measure.is_confessed]
    noted = f"{shown(timezone.localdate(measure.noted_at))} door {measure.noted_by}"
    confirmed = f"{shown(timezone.localdate(measure.confirmed_at))} door {measure.confirmed_by}"
    facts: list[tuple[str, Any]] = [
        ("Stand", measure.get_state_display()),
        ("Wie voert uit", measure.owner_partner),
        ("Wie legde op", measure.imposed_by),
        ("Gemeente die oplegt", measure.municipality),
        ("Grondslag", measure.ground),
        ("Van", measure.starts_on),
        ("Tot en met", measure.ends_on),
        ("Verlengd", f"{measure.renewals} keer" if measure.renewals else ""),
        ("Plaats of gebied", measure.place),
        ("Dagen en tijden", measure.days),
        ("Dag van het feit", measure.fact_on),
        ("Heeft de jongere bekend", confessed if measure.fact_on else ""),
        ("Resultaat", measure.result),
        ("Bron", measure.source),
        ("Vastgelegd", noted),
        ("Laatst bevestigd", confirmed),
    ]
    return [(term, value) for term, value in facts if value]


def _catalogue_facts(measure: Measure) -> list[tuple[str, Any]]:
    kind = measure.kind
    at_fact = f", {kind.get_age_moment_display()}" if kind.age_moment == AgeAt.FACT else ""
    facts: list[tuple[str, Any]] = [
        ("Wie legt op of besluit", kind.imposer),
        ("Aard", kind.get_nature_display()),
        ("Leeftijd", f"{kind.ages}{at_fact}" if kind.ages else ""),
        ("Duurt hoogstens", f"{kind.max_days} dagen" if kind.max_days else ""),
        ("Verlengen", f"hoogstens {kind.max_renewals} keer" if kind.max_renewals else ""),
        ("Voorwaarden", kind.conditions),
        ("Geverifieerd", kind.verified_on or "nog niet"),
    ]
    return [(term, value) for term, value in facts if value]


def _find(request: HttpRequest, uuid: UUID) -> Measure:
    found = Measure.objects.visible_to(request.user).select_related(*RELATED)
    measure: Measure = get_object_or_404(found, uuid=uuid)
    check_may_read(request.user)
    return measure
