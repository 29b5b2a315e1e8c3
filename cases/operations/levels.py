"""Everything that moves a case to another level. Each function checks, writes and logs, or does nothing."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models.functions import Now

from access.models import Ground, Participation
from access.operations import add_participation, close_room, prepare_room
from accounts.models import Partner, User
from accounts.roles import Level
from audit.log import record
from cases.events import CaseEvent
from cases.models import Case, LevelChange, LevelChangeState, LevelCriterion, LevelRegime
from cases.operations.cases import lock
from cases.permissions.levels import check_can_answer, check_can_propose, check_can_withdraw
from cases.rules.levels import check_admitted, check_criteria, check_motivated, check_none_proposed


@transaction.atomic
def propose(
    *,
    case: Case,
    to: Level,
    reason: str,
    tried: str,
    review_on: date,
    by: User,
    criteria: Iterable[LevelCriterion] = (),
    key: UUID | None = None,
) -> LevelChange:
    """Ask another level to take the case over. Nothing moves until its regisseur accepts.

    The room for the new level is made ready at once: the receiving regisseur reads the head of the case
    through it. Who proposes cannot look inside. The same key twice is one proposal. What is proposed in a meeting
    gets its criteria afterwards (`tick`); it cannot be accepted without.
    """
    case = lock(case=case, by=by)
    mine = LevelChange.objects.visible_to(by).filter(case=case)
    if key and (sent := mine.filter(uuid=key).first()):
        return sent
    check_can_propose(by, case, to)
    check_none_proposed(mine.filter(state=LevelChangeState.PROPOSED).exists())
    check_motivated(reden=reason, wat_al_is_geprobeerd=tried)
    change = LevelChange.objects.create(
        uuid=key or uuid4(),
        case=case,
        compartment_id=case.compartment_id,
        room_id=prepare_room(within=case.compartment_id, level=to, municipality=case.municipality, by=by),
        old=case.level,
        new=to,
        reason=reason,
        tried=tried,
        review_on=review_on,
        criteria=[one.text for one in criteria],
        partner_ids=taking_part(case=case, by=by),
        proposed_by=by,
    )
    record(CaseEvent.LEVEL_PROPOSED, by=by, about=change, old=change.old, new=change.new)
    return change


@transaction.atomic
def tick(*, change: LevelChange, criteria: Iterable[LevelCriterion], by: User) -> None:
    """Say afterwards which criteria hold. As often as one likes until it is answered."""
    lock(case=change.case, by=by)
    change = _lock(change, by)
    check_can_withdraw(by, change)
    texts = [one.text for one in criteria]
    check_criteria(texts, LevelCriterion.objects.between(change.old, change.new))
    if change.criteria != texts:
        LevelChange.objects.filter(pk=change.pk).update(criteria=texts)
        record(CaseEvent.LEVEL_TICKED, by=by, about=change, criteria=len(texts))


def taking_part(*, case: Case, by: User) -> list[int]:
    """Which organisations take part at the present level."""
    now = Participation.objects.visible_to(by).active().filter(compartment=case.room_id)
    return sorted(now.values_list("partner_id", flat=True))


@transaction.atomic
def accept(
    *,
    change: LevelChange,
    answer: str,
    by: User,
    partners: Iterable[Partner] = (),
    casusregisseur: User | None = None,
) -> Case:
    """Take the case over. From now on it stands at the new level, with regie only in its room.

    Partners do not come along: who is named here is let in anew, if the regime of the level admits them. What was
    shared before stays where it was, with its readers (the regie of a municipality that the youth left is out). Who accepts has regie on the process from now on, and on
    the content until somebody else is casusregisseur. The regime of the new period is kept in its words of today.
    """
    case = lock(case=change.case, by=by)
    change = _lock(change, by)
    check_can_answer(by, change)
    check_criteria(change.criteria, LevelCriterion.objects.between(change.old, change.new))
    regime, partners = LevelRegime.objects.get(level=change.new), list(partners)
    check_admitted(partners, regime)
    change.regime = regime.words()
    _decide(change, LevelChangeState.ACCEPTED, answer, by)
    moved = {"municipality": change.municipality} if change.municipality else {}
    left = case.room_id
    Case.objects.visible_to(by).filter(pk=case.pk).update(
        **moved,
        level=change.new,
        room=change.room_id,
        level_since=Now(),
        review_on=change.review_on,
        procesregisseur=by,
        casusregisseur=casusregisseur or by,
    )
    record(CaseEvent.LEVEL_ACCEPTED, by=by, about=change, old=change.old, new=change.new)
    case.refresh_from_db()
    for partner in partners:
        add_participation(
            compartment=case.room,
            partner=partner,
            ground=Ground.CASE_NEED,
            reason=f"Opnieuw gekozen bij de overgang naar {Level(change.new).label}",
            by=by,
        )
    if moved:  # the regie of the old municipality has no part in it any more
        close_room(room=left, by=by)
    return case


@transaction.atomic
def refuse(*, change: LevelChange, answer: str, by: User) -> None:
    """Leave the case where it is, and say why. The room that was made ready closes."""
    lock(case=change.case, by=by)
    change = _lock(change, by)
    check_can_answer(by, change)
    check_motivated(antwoord=answer)
    _decide(change, LevelChangeState.REFUSED, answer, by)
    record(CaseEvent.LEVEL_REFUSED, by=by, about=change, old=change.old, new=change.new)
    close_room(room=change.room_id, by=by)


@transaction.atomic
def withdraw(*, change: LevelChange, by: User) -> None:
    """Take a proposal back before it is answered. Withdrawing twice is withdrawing once."""
    lock(case=change.case, by=by)
    change = _lock(change, by)
    if change.state == LevelChangeState.WITHDRAWN:
        return
    check_can_withdraw(by, change)
    _decide(change, LevelChangeState.WITHDRAWN, "", by)
    record(CaseEvent.LEVEL_WITHDRAWN, by=by, about=change, old=change.old, new=change.new)
    close_room(room=change.room_id, by=by)


def _lock(change: LevelChange, by: User) -> LevelChange:
    locked: LevelChange = LevelChange.objects.visible_to(by).select_for_update(no_key=True).get(pk=change.pk)
    return locked


def _decide(change: LevelChange, state: LevelChangeState, answer: str, by: User) -> None:
    change.state, change.answer, change.decided_at, change.decided_by = state, answer, Now(), by
    change.save(update_fields=["state", "answer", "regime", "decided_at", "decided_by"])
