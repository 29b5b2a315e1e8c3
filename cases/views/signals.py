"""The pages of the sender: my signals, the form, the conversation. And the list of what was told at tables."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.models import PoliceDecision
from access.queries import ground_of
from audit.log import record
from cases.events import CaseEvent
from cases.forms.signals import AnswerForm, SignalForm, ToldFilter
from cases.models import Signal, SignalNote, SignalNoteKind, SignalState, ToldSignal, Youth
from cases.operations import signals as operations
from cases.permissions.cases import check_may_read
from cases.permissions.corrections import reads_earlier
from cases.permissions.signals import check_may_read_told, check_may_register
from cases.queries import with_corrections
from cases.rules.corrections import check_can_correct
from cases.rules.signals import check_can_answer, check_can_move, missing_for_submit
from cases.rules.told_signals import told_text
from cases.views.facts import STATE_KINDS, conflicts, facts_of, typed_in
from cases.views.told import telling_of
from foundation.errors import NotPossible, Stale, allows
from foundation.http import go_to
from foundation.paging import page_of


def find_own(request: HttpRequest, uuid: str) -> Signal:
    """The sender's own signal of this address; of somebody else it is not there."""
    mine = Signal.objects.visible_to(request.user).sent_by(request.user)
    signal: Signal = get_object_or_404(mine.select_related("sender_partner", "municipality"), uuid=uuid)
    return signal


@require_GET
def signal_list(request: HttpRequest) -> HttpResponse:
    """Everything this user began or sent, the newest first, with what was said about it."""
    check_may_register(request.user)
    mine = Signal.objects.visible_to(request.user).sent_by(request.user).select_related("municipality")
    page = page_of(mine, request.GET, order=("-id",), size=25)
    record(CaseEvent.SIGNALS_LISTED, by=request.user, about=page.rows)
    said = _last_words(request, page.rows)
    rows = [(signal, STATE_KINDS[SignalState(signal.state)], said.get(signal.pk)) for signal in page.rows]
    return render(request, "cases/signal_list.html", {"page": page, "rows": rows, "key": uuid4()})


def _last_words(request: HttpRequest, signals: list[Signal]) -> dict[int, SignalNote]:
    """The last thing regie said about each of these signals."""
    notes = SignalNote.objects.visible_to(request.user).filter(signal__in=signals)
    of_regie = notes.filter(kind__in=[SignalNoteKind.QUESTION, SignalNoteKind.FEEDBACK]).order_by(
        "signal_id", "-written_at", "-pk"
    )
    return {note.signal_id: note for note in of_regie.distinct("signal_id")}


@require_http_methods(["GET", "POST"])
def signal_add(request: HttpRequest) -> HttpResponse:
    """What happens with a signal, and the button that begins one. Pressing twice begins one draft."""
    check_may_register(request.user)
    if request.method == "GET":
        return render(request, "cases/signal_add.html", {"key": uuid4()})
    signal = operations.start(key=_key(request.POST.get("key", "")), by=request.user)
    return go_to(request, "cases:signal_edit", signal.uuid)


