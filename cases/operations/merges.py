"""Saying that two youths are one, and taking it back. Nothing moves: compartments and readers stay as they are."""

from django.db import transaction
from django.db.models.functions import Now

from access.models import Compartment
from accounts.models import User
from audit.log import record
from cases.events import CaseEvent
from cases.merge_queries import Side, closed_by, mark_of, merge_role, side_of
from cases.models import Case, Closing, Youth, YouthMerge
from cases.permissions.merges import check_may_join
from cases.rules.merges import check_no_chain, check_no_proposal, check_open_case_stays, check_two
from foundation.errors import NotAllowed, NotPossible, Stale


@transaction.atomic
def merge(*, kept: Youth, absorbed: Youth, reason: str, seen: str, by: User) -> YouthMerge:
    """From now on these two are one. The open case of who is absorbed closes; its actions stay with their owners.

    `seen` is what was compared on the screen. Raises Stale when that changed meanwhile. Merging twice is merging once.
    """
    check_two(kept, absorbed)
    kept, absorbed = _hold(kept, absorbed, by)
    done = YouthMerge.objects.visible_to(by).live().filter(kept=kept, absorbed=absorbed).first()
    if done:
        merged: YouthMerge = done
        return merged
    sides = side_of(kept, by), side_of(absorbed, by)
    _check_can_merge(*sides, by)
    if mark_of(sides) != seen:
        raise Stale("Er is intussen iets gewijzigd. Vergelijk de twee nog een keer.", current=sides)
    if not reason.strip():
        raise NotPossible("Zeg waarom dit dezelfde jongere is.")
    merged = YouthMerge.objects.create(
        compartment_id=absorbed.compartment_id, kept=kept, absorbed=absorbed, reason=reason, made_by=by
    )
    record(CaseEvent.YOUTHS_MERGED, by=by, about=merged)
    if sides[1].open_case:
        _close(sides[1].open_case, by)
    return merged


@transaction.atomic
def undo(*, merge: YouthMerge, reason: str, by: User) -> YouthMerge:
    """They are two after all. What the merge closed opens again, unless another case was opened since."""
    _hold(merge.kept, merge.absorbed, by)
    held: YouthMerge = YouthMerge.objects.visible_to(by).select_related("kept", "absorbed").get(pk=merge.pk)
    if held.undone_at:
        return held
    closing = closed_by(held, by)
    check_may_join(by, [held.kept, held.absorbed], [closing.case] if closing else [])
    if not reason.strip():
        raise NotPossible("Zeg waarom dit toch twee jongeren zijn.")
    YouthMerge.objects.visible_to(by).filter(pk=held.pk).update(
        undone_at=Now(), undone_by=by, undone_because=reason
    )
    record(CaseEvent.MERGE_UNDONE, by=by, about=held)
    if closing and not Case.objects.visible_to(by).open().filter(youth=held.absorbed_id).exists():
        _reopen(closing, by)
    held.refresh_from_db()
    return held


def _hold(one: Youth, other: Youth, by: User) -> tuple[Youth, Youth]:
    """Both as they are now, kept still: compartments before youths, each in the order of their numbers."""
    rooms = [one.compartment_id, other.compartment_id]
    list(
        Compartment.objects.visible_to(by).filter(pk__in=rooms).order_by("pk").select_for_update(no_key=True)
    )
    youths = Youth.objects.visible_to(by).filter(pk__in=[one.pk, other.pk]).order_by("pk")
    held = {youth.pk: youth for youth in youths.select_for_update(no_key=True)}
    if len(held) < 2:
        raise NotAllowed("U kunt deze twee jongeren niet allebei zien.")
    return held[one.pk], held[other.pk]


def _check_can_merge(kept: Side, absorbed: Side, by: User) -> None:
    running = [case for side in (kept, absorbed) if (case := side.open_case)]
    check_may_join(by, [kept.youth, absorbed.youth], running)
    check_no_chain(kept_role=merge_role(kept.youth.pk), absorbed_role=merge_role(absorbed.youth.pk))
    check_open_case_stays(kept.open_case, absorbed.open_case)
    check_no_proposal(absorbed.has_proposal)


def _close(case: Case, by: User) -> None:
    """Not with whom it was merged: the table of this case need not know of the other."""
    Closing.objects.create(
        case=case, compartment_id=case.room_id, evaluation="", helped="", is_merge=True, closed_by=by
    )
    Case.objects.visible_to(by).filter(pk=case.pk).update(closed_at=Now(), closed_by=by)
    record(CaseEvent.CASE_CLOSED, by=by, about=case, because="merge")


def _reopen(closing: Closing, by: User) -> None:
    Closing.objects.visible_to(by).filter(pk=closing.pk).update(
        reopened_at=Now(), reopened_by=by, reopened_because="Samengevoegd was niet juist."
    )
    Case.objects.visible_to(by).filter(pk=closing.case_id).update(closed_at=None, closed_by=None)
    record(CaseEvent.CASE_REOPENED, by=by, about=closing.case, because="merge")
