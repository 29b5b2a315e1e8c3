"""The picture of a youth per part of life: looking at it, adding to it, taking something back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from access.models import Compartment
from accounts.roles import DataClass
from audit.log import record
from cases.events import CaseEvent
from cases.forms.picture import RemarkForm, WithdrawForm
from cases.models import Case, LifeArea, Remark, RemarkKind
from cases.operations import picture as operations
from cases.permissions.cases import check_may_read
from cases.permissions.picture import check_can_withdraw
from cases.permissions.table import check_may_write
from cases.rules.picture import picture_of
from cases.views.cases import find
from foundation.errors import NotPossible, allows
from foundation.http import go_to, sent

RELATED = ("case__youth", "area", "partner", "made_by", "withdrawn_by")


@require_GET
def picture_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Worries and strengths beside each other, part of life by part of life, and the voices above them."""
    case = find(request, uuid)
    remarks = list(_of(request, case).standing())
    record(CaseEvent.PICTURE_VIEWED, by=request.user, about=case)
    withdrawn = _of(request, case).exclude(withdrawn_at=None)
    context = {
        "case": case,
        "picture": picture_of(remarks, LifeArea.objects.offered()),
        "withdrawn": withdrawn,
        "may_write": not case.closed_at and allows(check_may_write, request.user, case),
        "reads_room": Compartment.objects.visible_to(request.user).filter(pk=case.room_id).exists(),
    }
    return render(request, "cases/picture_detail.html", context)


def _of(request: HttpRequest, case: Case):  # type: ignore[no-untyped-def]
    mine = Remark.objects.visible_to(request.user).filter(case=case)
    return mine.select_related(*RELATED).order_by("-seen_on", "-pk")


@require_http_methods(["GET", "POST"])
def remark_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    case = find(request, uuid)
    check_may_write(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    chosen = {"area": request.GET.get("gebied", "")}
    form = RemarkForm(sent(request), user=request.user, initial=chosen)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        said = form.cleaned_data
        try:
            operations.add_remark(
                case=case,
                by=request.user,
                **said | {"kind": RemarkKind(said["kind"]), "data_class": DataClass(said["data_class"])},
            )
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Toegevoegd aan het beeld.")
            return go_to(request, "cases:picture_detail", case.uuid)
    return render(request, "cases/remark_add.html", {"case": case, "form": form}, status=status)


@require_GET
def remark_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One remark in full. For what is kept strictly this is the step that the log knows."""
    remark = _find(request, uuid)
    record(CaseEvent.REMARK_SHOWN, by=request.user, about=remark)
    context = {
        "remark": remark,
        "may_withdraw": not remark.withdrawn_at and allows(check_can_withdraw, request.user, remark),
        "facts": [
            ("Soort", remark.get_kind_display().capitalize()),
            *([("Leefgebied", remark.area)] if remark.area else []),
            ("Soort informatie", remark.get_nature_display()),
            ("Bron", remark.source),
            ("Gezien of gehoord op", remark.seen_on),
            ("Opgeschreven door", f"{remark.made_by}, {remark.partner}"),
            *([("Teruggenomen", remark.withdrawn_because)] if remark.withdrawn_at else []),
        ],
    }
    template = "cases/remark_detail.html" + ("#shown" if request.htmx else "")
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def remark_withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    remark = _find(request, uuid)
    check_can_withdraw(request.user, remark)
    record(CaseEvent.REMARK_SHOWN, by=request.user, about=remark)
    form = WithdrawForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.withdraw_remark(remark=remark, reason=form.cleaned_data["reason"], by=request.user)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Teruggenomen. Wie het las, ziet dat en waarom.")
            return go_to(request, "cases:picture_detail", remark.case.uuid)
    return render(request, "cases/remark_withdraw.html", {"remark": remark, "form": form}, status=status)


def _find(request: HttpRequest, uuid: UUID) -> Remark:
    found = Remark.objects.visible_to(request.user).select_related(*RELATED)
    remark: Remark = get_object_or_404(found, uuid=uuid)
    check_may_read(request.user)
    return remark
