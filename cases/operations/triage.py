"""What regie decides about a signal: ask more, refer, reject, or tell it at a table."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.log import record
from cases.events import CaseEvent
from cases.models import Case, Role, Signal, SignalNoteKind, SignalState, ToldSignal, Youth
from cases.operations import told_signals
from cases.operations.signals import locked, say, was_just_said
from cases.operations.told_signals import NewYouth
from cases.permissions.signals import check_may_judge
from cases.rules.signals import RejectReason, check_can_move, check_can_tell_again
from foundation.errors import NotPossible


@transaction.atomic
def ask_more(*, signal: Signal, question: str, by: User) -> Signal:
    """Ask the sender for what is missing."""
    signal = locked(signal=signal, by=by)
    check_may_judge(by, signal)
    if signal.state == SignalState.MORE_ASKED and was_just_said(signal=signal, text=question, by=by):
        return signal
    check_can_move(signal, SignalState.MORE_ASKED)
    say(signal=signal, kind=SignalNoteKind.QUESTION, text=question, by=by)
    signal.state, signal.news_at = SignalState.MORE_ASKED, timezone.now()
    signal.save(update_fields=["state", "news_at"])
    record(CaseEvent.SIGNAL_MORE_ASKED, by=by, about=signal)
    return signal


@transaction.atomic
def refer(*, signal: Signal, to: str, feedback: str, by: User) -> Signal:
    """Say where this signal belongs instead, and tell the sender."""
    signal = locked(signal=signal, by=by)
    check_may_judge(by, signal)
    if not _is_decided_by(signal, SignalState.REFERRED, by):
        check_can_move(signal, SignalState.REFERRED)
        signal.referred_to = to
        _decide(signal, SignalState.REFERRED, feedback, by)
        record(CaseEvent.SIGNAL_REFERRED, by=by, about=signal, to=to)
    return signal


@transaction.atomic
def reject(*, signal: Signal, reason: RejectReason, feedback: str, by: User) -> Signal:
    """Do not discuss this signal; the sender reads why."""
    signal = locked(signal=signal, by=by)
    check_may_judge(by, signal)
    if not _is_decided_by(signal, SignalState.REJECTED, by):
        check_can_move(signal, SignalState.REJECTED)
        _decide(signal, SignalState.REJECTED, feedback, by, first=f"{RejectReason(reason).label}. ")
        record(CaseEvent.SIGNAL_REJECTED, by=by, about=signal, reason=reason)
    return signal


@transaction.atomic
def accept(
    *,
    signal: Signal,
    text: str,
    role: Role,
    feedback: str,
    by: User,
    summary: str = "",
    case: Case | None = None,
    youth: Youth | None = None,
    new_youth: NewYouth | None = None,
    need: str = "",
    exception: str = "",
    takes_part: bool = False,
    key: UUID | None = None,
) -> Case:
    """Tell a signal at the table: of this case, of this youth's open or new case, or of a new youth.

    What the police or a care organisation sent in is told in a room of its class; `summary` is what the
    whole table may know of it. Accepting twice by the same person is accepting once; whoever comes second
    gets NotPossible.
    """
    signal = locked(signal=signal, by=by)
    check_may_judge(by, signal)
    if _is_decided_by(signal, SignalState.ACCEPTED, by):
        accepted: Case = Case.objects.visible_to(by).filter(youth=signal.youth_id).latest("opened_at", "pk")
        return accepted
    check_can_move(signal, SignalState.ACCEPTED)
    case = case or told_signals.case_of(youth=youth, new_youth=new_youth, by=by)
    told_signals.put(
        signal=signal,
        case=case,
        text=text,
        summary=summary,
        role=role,
        need=need,
        exception=exception,
        key=key or uuid4(),
        by=by,
    )
    if takes_part:
        told_signals.let_sender_sit(signal=signal, case=case, by=by)
    signal.youth = case.youth
    _decide(signal, SignalState.ACCEPTED, feedback, by)
    record(CaseEvent.SIGNAL_ACCEPTED, by=by, about=signal, case=case.pk)
    return case


@transaction.atomic
def tell(
    *,
    signal: Signal,
    text: str,
    role: Role,
    by: User,
    summary: str = "",
    case: Case | None = None,
    youth: Youth | None = None,
    new_youth: NewYouth | None = None,
    need: str = "",
    exception: str = "",
    takes_part: bool = False,
    key: UUID | None = None,
) -> Case:
    """Tell an accepted signal once more, at the table of another youth it is about."""
    signal = locked(signal=signal, by=by)
    check_may_judge(by, signal)
    check_can_tell_again(signal)
    told: ToldSignal | None = ToldSignal.objects.visible_to(by).filter(uuid=key).first() if key else None
    if told:
        return told.case
    case = case or told_signals.case_of(youth=youth, new_youth=new_youth, by=by)
    if ToldSignal.objects.visible_to(by).filter(signal=signal, case=case).exists():
        raise NotPossible("Dit signaal is bij deze jongere al ingebracht.")
    told_signals.put(
        signal=signal,
        case=case,
        text=text,
        summary=summary,
        role=role,
        need=need,
        exception=exception,
        key=key or uuid4(),
        by=by,
    )
    if takes_part:
        told_signals.let_sender_sit(signal=signal, case=case, by=by)
    return case


def _is_decided_by(signal: Signal, state: SignalState, by: User) -> bool:
    """The second click of the same person finds the work done."""
    return signal.state == state and signal.decided_by_id == by.pk


def _decide(signal: Signal, state: SignalState, feedback: str, by: User, first: str = "") -> None:
    """Always with a sentence to the sender."""
    say(signal=signal, kind=SignalNoteKind.FEEDBACK, text=feedback, by=by, first=first)
    now = timezone.now()
    signal.state, signal.decided_at, signal.decided_by, signal.news_at = state, now, by, now
    signal.save(update_fields=["state", "decided_at", "decided_by", "news_at", "referred_to", "youth"])
