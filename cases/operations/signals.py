"""Everything that changes a signal: written and sent by one, judged by another, told at a table."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from access.models import Compartment, CompartmentKind, PoliceDecision
from access.operations import open_compartment
from accounts.models import User
from accounts.roles import Level
from audit.log import record
from cases.events import CaseEvent
from cases.models import Case, Role, Signal, SignalNote, SignalNoteKind, SignalState, ToldSignal, Youth
from cases.operations import told_signals
from cases.operations.told_signals import NewYouth
from cases.permissions.signals import check_may_follow, check_may_judge, check_may_register
from cases.rules.signals import (
    RejectReason,
    check_can_answer,
    check_can_move,
    check_can_tell_again,
    check_can_write,
    class_of,
    missing_for_submit,
)
from foundation.errors import NotPossible, Stale

# What the sender writes. Everything else of a signal is set by what happens to it.
CONTENT = (
    "first_name", "prefix", "last_name", "birth_on", "is_birth_unknown", "description", "municipality", "school",
    "observed", "observed_on", "nature", "role", "themes", "urgency", "ground", "purpose",
    "youth_informed", "parents_informed", "not_informed_because", "boa_capacity",
)  # fmt: skip


# --- the sender ---------------------------------------------------------------------------------
@transaction.atomic
def start(*, key: UUID, by: User) -> Signal:
    """Begin a draft, in a compartment of its own. A draft that is still empty is used again."""
    check_may_register(by)
    mine = Signal.objects.visible_to(by).sent_by(by)
    empty = mine.filter(state=SignalState.DRAFT, version=1)
    begun: Signal | None = mine.filter(uuid=key).first() or empty.last()
    if begun:
        return begun
    try:
        with transaction.atomic():
            signal = _new_draft(key, by)
    except IntegrityError:  # the same button at the same moment
        begun = mine.get(uuid=key)
        return begun
    record(CaseEvent.SIGNAL_STARTED, by=by, about=signal)
    return signal


def _new_draft(key: UUID, by: User) -> Signal:
    compartment = open_compartment(
        kind=CompartmentKind.SIGNAL, level=Level.JPP, municipality=None, author=by, is_private=True, by=by
    )
    return Signal.objects.create(uuid=key, compartment=compartment, sender=by, sender_partner=by.partner)


@transaction.atomic
def save(*, signal: Signal, version: int, content: Mapping[str, Any], by: User) -> Signal:
    """Keep what was typed, however incomplete. Raises Stale when another tab or phone saved meanwhile."""
    signal = _locked(signal, by)
    check_may_follow(by, signal)
    check_can_write(signal)
    changed = {name: content[name] for name in CONTENT if content[name] != getattr(signal, name)}
    if changed and signal.version != version:
        raise Stale("U heeft dit signaal intussen ergens anders gewijzigd.", current=signal)
    if changed:
        for name, value in changed.items():
            setattr(signal, name, value)
        signal.version += 1
        signal.saved_at = timezone.now()
        signal.save(update_fields=[*changed, "version", "saved_at"])
    record(CaseEvent.SIGNAL_SAVED, by=by, about=signal, version=signal.version)
    return signal


@transaction.atomic
def submit(*, signal: Signal, by: User) -> Signal:
    """Send a draft to regie. Sending twice is sending once."""
    signal = _locked(signal, by)
    check_may_follow(by, signal)
    if signal.state == SignalState.SUBMITTED:
        return signal
    check_can_write(signal)
    today = timezone.localdate()
    provided = PoliceDecision.objects.valid_on(today).about()
    for _, what_to_do in missing_for_submit(signal, signal.sender_partner.kind, today, provided):
        raise NotPossible(what_to_do)
    signal.state, signal.submitted_at = SignalState.SUBMITTED, timezone.now()
    signal.save(update_fields=["state", "submitted_at"])
    # From now on regie reads it too, if cleared for its class: until here the draft was the sender's own.
    Compartment.objects.filter(pk=signal.compartment_id).update(
        municipality=signal.municipality, is_private=False, data_class=class_of(signal)
    )
    signal.refresh_from_db(fields=["data_class"])
    record(CaseEvent.SIGNAL_SUBMITTED, by=by, about=signal, urgency=signal.urgency)
    return signal


@transaction.atomic
def withdraw(*, signal: Signal, by: User) -> Signal:
    """Take a signal back, as long as nobody decided about it."""
    signal = _locked(signal, by)
    check_may_follow(by, signal)
    if signal.state == SignalState.WITHDRAWN:
        return signal
    check_can_move(signal, SignalState.WITHDRAWN)
    signal.state = SignalState.WITHDRAWN
    signal.save(update_fields=["state"])
    record(CaseEvent.SIGNAL_WITHDRAWN, by=by, about=signal)
    return signal


@transaction.atomic
def answer(*, signal: Signal, text: str, by: User) -> Signal:
    """Answer the question of regie; the signal goes back to the inbox."""
    signal = _locked(signal, by)
    check_may_follow(by, signal)
    if signal.state == SignalState.SUBMITTED and _was_just_said(signal, text, by):
        return signal
    check_can_answer(signal)
    _say(signal, SignalNoteKind.ANSWER, text, by)
    signal.state = SignalState.SUBMITTED
    signal.save(update_fields=["state"])
    record(CaseEvent.SIGNAL_ANSWERED, by=by, about=signal)
    return signal


@transaction.atomic
def see_news(*, signal: Signal, by: User) -> None:
    """The sender opened the signal: nothing in it is new any more."""
    check_may_follow(by, signal)
    if Signal.objects.visible_to(by).with_news().filter(pk=signal.pk).update(news_seen_at=Now()):
        record(CaseEvent.SIGNAL_NEWS_SEEN, by=by, about=signal)


# --- regie --------------------------------------------------------------------------------------
@transaction.atomic
def ask_more(*, signal: Signal, question: str, by: User) -> Signal:
    """Ask the sender for what is missing."""
    signal = _locked(signal, by)
    check_may_judge(by, signal)
    if signal.state == SignalState.MORE_ASKED and _was_just_said(signal, question, by):
        return signal
    check_can_move(signal, SignalState.MORE_ASKED)
    _say(signal, SignalNoteKind.QUESTION, question, by)
    signal.state, signal.news_at = SignalState.MORE_ASKED, timezone.now()
    signal.save(update_fields=["state", "news_at"])
    record(CaseEvent.SIGNAL_MORE_ASKED, by=by, about=signal)
    return signal


@transaction.atomic
def refer(*, signal: Signal, to: str, feedback: str, by: User) -> Signal:
    """Say where this signal belongs instead, and tell the sender."""
    signal = _locked(signal, by)
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
    signal = _locked(signal, by)
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
    signal = _locked(signal, by)
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
    signal = _locked(signal, by)
    check_may_judge(by, signal)
    check_can_tell_again(signal)
    if key and (told := ToldSignal.objects.visible_to(by).filter(uuid=key).select_related("case").first()):
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


# --- both ---------------------------------------------------------------------------------------
def _locked(signal: Signal, by: User) -> Signal:
    """The signal as it is now, kept still until the transaction ends."""
    locked: Signal = Signal.objects.visible_to(by).select_for_update(no_key=True).get(pk=signal.pk)
    return locked


def _say(signal: Signal, kind: SignalNoteKind, text: str, by: User, first: str = "") -> None:
    if not text.strip():
        raise NotPossible("Schrijf een zin voor de ander.")
    SignalNote.objects.create(
        compartment_id=signal.compartment_id, signal=signal, kind=kind, text=first + text, written_by=by
    )


def _was_just_said(signal: Signal, text: str, by: User) -> bool:
    last = SignalNote.objects.visible_to(by).filter(signal=signal).last()
    return last is not None and last.written_by_id == by.pk and last.text == text


def _is_decided_by(signal: Signal, state: SignalState, by: User) -> bool:
    """The second click of the same person finds the work done."""
    return signal.state == state and signal.decided_by_id == by.pk


def _decide(signal: Signal, state: SignalState, feedback: str, by: User, first: str = "") -> None:
    """Always with a sentence to the sender."""
    _say(signal, SignalNoteKind.FEEDBACK, feedback, by, first)
    now = timezone.now()
    signal.state, signal.decided_at, signal.decided_by, signal.news_at = state, now, by, now
    signal.save(update_fields=["state", "decided_at", "decided_by", "news_at", "referred_to", "youth"])