def _key(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError:
        return uuid4()


@login_not_required
@require_http_methods(["GET", "POST"])
def signal_edit(request: HttpRequest, uuid: str) -> HttpResponse:
    """The one form. Typing saves; so do the buttons, without JavaScript."""
    if not request.user.is_authenticated:
        return _logged_out(request)
    signal = find_own(request, uuid)
    if request.method == "GET" and signal.state != SignalState.DRAFT:
        return go_to(request, "cases:signal_detail", signal.uuid)
    form = SignalForm(request.POST if request.method == "POST" else None, signal=signal)
    if not form.is_bound:
        return _show_form(request, signal, form)
    if not form.is_valid():
        return _refuse_form(request, signal, form)
    try:
        saved = operations.save(
            signal=signal, version=form.cleaned_data["version"] or 0, content=form.content(), by=request.user
        )
    except Stale as stale:
        return _show_conflict(request, stale.current, form)
    except NotPossible as too_late:
        return _show_too_late(request, signal, form, too_late)
    if _is_autosave(request):
        at = timezone.localtime(saved.saved_at).strftime("%H:%M")
        return JsonResponse({"version": saved.version, "saved_at": at})
    return _saved(request, saved, form)


def _saved(request: HttpRequest, signal: Signal, form: SignalForm) -> HttpResponse:
    """Kept. Was it also to be sent?"""
    if request.POST.get("action") != "submit":
        messages.success(request, "Uw concept is opgeslagen.")
        return go_to(request, "cases:signal_edit", signal.uuid)
    today = timezone.localdate()
    provided = PoliceDecision.objects.valid_on(today).about()
    missing = missing_for_submit(signal, signal.sender_partner.kind, today, provided)
    if missing:
        for field, what_to_do in missing:
            form.add_error(field, what_to_do)
        return _show_form(request, signal, _with_version(form, signal.version), status=400, is_stored=True)
    operations.submit(signal=signal, by=request.user)
    messages.success(request, "Uw signaal is ingediend. U hoort hier wat ermee gebeurt.")
    return go_to(request, "cases:signal_detail", signal.uuid)


def _show_form(
    request: HttpRequest, signal: Signal, form: SignalForm, status: int = 200, **more: Any
) -> HttpResponse:
    record(CaseEvent.SIGNAL_VIEWED, by=request.user, about=signal)
    context = {"signal": signal, "form": form.mark_needed(), "may_save": True, **more}
    return render(request, "cases/signal_edit.html", context, status=status)


def _refuse_form(request: HttpRequest, signal: Signal, form: SignalForm) -> HttpResponse:
    """Something cannot be stored, such as a text that is too long. It stays on the screen."""
    if not _is_autosave(request):
        return _show_form(request, signal, form, status=400)
    record(CaseEvent.SIGNAL_VIEWED, by=request.user, about=signal)
    field, problems = next(iter(form.errors.items()))
    label = form.fields[field].label if field in form.fields else ""
    return JsonResponse({"reason": f"{label}: {problems[0]}"}, status=400)


def _show_conflict(request: HttpRequest, current: Signal, form: SignalForm) -> HttpResponse:
    """Another tab or phone saved first: both texts, and the newest version to save upon."""
    record(CaseEvent.SIGNAL_VIEWED, by=request.user, about=current)
    context = {
        "signal": current,
        "form": _with_version(form, current.version).mark_needed(),
        "conflicts": conflicts(form, current),
        "may_save": True,
    }
    part = "#conflicts" if _is_autosave(request) else ""
    return render(request, f"cases/signal_edit.html{part}", context, status=409)


def _show_too_late(request: HttpRequest, signal: Signal, form: SignalForm, no: NotPossible) -> HttpResponse:
    """Sent already. The same text again is the second click; another text stays on the screen."""
    if _is_autosave(request):
        raise no
    if not conflicts(form, signal):
        return go_to(request, "cases:signal_detail", signal.uuid)
    return _show_form(request, signal, form, status=409, too_late=no.reason, may_save=False)


def _with_version(form: SignalForm, version: int) -> SignalForm:
    """The same answers, to be saved upon this version."""
    form.data = form.data.copy()
    form.data["version"] = str(version)
    return form


def _is_autosave(request: HttpRequest) -> bool:
    return not request.accepts("text/html")


def _logged_out(request: HttpRequest) -> HttpResponse:
    """The session ended while somebody typed: nothing is stored, and nothing is lost."""
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    if _is_autosave(request):
        return JsonResponse({"reason": "U bent uitgelogd."}, status=401)
    return render(request, "cases/signal_logged_out.html", {"typed": typed_in(request.POST)}, status=401)


@require_GET
def signal_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    """What was sent, its state, and what was said. Opening it is having seen the news."""
    signal = find_own(request, uuid)
    if signal.state == SignalState.DRAFT:
        return go_to(request, "cases:signal_edit", signal.uuid)
    return _show_signal(request, signal, AnswerForm())


def _show_signal(request: HttpRequest, signal: Signal, form: AnswerForm, status: int = 200) -> HttpResponse:
    record(CaseEvent.SIGNAL_VIEWED, by=request.user, about=signal)
    operations.see_news(signal=signal, by=request.user)
    notes = SignalNote.objects.visible_to(request.user).filter(signal=signal)
    context = {
        "signal": signal,
        "state_kind": STATE_KINDS[SignalState(signal.state)],
        "facts": facts_of(signal),
        "notes": notes.select_related("written_by__partner"),
        "form": form,
        # A refused answer stays on the screen.
        "shows_answer": form.is_bound or allows(check_can_answer, signal),
        "may_withdraw": allows(check_can_move, signal, SignalState.WITHDRAWN),
        "may_correct": allows(check_can_correct, signal),
    }
    return render(request, "cases/signal_detail.html", context, status=status)


@require_POST
def signal_answer(request: HttpRequest, uuid: str) -> HttpResponse:
    signal = find_own(request, uuid)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show_signal(request, signal, form, status=400)
    try:
        operations.answer(signal=signal, text=form.cleaned_data["text"], by=request.user)
    except NotPossible as refusal:
        form.add_error(None, refusal.reason)
        return _show_signal(request, signal, form, status=409)
    messages.success(request, "Uw antwoord is verstuurd.")
    return go_to(request, "cases:signal_detail", signal.uuid)


@require_POST
def signal_withdraw(request: HttpRequest, uuid: str) -> HttpResponse:
    operations.withdraw(signal=find_own(request, uuid), by=request.user)
    messages.success(request, "Uw signaal is ingetrokken.")
    return go_to(request, "cases:signal_list")


# --- what was told at tables --------------------------------------------------------------------
@require_GET
def told_signal_list(request: HttpRequest) -> HttpResponse:
    """What was told in all cases this user may read, the newest first."""
    check_may_read_told(request.user)
    form = ToldFilter(request.GET)
    told = ToldSignal.objects.visible_to(request.user).select_related("case__youth", "source")
    told = with_corrections(_filtered(told, form), request.user)
    page = page_of(told, request.GET, order=("-told_at", "-id"))
    youths: list[Youth] = [row.case.youth for row in page.rows]
    record(CaseEvent.TOLD_SIGNALS_LISTED, by=request.user, about=youths)
    rows = [(row, told_text(row, shows_earlier=reads_earlier(request.user, row))) for row in page.rows]
    return render(request, "cases/told_signal_list.html", {"page": page, "rows": rows, "form": form})


@require_GET
def told_signal_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    """One told signal in full. For what is kept strictly this is the step that the log knows, with its ground."""
    told = ToldSignal.objects.visible_to(request.user).select_related("case__youth", "source", "compartment")
    signal: ToldSignal = get_object_or_404(with_corrections(told, request.user), uuid=uuid)
    check_may_read(request.user)
    ground = ground_of(request.user, signal.compartment)
    record(CaseEvent.TOLD_SIGNAL_SHOWN, by=request.user, about=signal, ground=ground)
    facts = [
        ("Bron", signal.source),
        ("Soort informatie", signal.get_nature_display()),
        ("Rol van de jongere", signal.get_role_display()),
        ("Gezien op", signal.observed_on or "onbekend"),
        ("Ingebracht op", timezone.localdate(signal.told_at)),
    ]
    template = "cases/told_signal_detail.html" + ("#shown" if request.htmx else "")
    context = {"told": signal, "facts": facts, **telling_of(signal, request.user)}
    return render(request, template, context)


def _filtered(told: Any, form: ToldFilter) -> Any:
    """An answer that is not one of the choices narrows nothing; the form says so."""
    form.is_valid()
    wanted = form.cleaned_data
    if wanted.get("gemeente"):
        told = told.filter(case__municipality=wanted["gemeente"])
    if wanted.get("thema"):
        told = told.filter(themes__contains=[wanted["thema"]])
    if wanted.get("aard"):
        told = told.filter(nature=wanted["aard"])
    return told
