"""Taking back and correcting what was told, and processing that."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Permission
from audit.log import record
from cases.events import CaseEvent
from cases.forms.corrections import CorrectForm, TakeBackForm, WordForm
from cases.models import Correction, CorrectionTask, Signal
from cases.operations import corrections as operations
from cases.permissions.cases import check_may_read
from cases.permissions.corrections import check_may_list_corrections, check_may_process, check_may_word
from cases.permissions.signals import check_may_follow
from cases.rules.corrections import check_can_correct, check_can_word
from cases.views.signals import find_own
from foundation.errors import NotPossible, Stale
from foundation.http import go_to, sent
from foundation.paging import page_of


# --- the source ---------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def signal_take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was told is not right at all."""
    signal = _find_told(request, uuid)
    form = TakeBackForm(sent(request), signal=signal)
    if not form.is_valid():
        return _show(request, signal, form, status=400 if form.is_bound else 200)
    try:
        operations.take_back(signal=signal, by=request.user, **form.cleaned_data)
    except NotPossible as refusal:
        return _refused(request, signal, form, refusal)
    messages.success(request, "Teruggenomen. Wie het las, ziet dat en krijgt een taak.")
    return go_to(request, "cases:signal_detail", signal.uuid)


@require_http_methods(["GET", "POST"])
def signal_correct(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was told must say something else."""
    signal = _find_told(request, uuid)
    form = CorrectForm(sent(request), signal=signal)
    if not form.is_valid():
        return _show(request, signal, form, status=400 if form.is_bound else 200)
    try:
        operations.correct(signal=signal, by=request.user, **form.cleaned_data)
    except NotPossible as refusal:
        return _refused(request, signal, form, refusal)
    messages.success(request, "Verbeterd. Wie het las, ziet dat en krijgt een taak.")
    return go_to(request, "cases:signal_detail", signal.uuid)


def _find_told(request: HttpRequest, uuid: UUID) -> Signal:
    signal = find_own(request, str(uuid))
    check_may_follow(request.user, signal)
    if request.method == "GET":  # the second click of a form finds the work done
        check_can_correct(signal)
    return signal


def _show(request: HttpRequest, signal: Signal, form: TakeBackForm, status: int) -> HttpResponse:
    record(CaseEvent.SIGNAL_VIEWED, by=request.user, about=signal)
    context = {"signal": signal, "form": form, "corrects": isinstance(form, CorrectForm)}
    return render(request, "cases/signal_correct.html", context, status=status)


def _refused(request: HttpRequest, signal: Signal, form: TakeBackForm, refusal: NotPossible) -> HttpResponse:
    """What was typed stays on the screen, upon the newest version."""
    if isinstance(refusal, Stale):
        signal = refusal.current
        form.upon(signal.version)
    form.add_error(None, refusal.reason)
    return _show(request, signal, form, status=409)


# --- who read it --------------------------------------------------------------------------------------
@require_GET
def correction_list(request: HttpRequest) -> HttpResponse:
    """What one's own organisation still has to process; for regie also what others have, and what lacks its words."""
    user = request.user
    check_may_list_corrections(user)
    tasks = CorrectionTask.objects.visible_to(user).pending()
    leads = user.may(Permission.CASE_LEAD)
    if not leads:
        tasks = tasks.of(user)
    related = ("case__youth", "partner", "correction__told")
    page = page_of(tasks.select_related(*related), request.GET, order=("made_at", "id"))
    unworded = _unworded(request) if leads else []
    record(CaseEvent.CORRECTIONS_LISTED, by=user, about=[*page.rows, *unworded])
    context = {"page": page, "leads": leads, "unworded": unworded}
    return render(request, "cases/correction_list.html", context)


def _unworded(request: HttpRequest) -> list[Correction]:
    found = Correction.objects.visible_to(request.user).without_text()
    return list(found.select_related("case__youth", "source", "told").order_by("made_at", "pk")[:50])


@require_POST
def correction_process(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One click: what we keep ourselves says it too."""
    found = CorrectionTask.objects.visible_to(request.user).select_related("case", "correction__told")
    task: CorrectionTask = get_object_or_404(found, uuid=uuid)
    check_may_process(request.user, task)
    operations.process(task=task, by=request.user)
    messages.success(request, "Genoteerd dat uw organisatie dit heeft verwerkt.")
    return go_to(request, "cases:told_signal_detail", task.correction.told.uuid)


@require_http_methods(["GET", "POST"])
def correction_word(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Regie gives the right text where the words of the source do not belong."""
    found = Correction.objects.visible_to(request.user).select_related("case__youth", "told", "source")
    correction: Correction = get_object_or_404(found, uuid=uuid)
    check_may_read(request.user)
    check_may_word(request.user, correction)
    if request.method == "GET":
        check_can_word(correction)
    record(CaseEvent.TOLD_SIGNAL_SHOWN, by=request.user, about=correction.told)
    form = WordForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.word(correction=correction, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "De juiste tekst staat er. Wie het al verwerkte, krijgt het opnieuw.")
            return go_to(request, "cases:told_signal_detail", correction.told.uuid)
    context: dict[str, Any] = {
        "correction": correction,
        "form": form,
        "signal": _sent_in(request, correction),
    }
    return render(request, "cases/correction_word.html", context, status=status)


def _sent_in(request: HttpRequest, correction: Correction) -> Signal | None:
    """What the source sent in and says now, for regie that reads it."""
    signals = Signal.objects.visible_to(request.user)
    signal: Signal | None = signals.filter(pk=correction.told.signal_id).first()
    if signal:
        record(CaseEvent.SIGNAL_VIEWED, by=request.user, about=signal)
    return signal
