"""The pages of regie: the inbox, one signal beside possible matches, and what becomes of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Case as When_
from django.db.models import IntegerField, Value, When
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import DataClass
from audit.log import record
from cases.events import CaseEvent
from cases.forms.signals import QuestionForm, ReferForm, RejectForm
from cases.forms.youths import IdentityForm, TellForm
from cases.models import Case, Reporter, Signal, SignalNote, SignalState, ToldSignal, Urgency
from cases.operations import triage as operations
from cases.operations import youths
from cases.permissions.signals import check_can_sit, check_may_judge, check_may_triage
from cases.rules.signals import AWAITING, check_can_move, check_can_tell_again
from cases.rules.youths import Match
from cases.views.facts import STATE_KINDS, facts_of
from foundation.errors import NotPossible, allows
from foundation.http import go_to
from foundation.paging import page_of

# A number, because pages of a list are found by number or moment.
HASTE = When_(
    When(urgency=Urgency.TODAY, then=Value(2)),
    When(urgency=Urgency.SOON, then=Value(1)),
    default=Value(0),
    output_field=IntegerField(),
)
URGENCY_BADGES = {Urgency.TODAY: ("Vandaag", "negative"), Urgency.SOON: ("Deze week", "warning")}


def find(request: HttpRequest, uuid: str) -> Signal:
    """The signal of this address, for who may judge it. A draft is not there."""
    sent = Signal.objects.visible_to(request.user).exclude(submitted_at=None)
    signal: Signal = get_object_or_404(
        sent.select_related("sender_partner", "sender", "municipality", "decided_by"), uuid=uuid
    )
    check_may_judge(request.user, signal)
    return signal


@require_GET
def triage_list(request: HttpRequest) -> HttpResponse:
    """What waits for regie, the most urgent first; or what waits for the sender's answer."""
    check_may_triage(request.user)
    waits_for_sender = "wacht" in request.GET
    state = SignalState.MORE_ASKED if waits_for_sender else SignalState.SUBMITTED
    waiting = Signal.objects.visible_to(request.user).filter(state=state).exclude(submitted_at=None)
    rows = waiting.select_related("sender_partner", "municipality").annotate(haste=HASTE)
    page = page_of(rows, request.GET, order=("-haste", "submitted_at", "id"), counted=waiting)
    record(CaseEvent.SIGNALS_LISTED, by=request.user, about=page.rows)
    answered = _answered(request, page.rows)
    context = {
        "page": page,
        "rows": [(row, URGENCY_BADGES.get(Urgency(row.urgency)), row.pk in answered) for row in page.rows],
        "waits_for_sender": waits_for_sender,
    }
    return render(request, "cases/triage_list.html", context)


def _answered(request: HttpRequest, signals: list[Signal]) -> set[int]:
    """Signals that came back with an answer."""
    notes = SignalNote.objects.visible_to(request.user).filter(signal__in=signals, kind="answer")
    return set(notes.values_list("signal_id", flat=True))


@require_GET
def triage_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    """One signal in quarantine: what was seen, what was said, who it may be about."""
    signal = find(request, uuid)
    record(CaseEvent.SIGNAL_VIEWED, by=request.user, about=signal)
    awaits = signal.state in AWAITING
    matches = _matches(request, IdentityForm.of(signal)) if awaits else []
    cases = _cases(request, matches)
    told = ToldSignal.objects.visible_to(request.user).filter(signal=signal)
    context = {
        **_about(request, signal),
        "awaits": awaits,
        "may_ask": allows(check_can_move, signal, SignalState.MORE_ASKED),
        "may_tell_again": allows(check_can_tell_again, signal),
        "matches": [(match, cases.get(match.youth.pk)) for match in matches],
        "told": told.select_related("case__youth").order_by("pk"),
        "reporter": Reporter.objects.visible_to(request.user).filter(signal=signal).first(),
    }
    return render(request, "cases/triage_detail.html", context)


def _about(request: HttpRequest, signal: Signal) -> dict[str, Any]:
    notes = SignalNote.objects.visible_to(request.user).filter(signal=signal)
    return {
        "signal": signal,
        "state_kind": STATE_KINDS[SignalState(signal.state)],
        "urgency_badge": URGENCY_BADGES.get(Urgency(signal.urgency)),
        "facts": facts_of(signal),
        "notes": notes.select_related("written_by__partner"),
    }


def _matches(request: HttpRequest, form: IdentityForm) -> list[Match]:
    return youths.find(asked=form.identity(), by=request.user)


def _cases(request: HttpRequest, matches: list[Match]) -> dict[int, Case]:
    """The open case of each of these youths."""
    ids = [match.youth.pk for match in matches]
    return {
        case.youth_id: case for case in Case.objects.visible_to(request.user).open().filter(youth__in=ids)
    }


