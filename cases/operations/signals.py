"""Everything the sender does with a signal. What regie decides about it is in triage.py."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from access.models import Compartment, CompartmentKind, PoliceDecision
from access.operations import open_compartment
from accounts.models import User
from accounts.roles import Level
from audit.log import record
from cases.events import CaseEvent
from cases.models import Signal, SignalNote, SignalNoteKind, SignalState
from cases.permissions.signals import check_may_follow, check_may_register
from cases.rules.signals import (
    check_can_answer,
    check_can_move,
    check_can_write,
    class_of,
    missing_for_submit,
)
from foundation.errors import NotPossible, Stale

# What the sender writes. Everything else of a signal is set by what happens to it.
CONTENT = (
    "first_name", "prefix", "last_name", "birth_on", "is_birth_unknown", "description", "municipality", "school",
    "observed", "observed_on", "location", "nature", "role", "themes", "urgency", "ground", "purpose",
    "youth_informed", "parents_informed", "not_informed_because", "boa_capacity",
)  # fmt: skip


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
    signal = locked(signal=signal, by=by)
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
    signal = locked(signal=signal, by=by)
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
    signal = locked(signal=signal, by=by)
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
    signal = locked(signal=signal, by=by)
    check_may_follow(by, signal)
    if signal.state == SignalState.SUBMITTED and was_just_said(signal=signal, text=text, by=by):
        return signal
    check_can_answer(signal)
    say(signal=signal, kind=SignalNoteKind.ANSWER, text=text, by=by)
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


def locked(*, signal: Signal, by: User) -> Signal:
    """The signal as it is now, kept still until the transaction ends."""
    kept: Signal = Signal.objects.visible_to(by).select_for_update(no_key=True).get(pk=signal.pk)
    return kept


def say(*, signal: Signal, kind: SignalNoteKind, text: str, by: User, first: str = "") -> None:
    """A sentence to the other side. Raises NotPossible when it is empty."""
    if not text.strip():
        raise NotPossible("Schrijf een zin voor de ander.")
    SignalNote.objects.create(
        compartment_id=signal.compartment_id, signal=signal, kind=kind, text=first + text, written_by=by
    )


def was_just_said(*, signal: Signal, text: str, by: User) -> bool:
    """The second click of the same person: the last sentence is this one."""
    last = SignalNote.objects.visible_to(by).filter(signal=signal).last()
    return last is not None and last.written_by_id == by.pk and last.text == text
