"""Who can see this case, why and until when; and letting somebody in or out."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access import operations
from access.forms import EndForm, GrantForm, ParticipationForm
from access.models import Compartment, CompartmentKind, Exclusion, Grant, Participation
from access.permissions import led_rooms
from access.queries import ReadersOf, who_reads
from accounts.roles import DataClass, Level
from audit.log import record
from cases.events import CaseEvent
from cases.forms.access_requests import StepAsideForm
from cases.models import Case, LevelChange, LevelChangeState
from cases.operations import rooms
from cases.permissions.cases import check_can_plan, check_leads_somewhere
from cases.views.cases import find
from foundation.errors import NotPossible, allows
from foundation.http import go_to, sent
from foundation.templatetags.components import shown


@require_GET
def case_access(request: HttpRequest, uuid: str) -> HttpResponse:
    """Per part of the case: who reads it, on what ground, why, since and until when."""
    return _show(request, find(request, uuid))


def _show(request: HttpRequest, case: Case, status: int = 200) -> HttpResponse:
    record(CaseEvent.CASE_ACCESS_VIEWED, by=request.user, about=case)
    answers = who_reads(_parts(request, case), user=request.user)
    led = led_rooms(request.user, [answer.compartment.pk for answer in answers])
    prepared = _prepared(request, case)
    parts = [_part(answer, case, led - prepared, prepared) for answer in answers]
    context = {
        "case": case,
        "youth_part": parts[0],
        "rooms": [p for p in parts[1:] if p["kind"] == CompartmentKind.CASE],
        "items": [p for p in parts[1:] if p["kind"] == CompartmentKind.AGENDA_ITEM],
        "may_change": allows(check_can_plan, request.user, case),
    }
    return render(request, "access/case_access.html", context, status=status)


def _parts(request: HttpRequest, case: Case) -> list[Compartment]:
    """The youth's compartment first, then the present room, then what was before."""
    seen = Compartment.objects.visible_to(request.user).select_related("municipality")
    within = seen.filter(
        within=case.compartment_id, kind__in=[CompartmentKind.CASE, CompartmentKind.AGENDA_ITEM]
    )
    inner = sorted(within.order_by("-made_at", "-pk"), key=lambda c: case.room_id not in (c.pk, c.beside_id))
    return [seen.get(pk=case.compartment_id), *inner]


def _prepared(request: HttpRequest, case: Case) -> set[int]:
    """Rooms made ready for a level that has not accepted yet: nobody else comes in there."""
    proposed = LevelChange.objects.visible_to(request.user).filter(case=case, state=LevelChangeState.PROPOSED)
    return set(proposed.values_list("room_id", flat=True))


def _part(answer: ReadersOf, case: Case, led: set[int], prepared: set[int]) -> dict[str, Any]:
    compartment = answer.compartment
    level = Level(compartment.level).label
    state = "eerder"
    if case.room_id in (compartment.pk, compartment.beside_id):
        state = "nu"
    elif compartment.pk in prepared:
        state = "klaargezet, nog niet overgenomen"
    elif compartment.closed_at:
        state = "gesloten"
    place = compartment.municipality or "buiten Parkstad"
    return {
        "kind": compartment.kind,
        "title": f"{level} {place}: {state}{_kept(compartment)}",
        "note": f"Signalen, acties en afsluiting op dit niveau, sinds {shown(timezone.localdate(compartment.made_at))}.",
        "level": level,
        "made_at": compartment.made_at,
        "may_end": compartment.pk in led and compartment.kind == CompartmentKind.CASE,
        "readers": answer.now,
        "earlier": answer.earlier,
        "kept_out": answer.kept_out if compartment.pk in led else [],
    }


def _kept(compartment: Compartment) -> str:
    """What is kept more strictly has readers of its own."""
    is_basis = compartment.data_class == DataClass.BASIS
    return "" if is_basis else f" ({DataClass(compartment.data_class).label})"


@require_http_methods(["GET", "POST"])
def participation_add(request: HttpRequest, uuid: str) -> HttpResponse:
    """Let an organisation take part in the case at its present level."""
    case = find(request, uuid)
    check_can_plan(request.user, case)
    record(CaseEvent.CASE_ACCESS_VIEWED, by=request.user, about=case)
    classes = _classes(request)
    form = ParticipationForm(
        sent(request), classes=classes, taking_part=_reads_all(request, case, len(classes))
    )
    return _let_in(request, case, form, rooms.let_in, "access/participation_add.html")


