"""Files at a case and at a signal: what is there, adding one, opening it, taking it back."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from access.queries import ground_of
from audit.log import record
from cases.events import CaseEvent
from cases.forms.attachments import CaseFileForm, SignalFileForm
from cases.forms.picture import WithdrawForm
from cases.models import Attachment, AttachmentState, Signal
from cases.operations import attachments as operations
from cases.permissions.attachments import check_can_withdraw, check_may_see
from cases.permissions.signals import check_may_follow, check_may_register, check_may_triage
from cases.permissions.table import check_may_write
from cases.rules.attachments import OPEN_STATES, check_can_open
from cases.views.cases import find
from foundation.errors import NotPossible, allows
from foundation.files import SANDBOX, FileKind, as_download
from foundation.http import go_to, sent
from jobs.models import Job
from jobs.tasks import ring

RELATED = ("case__youth", "signal", "partner", "made_by", "withdrawn_by", "compartment")
STATE_KINDS = {
    AttachmentState.WAITING: "info",
    AttachmentState.READY: "positive",
    AttachmentState.REFUSED: "negative",
}


@require_GET
def attachment_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The files of a case that this reader may read, the newest first."""
    case = find(request, uuid)
    may_add = not case.closed_at and allows(check_may_write, request.user, case)
    return _list(request, case, case.youth.name, "case", may_add=may_add)


@require_http_methods(["GET", "POST"])
def attachment_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    case = find(request, uuid)
    check_may_write(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    form = CaseFileForm(sent(request), _files(request), user=request.user)
    save = partial(operations.add_to_case, case=case, by=request.user)
    back_url = reverse("cases:attachment_list", args=[case.uuid])
    return _add(request, form, save, back_url, lead=case.youth.name)


@require_GET
def signal_attachment_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The files at a signal: for its sender, and for who judges it."""
    signal = _signal(request, uuid)
    is_mine = allows(check_may_follow, request.user, signal)
    may_add = is_mine and signal.state in OPEN_STATES
    return _list(request, signal, signal.youth_name, "signal", may_add=may_add, is_mine=is_mine)


@require_http_methods(["GET", "POST"])
def signal_attachment_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    signal = _signal(request, uuid)
    check_may_follow(request.user, signal)
    record(CaseEvent.SIGNAL_VIEWED, by=request.user, about=signal)
    form = SignalFileForm(sent(request), _files(request))
    save = partial(operations.add_to_signal, signal=signal, by=request.user)
    back_url = reverse("cases:signal_attachment_list", args=[signal.uuid])
    return _add(request, form, save, back_url, lead=signal.youth_name)


@require_GET
def attachment_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a file is and where it comes from. Of what is kept strictly, this is the step that the log knows."""
    attachment = _find(request, uuid)
    record(CaseEvent.ATTACHMENT_SHOWN, by=request.user, about=attachment)
    at = "attachment_list" if attachment.case else "signal_attachment_list"
    context = {
        "attachment": attachment,
        "back_url": reverse(f"cases:{at}", args=[attachment.parent.uuid]),
        "state_kind": STATE_KINDS[AttachmentState(attachment.state)],
        "may_withdraw": not attachment.withdrawn_at and allows(check_can_withdraw, request.user, attachment),
        "facts": [
            ("Waar komt het vandaan", attachment.source),
            ("Soort", attachment.get_kind_display()),
            ("Toegevoegd", f"door {attachment.made_by}, {attachment.partner}"),
            ("Op", attachment.made_at),
            *([("Niet aangenomen", attachment.refused_because)] if attachment.refused_because else []),
            *([("Teruggenomen", attachment.withdrawn_because)] if attachment.withdrawn_because else []),
        ],
    }
    template = "cases/attachment_detail.html" + ("#shown" if request.htmx else "")
    return render(request, template, context)


@csp_update(SANDBOX)
@require_GET
def attachment_open(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The file itself, to save. Its name tells nothing."""
    attachment = _find(request, uuid)
    check_can_open(attachment)
    ground = ground_of(request.user, attachment.compartment)
    record(CaseEvent.ATTACHMENT_OPENED, by=request.user, about=attachment, ground=ground)
    name = f"bijlage-{str(attachment.uuid)[:8]}"
    return as_download(bytes(attachment.content), FileKind(attachment.kind), name=name)


@require_http_methods(["GET", "POST"])
def attachment_withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    attachment = _find(request, uuid)
    check_can_withdraw(request.user, attachment)
    record(CaseEvent.ATTACHMENT_SHOWN, by=request.user, about=attachment)
    form = WithdrawForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.withdraw(attachment=attachment, reason=form.cleaned_data["reason"], by=request.user)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Teruggenomen. Niemand opent dit bestand nog.")
            return go_to(request, "cases:attachment_detail", attachment.uuid)
    context = {"attachment": attachment, "form": form}
    return render(request, "cases/attachment_withdraw.html", context, status=status)


def _list(request: HttpRequest, at: Any, name: str, parent: str, **may: bool) -> HttpResponse:
    """First whether work waits, then the files: who finishes in between is seen at the next look."""
    found = Attachment.objects.visible_to(request.user).filter(**{parent: at}).select_related(*RELATED)
    ids = list(found.values_list("pk", flat=True))
    mine = Job.objects.unfinished().filter(kind=operations.KIND, subject_id__in=ids, asked_by=request.user)
    job = mine.order_by("pk").first()
    files = list(found.order_by("-made_at", "-pk"))
    record(CaseEvent.ATTACHMENTS_LISTED, by=request.user, about=[at, *files])
    rows = [(one, STATE_KINDS[AttachmentState(one.state)]) for one in files]
    context = {"at": at, "name": name, "rows": rows, "at_case": parent == "case", "job": job}
    return render(request, "cases/attachment_list.html", context | may)


def _add(
    request: HttpRequest, form: SignalFileForm, save: Callable[..., Job], back_url: str, *, lead: str
) -> HttpResponse:
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            job = save(**form.said)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            ring(job)
            messages.success(request, "Ontvangen. Het wordt nu nagekeken; daarna is het te openen.")
            return go_to(request, back_url)
    context = {"form": form, "back_url": back_url, "lead": lead}
    return render(request, "cases/attachment_add.html", context, status=status)


def _files(request: HttpRequest) -> Any:
    return request.FILES if request.method == "POST" else None


def _signal(request: HttpRequest, uuid: UUID) -> Signal:
    signal: Signal = get_object_or_404(Signal.objects.visible_to(request.user), uuid=uuid)
    if not allows(check_may_triage, request.user):
        check_may_register(request.user)
    return signal


def _find(request: HttpRequest, uuid: UUID) -> Attachment:
    found = Attachment.objects.visible_to(request.user).select_related(*RELATED)
    attachment: Attachment = get_object_or_404(found, uuid=uuid)
    check_may_see(request.user, attachment)
    return attachment
