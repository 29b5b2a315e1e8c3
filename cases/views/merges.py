"""Two youths who are one: find the other, compare, say so, and take it back."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from audit.log import record
from cases.events import CaseEvent
from cases.forms.merges import MergeForm, UndoForm
from cases.forms.youths import IdentityForm
from cases.merge_queries import Side, closed_by, mark_of, merges_of, side_of
from cases.models import Case, Youth, YouthMerge
from cases.operations import merges as operations
from cases.operations import youths
from cases.operations.citizen_numbers import same_person
from cases.permissions.cases import check_may_lead
from cases.permissions.merges import check_may_join
from cases.permissions.secrets import check_may_note_number
from cases.permissions.youths import check_may_search
from cases.views.facts import who_is
from foundation.errors import NotPossible, Stale, allows
from foundation.http import go_to, sent


def merged_with(case: Case, user: User) -> dict[str, Any]:
    """For the page of a case: into whom this youth went up, and the cases of who went up in this one.

    Only of whom this reader may know, and only the cases this reader may see.
    """
    merges = merges_of(case.youth_id, user)
    if not merges:
        return {"merges": []}
    others = [_other(merge, case.youth_id).pk for merge in merges]
    cases = list(Case.objects.visible_to(user).filter(youth__in=others).order_by("-opened_at", "-pk"))
    record(CaseEvent.MERGES_SHOWN, by=user, about=[*merges, *cases])
    return {
        "merges": [
            (merge, other, merge.absorbed_id == case.youth_id, [c for c in cases if c.youth_id == other.pk])
            for merge in merges
            for other in [_other(merge, case.youth_id)]
        ]
    }


def _other(merge: YouthMerge, youth_id: int) -> Youth:
    other: Youth = merge.kept if merge.absorbed_id == youth_id else merge.absorbed
    return other


def _find_case(request: HttpRequest, uuid: UUID) -> Case:
    cases = Case.objects.visible_to(request.user).select_related("youth__municipality", "youth__compartment")
    case: Case = get_object_or_404(cases, uuid=uuid)
    check_may_search(request.user)
    check_may_lead(request.user, case)
    return case


@require_http_methods(["GET", "POST"])
def merge_find(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Look for the other one: first with what is known of this youth, then with what is typed. Saves nothing."""
    case = _find_case(request, uuid)
    youth = case.youth
    known = {name: getattr(youth, name) for name in IdentityForm.base_fields}
    form = IdentityForm(request.POST) if request.method == "POST" else IdentityForm(initial=known)
    found = youths.find(asked=form.identity(), by=request.user)
    matches = [match for match in found if match.youth.pk != youth.pk]
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    context = {"case": case, "form": form, "matches": matches}
    if settings.BSN_GROUND and allows(check_may_note_number, request.user, case):
        context |= {"may_note_number": True, "same_number": same_person(youth=youth, by=request.user)}
    return render(request, "cases/merge_find.html", context)


@require_http_methods(["GET", "POST"])
def merge_confirm(request: HttpRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """The two beside each other, what a merge does, and the second look before it is done."""
    case = _find_case(request, uuid)
    their = get_object_or_404(
        Youth.objects.visible_to(request.user).select_related("municipality"), uuid=other
    )
    sides = side_of(case.youth, request.user), side_of(their, request.user)
    check_may_join(request.user, [case.youth, their], [c for side in sides if (c := side.open_case)])
    record(CaseEvent.YOUTHS_COMPARED, by=request.user, about=[case.youth, their])
    form = MergeForm(sent(request), sides=sides, seen=mark_of(sides))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            _merge(request, form, sides)
        except Stale as stale:
            one, other = sorted(stale.current, key=lambda side: side.youth.pk != case.youth_id)
            sides = one, other
            form, status = _again(request, sides, stale.reason), 409
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "De twee zijn samengevoegd.")
            return go_to(request, "cases:case_detail", case.uuid)
    context = {"case": case, "form": form, "sides": [_shown(side) for side in sides]}
    return render(request, "cases/merge_confirm.html", context, status=status)


def _merge(request: HttpRequest, form: MergeForm, sides: tuple[Side, Side]) -> None:
    said = form.cleaned_data
    one, other = sides[0].youth, sides[1].youth
    kept, absorbed = (one, other) if said["keep"] == str(one.uuid) else (other, one)
    operations.merge(kept=kept, absorbed=absorbed, reason=said["reason"], seen=said["seen"], by=request.user)


def _again(request: HttpRequest, sides: tuple[Side, Side], reason: str) -> MergeForm:
    """What was typed, upon what stands there now: to compare once more."""
    typed = request.POST.copy()
    typed["seen"] = mark_of(sides)
    del typed["is_same"]
    form = MergeForm(typed, sides=sides, seen=typed["seen"])
    form.add_error(None, reason)
    return form


def _shown(side: Side) -> dict[str, Any]:
    """One of the two: who it is, which cases, and what runs, because that goes on with who does it."""
    return {"side": side, "facts": who_is(side.youth, side.youth.municipality)}


@require_http_methods(["GET", "POST"])
def merge_undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """They are two after all: the pointer goes, and what the merge closed opens again."""
    merges = YouthMerge.objects.visible_to(request.user).select_related("kept__compartment", "absorbed")
    merge = get_object_or_404(merges, uuid=uuid)
    closing = closed_by(merge, request.user)
    check_may_join(request.user, [merge.kept, merge.absorbed], [closing.case] if closing else [])
    record(CaseEvent.MERGES_SHOWN, by=request.user, about=merge)
    form = UndoForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            merge = operations.undo(merge=merge, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            return _undone(request, merge)
    context = {"merge": merge, "form": form, "closing": closing}
    return render(request, "cases/merge_undo.html", context, status=status)


def _undone(request: HttpRequest, merge: YouthMerge) -> HttpResponse:
    if closed_by(merge, request.user):
        text = (
            "Dit zijn weer twee jongeren. Het gesloten dossier bleef dicht: er is intussen een ander geopend."
        )
        messages.warning(request, text)
    else:
        messages.success(request, "Dit zijn weer twee jongeren.")
    cases = Case.objects.visible_to(request.user).filter(youth__in=[merge.kept_id, merge.absorbed_id])
    newest = cases.order_by(F("closed_at").asc(nulls_first=True), "-opened_at").first()
    return go_to(request, "cases:case_detail", newest.uuid) if newest else go_to(request, "cases:case_list")