def _reads_all(request: HttpRequest, case: Case, classes: int) -> list[int]:
    """The organisations that read everything there is to share already."""
    rooms = Q(compartment=case.room_id) | Q(compartment__beside=case.room_id)
    seats = Participation.objects.visible_to(request.user).active().filter(rooms)
    counted = seats.values("partner").annotate(rooms=Count("compartment")).filter(rooms=classes)
    return list(counted.values_list("partner", flat=True))


def _classes(request: HttpRequest) -> list[DataClass]:
    """What this regisseur may share: what it may read itself. What is secret goes to persons by name only."""
    return [DataClass.BASIS, *(c for c in request.user.cleared_classes if c != DataClass.GEHEIM)]


@require_http_methods(["GET", "POST"])
def grant_give(request: HttpRequest, uuid: str) -> HttpResponse:
    """Let one person by name read the case at its present level, until a day."""
    case = find(request, uuid)
    check_can_plan(request.user, case)
    record(CaseEvent.CASE_ACCESS_VIEWED, by=request.user, about=case)
    form = GrantForm(sent(request), by=request.user)
    return _let_in(request, case, form, _grant, "access/grant_give.html")


def _grant(*, case: Case, **said: Any) -> None:
    operations.grant(compartment=case.room, **said)


def _let_in(request: HttpRequest, case: Case, form: Any, operation: Any, template: str) -> HttpResponse:
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operation(case=case, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "De toegang is gegeven.")
            return go_to(request, "cases:case_access", case.uuid)
    return render(request, template, {"case": case, "form": form}, status=status)


@require_POST
def participation_end(request: HttpRequest, uuid: str) -> HttpResponse:
    """From now on this organisation does not read this part. Twice is once."""
    case = find(request, uuid)
    check_leads_somewhere(request.user)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _show(request, case, status=400)
    found = Participation.objects.visible_to(request.user).select_related("compartment")
    found = found.filter(compartment__within=case.compartment_id, compartment__kind=CompartmentKind.CASE)
    participation = get_object_or_404(found, pk=form.cleaned_data["row"])
    operations.end_participation(participation=participation, by=request.user)
    messages.success(request, "De deelname is beëindigd.")
    return go_to(request, "cases:case_access", case.uuid)


@require_POST
def grant_end(request: HttpRequest, uuid: str) -> HttpResponse:
    """End the access of one person. A second click finds nothing left to end."""
    case = find(request, uuid)
    check_leads_somewhere(request.user)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _show(request, case, status=400)
    rooms = Compartment.objects.visible_to(request.user).filter(within=case.compartment_id)
    room = rooms.filter(grants=form.cleaned_data["row"]).first()
    given: Grant | None = room.grants.filter(pk=form.cleaned_data["row"]).first() if room else None
    if given is None:
        messages.info(request, "Deze toegang was al beëindigd.")
    else:
        operations.end_grant(grant=given, by=request.user)
        messages.success(request, "De toegang is beëindigd.")
    return go_to(request, "cases:case_access", case.uuid)


@require_http_methods(["GET", "POST"])
def case_step_aside(request: HttpRequest, uuid: str) -> HttpResponse:
    """ "Ik ken deze jongere privé": the case closes for me, and only regie can open it again."""
    case = find(request, uuid)
    record(CaseEvent.CASE_ACCESS_VIEWED, by=request.user, about=case)
    form = StepAsideForm(sent(request))
    if form.is_valid():
        operations.step_aside(
            compartment=case.compartment, reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(request, "Dit dossier is voor u gesloten, ook in overleg en verslag.")
        return go_to(request, "home")
    context = {"case": case, "form": form}
    return render(request, "access/case_step_aside.html", context, status=400 if form.is_bound else 200)


@require_POST
def exclusion_end(request: HttpRequest, uuid: str) -> HttpResponse:
    """Let a person in again, as far as their role reaches."""
    case = find(request, uuid)
    check_leads_somewhere(request.user)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _show(request, case, status=400)
    kept_out = Exclusion.objects.visible_to(request.user).select_related("compartment")
    exclusion = get_object_or_404(
        kept_out.filter(compartment=case.compartment_id), pk=form.cleaned_data["row"]
    )
    operations.end_exclusion(exclusion=exclusion, by=request.user)
    messages.success(request, "Deze persoon kan het dossier weer lezen, als de rol dat toelaat.")
    return go_to(request, "cases:case_access", case.uuid)