# --- onto the table -----------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def triage_accept(request: HttpRequest, uuid: str) -> HttpResponse:
    """Accept: onto a known youth or a new one, in the words the table reads."""
    signal = find(request, uuid)
    return _tell(request, signal, operations.accept, "Het signaal is ingebracht. De melder krijgt bericht.")


@require_http_methods(["GET", "POST"])
def triage_tell(request: HttpRequest, uuid: str) -> HttpResponse:
    """Tell an accepted signal once more, for another youth it is about."""
    signal = find(request, uuid)
    return _tell(request, signal, operations.tell, "Het signaal is ook bij deze jongere ingebracht.")


def _tell(request: HttpRequest, signal: Signal, operation: Callable[..., Case], success: str) -> HttpResponse:
    record(CaseEvent.SIGNAL_VIEWED, by=request.user, about=signal)
    is_again = operation is operations.tell
    form = _tell_form(request, signal, is_again)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            case = _told(request, signal, operation, form)
        except NotPossible as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, success)
            return go_to(request, "cases:case_detail", case.uuid)
    context = {**_about(request, signal), "form": form, "is_again": is_again}
    return render(request, "cases/triage_accept.html", context, status=status)


def _tell_form(request: HttpRequest, signal: Signal, is_again: bool) -> TellForm:
    """Bound when it was sent to be stored; searching again keeps what was typed and judges nothing."""
    # Told again it is about somebody else, so nothing is filled in.
    guess = IdentityForm.of(signal) if not is_again else IdentityForm()
    matches = _matches(request, IdentityForm(request.POST) if request.method == "POST" else guess)
    stored = {
        "text": signal.corrected or signal.observed,
        "summary": "Zorg is betrokken." if signal.data_class == DataClass.ZORG else "",
        "role": signal.role,
        "takes_part": True,
        "municipality": signal.municipality,
    }
    is_sent = request.method == "POST" and request.POST.get("action") != "search"
    typed = {name: request.POST.get(name, "") for name in TellForm.base_fields if request.method == "POST"}
    return TellForm(
        request.POST if is_sent else None,
        initial={**stored, **guess.initial, **typed},
        matches=matches,
        cases=_cases(request, matches),
        may_sit=allows(check_can_sit, signal.sender_partner),
        partner=str(signal.sender_partner),
        data_class=DataClass(signal.data_class),
        is_again=is_again,
    )


def _told(request: HttpRequest, signal: Signal, operation: Callable[..., Case], form: TellForm) -> Case:
    said = form.cleaned_data
    names = ("text", "summary", "role", "need", "exception", "takes_part", "feedback", "key")
    return operation(
        signal=signal,
        youth=form.chosen.youth if form.chosen else None,
        new_youth=form.new_youth(),
        by=request.user,
        **{name: said[name] for name in names if name in said},
    )


# --- not onto the table -------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def triage_ask(request: HttpRequest, uuid: str) -> HttpResponse:
    """Ask the sender for what is missing."""

    def ask(signal: Signal, said: dict[str, Any]) -> None:
        operations.ask_more(signal=signal, question=said["text"], by=request.user)

    return _reply(request, uuid, QuestionForm, ask, "cases/triage_ask.html", "Uw vraag is verstuurd.")


@require_http_methods(["GET", "POST"])
def triage_refer(request: HttpRequest, uuid: str) -> HttpResponse:
    """Say where it belongs instead."""

    def refer(signal: Signal, said: dict[str, Any]) -> None:
        operations.refer(signal=signal, by=request.user, **said)

    return _reply(request, uuid, ReferForm, refer, "cases/triage_refer.html", "Het signaal is doorverwezen.")


@require_http_methods(["GET", "POST"])
def triage_reject(request: HttpRequest, uuid: str) -> HttpResponse:
    """Do not discuss it, with the reason."""

    def reject(signal: Signal, said: dict[str, Any]) -> None:
        operations.reject(signal=signal, by=request.user, **said)

    return _reply(request, uuid, RejectForm, reject, "cases/triage_reject.html", "Het signaal is afgewezen.")


def _reply(
    request: HttpRequest,
    uuid: str,
    form_class: type[Form],
    do: Callable[[Signal, dict[str, Any]], None],
    template: str,
    success: str,
) -> HttpResponse:
    """The same steps for each: a form, the operation, back to the inbox. A refusal keeps the text."""
    signal = find(request, uuid)
    record(CaseEvent.SIGNAL_VIEWED, by=request.user, about=signal)
    form = form_class(request.POST if request.method == "POST" else None)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            do(signal, form.cleaned_data)
        except NotPossible as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, f"{success} De melder krijgt bericht.")
            return go_to(request, "cases:triage_list")
    return render(request, template, {**_about(request, signal), "form": form}, status=status)
