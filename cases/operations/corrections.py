"""Everything that takes back or corrects what was told at tables, and what organisations do with that."""

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from access.models import ScopedQuerySet
from accounts.models import User
from accounts.roles import DataClass
from audit.log import record
from cases.events import CaseEvent
from cases.models import Correction, CorrectionKind, CorrectionTask, Signal, SignalNoteKind, ToldSignal
from cases.operations.signals import locked, say, was_just_said
from cases.permissions.corrections import check_may_process, check_may_word
from cases.permissions.signals import check_may_follow
from cases.rules.corrections import check_can_correct, check_can_word, check_standing
from cases.rules.signals import check_own_words
from foundation.errors import NotPossible, Stale


@transaction.atomic
def take_back(*, signal: Signal, reason: str, version: int, by: User) -> Signal:
    """The sender takes an accepted signal back: at every table where it was told this shows at once.

    Raises Stale when the sender meanwhile corrected it elsewhere. Twice is once.
    """
    signal = locked(signal=signal, by=by)
    check_may_follow(by, signal)
    if signal.taken_back_at and was_just_said(signal=signal, text=reason, by=by):
        return signal
    _check(signal, reason, version)
    partners = _tell_tables(signal, CorrectionKind.WITHDRAWN, "", reason)
    say(signal=signal, kind=SignalNoteKind.WITHDRAWN, text=reason, by=by)
    signal.taken_back_at, signal.version = timezone.now(), signal.version + 1
    signal.save(update_fields=["taken_back_at", "version"])
    record(CaseEvent.SIGNAL_TAKEN_BACK, by=by, about=signal, recipients=partners)
    return signal


@transaction.atomic
def correct(*, signal: Signal, text: str, reason: str, version: int, by: User) -> Signal:
    """The sender says what is right instead; what stood there stays as what stood there. As `take_back`."""
    signal = locked(signal=signal, by=by)
    check_may_follow(by, signal)
    said = f"{reason}\n\nZo is het wel:\n{text}"
    if was_just_said(signal=signal, text=said, by=by):
        return signal
    _check(signal, reason, version)
    if not text.strip():
        raise NotPossible("Schrijf op hoe het wel is.")
    partners = _tell_tables(signal, CorrectionKind.CORRECTED, text, reason)
    say(signal=signal, kind=SignalNoteKind.CORRECTED, text=said, by=by)
    signal.corrected, signal.version = text, signal.version + 1
    signal.save(update_fields=["corrected", "version"])
    record(CaseEvent.SIGNAL_CORRECTED, by=by, about=signal, recipients=partners)
    return signal


def _check(signal: Signal, reason: str, version: int) -> None:
    check_can_correct(signal)
    if signal.version != version:
        raise Stale("U heeft dit signaal intussen al verbeterd. Kijk na wat er nu staat.", current=signal)
    if not reason.strip():
        raise NotPossible("Zeg wat er niet klopte.")


def _tell_tables(signal: Signal, kind: CorrectionKind, text: str, reason: str) -> list[int]:
    """Say it at the tables, which the sender need not see. Gives back which organisations are asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_correct(%s, %s, %s, %s)", [signal.pk, kind.value, text, reason])
        partners: list[int] = cursor.fetchone()[0]
    return partners


@transaction.atomic
def word(*, correction: Correction, text: str, by: User) -> Correction:
    """Regie gives the right text where the words of the source do not belong. Who processed it already, does so anew."""
    corrections: ScopedQuerySet = Correction.objects.visible_to(by).select_related("case", "told")
    kept: Correction | None = (
        corrections.select_for_update(no_key=True, of=("self",)).filter(pk=correction.pk).first()
    )
    if kept is None:
        raise NotPossible("U kunt deze verbetering niet meer zien.")
    check_may_word(by, kept)
    if kept.text == text and kept.worded_by_id == by.pk:
        return kept
    check_can_word(kept)
    if not text.strip():
        raise NotPossible("Schrijf op hoe het wel is.")
    _check_own_words(kept, text, by)
    kept.text, kept.worded_at, kept.worded_by = text, timezone.now(), by
    kept.save(update_fields=["text", "worded_at", "worded_by"])
    tasks = CorrectionTask.objects.visible_to(by).filter(correction=kept)
    tasks.exclude(done_at=None).update(done_at=None, done_by=None, mailed_at=None)
    record(CaseEvent.CORRECTION_WORDED, by=by, about=kept)
    return kept


def _check_own_words(correction: Correction, text: str, by: User) -> None:
    """What the whole table reads quotes nothing of what only some may read."""
    if correction.told.data_class != DataClass.BASIS:
        return
    kept = (
        Signal.objects.visible_to(by).filter(pk=correction.told.signal_id).exclude(data_class=DataClass.BASIS)
    )
    told = ToldSignal.objects.visible_to(by).filter(signal=correction.told.signal_id)
    originals = [one for pair in kept.values_list("observed", "corrected") for one in pair]
    originals += told.exclude(data_class=DataClass.BASIS).values_list("text", flat=True)
    check_own_words(text, *originals)


@transaction.atomic
def process(*, task: CorrectionTask, by: User) -> CorrectionTask:
    """The organisation has processed the correction in what it keeps itself. Twice is once."""
    tasks: ScopedQuerySet = CorrectionTask.objects.visible_to(by).select_related("case", "correction")
    kept: CorrectionTask | None = (
        tasks.select_for_update(no_key=True, of=("self",)).filter(pk=task.pk).first()
    )
    if kept is None:
        raise NotPossible("U kunt deze verbetering niet meer zien.")
    check_may_process(by, kept)
    if kept.done_at:
        return kept
    check_standing(kept.correction)
    kept.done_at, kept.done_by = timezone.now(), by
    kept.save(update_fields=["done_at", "done_by"])
    record(CaseEvent.CORRECTION_PROCESSED, by=by, about=kept)
    return kept


@transaction.atomic
def claim_mails(*, by: User) -> list[CorrectionTask]:
    """Tasks of which the organisation did not hear yet by mail. Marked at once: a second run sends nothing."""
    found = CorrectionTask.objects.visible_to(by).pending().filter(mailed_at=None)
    found = found.select_for_update(skip_locked=True, no_key=True, of=("self",))
    tasks = list(found.select_related("case", "compartment", "partner"))
    CorrectionTask.objects.filter(pk__in=[task.pk for task in tasks]).update(mailed_at=Now())
    if tasks:
        record(CaseEvent.CORRECTIONS_TOLD, by=by, about=tasks)
    return tasks
