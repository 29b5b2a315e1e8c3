"""Everything that changes a measure. Each function checks, writes and logs, or does nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from accounts.models import Partner, User
from accounts.roles import DataClass
from audit.log import record
from cases.events import CaseEvent
from cases.models import Case, ClashAnswer, Measure, MeasureKind, MeasureState
from cases.models.measures import ENDED
from cases.operations.cases import lock
from cases.operations.rooms import room_for
from cases.permissions.measures import check_can_answer, check_can_note, check_may_change
from cases.rules.measures import (
    check_can_become,
    check_can_renew,
    check_can_run,
    check_has_result,
    check_offered,
)
from cases.rules.situations import Clash
from foundation.errors import NotPossible, Stale

# What is known of a measure besides who carries it out and how it stands.
CONTENT = (
    "imposed_by", "municipality", "ground", "place", "days", "starts_on", "ends_on", "fact_on", "is_confessed", "source",
)  # fmt: skip


@transaction.atomic
def note(
    *,
    case: Case,
    kind: MeasureKind,
    owner_partner: Partner,
    state: MeasureState,
    content: Mapping[str, Any],
    key: UUID,
    by: User,
) -> Measure:
    """Note a measure. The same key twice is one measure.

    Raises NotPossible for a class of data for which its maker is not cleared: nobody notes what they may not read.
    """
    case = lock(case=case, by=by)
    sent: Measure | None = Measure.objects.visible_to(by).filter(uuid=key).first()
    if sent:
        return sent
    check_can_note(by, case, owner_partner.pk)
    check_offered(kind)
    said = {name: content[name] for name in CONTENT}
    if state == MeasureState.RUNNING:
        check_can_run(starts_on=said["starts_on"], imposed_by=said["imposed_by"], ground=said["ground"])
    data_class = DataClass(kind.data_class)
    if not by.is_cleared(data_class):
        raise NotPossible(f"Deze maatregel valt onder {data_class.label}. U heeft daarvoor geen bevoegdheid.")
    measure = Measure.objects.create(
        uuid=key,
        case=case,
        compartment_id=_room(case, data_class, by),
        kind=kind,
        owner_partner=owner_partner,
        state=state,
        noted_by=by,
        confirmed_by=by,
        **said,
    )
    record(CaseEvent.MEASURE_NOTED, by=by, about=measure, measure_kind=kind.pk, recipients=[owner_partner.pk])
    return measure


def _room(case: Case, data_class: DataClass, by: User) -> int:
    """What everybody around the youth must know stands with the youth; the rest beside the present room."""
    if data_class == DataClass.BASIS:
        return case.compartment_id
    return room_for(case=case, data_class=data_class, by=by)


@transaction.atomic
def change(*, measure: Measure, version: int, content: Mapping[str, Any], by: User) -> Measure:
    """Correct what is known. Raises Stale when somebody else changed it meanwhile."""
    measure = _locked(measure, by)
    check_may_change(by, measure)
    changed = {name: content[name] for name in CONTENT if content[name] != getattr(measure, name)}
    if not changed:
        return measure
    if measure.version != version:
        raise Stale("Deze maatregel is intussen door een ander gewijzigd.", current=measure)
    if measure.state == MeasureState.RUNNING:
        check_can_run(
            starts_on=content["starts_on"], imposed_by=content["imposed_by"], ground=content["ground"]
        )
    _write(measure, by, **changed)
    record(CaseEvent.MEASURE_CHANGED, by=by, about=measure, fields=sorted(changed))
    return measure


@transaction.atomic
def move(*, measure: Measure, to: MeasureState, result: str = "", by: User) -> Measure:
    """It was requested, it runs, it ended or was refused. Saying it twice is saying it once."""
    measure = _locked(measure, by)
    check_may_change(by, measure)
    if measure.state == to and measure.result == result:
        return measure
    check_can_become(measure, to)
    check_has_result(to, result)
    if to == MeasureState.RUNNING:
        check_can_run(starts_on=measure.starts_on, imposed_by=measure.imposed_by, ground=measure.ground)
    ending = {"ended_at": Now(), "ended_by": by, "result": result} if to in ENDED else {}
    record(CaseEvent.MEASURE_MOVED, by=by, about=measure, old=measure.state, new=to)
    _write(measure, by, state=to, **ending)
    return measure


@transaction.atomic
def renew(*, measure: Measure, until: date, by: User) -> Measure:
    """It lasts longer, until this day. The same day twice is once."""
    measure = _locked(measure, by)
    check_may_change(by, measure)
    if measure.ends_on == until:
        return measure
    check_can_renew(measure, until)
    _write(measure, by, ends_on=until, renewals=measure.renewals + 1)
    record(CaseEvent.MEASURE_RENEWED, by=by, about=measure, until=until.isoformat())
    return measure


@transaction.atomic
def confirm(*, measure: Measure, by: User) -> None:
    """Somebody who knows says: it is still so."""
    measure = _locked(measure, by)
    check_may_change(by, measure)
    Measure.objects.filter(pk=measure.pk).update(confirmed_at=Now(), confirmed_by=by)
    record(CaseEvent.MEASURE_CONFIRMED, by=by, about=measure)


@transaction.atomic
def answer_clash(*, case: Case, clash: Clash, reason: str, by: User) -> None:
    """Lay a warning to rest, with the reason why it may stay so. Twice is once."""
    check_can_answer(by, case)
    if not reason.strip():
        raise NotPossible("Zeg waarom dit zo kan blijven.")
    try:
        with transaction.atomic():
            answer = ClashAnswer.objects.create(
                compartment_id=case.compartment_id,
                case=case,
                rule=clash.rule,
                measure_ids=clash.measure_ids,
                reason=reason,
                answered_by=by,
            )
    except IntegrityError:
        return
    record(CaseEvent.CLASH_ANSWERED, by=by, about=answer, rule=clash.rule)


def _locked(measure: Measure, by: User) -> Measure:
    found = Measure.objects.visible_to(by).select_for_update(no_key=True, of=("self",))
    kept: Measure | None = found.select_related("case", "kind").filter(pk=measure.pk).first()
    if kept is None:
        raise NotPossible("U kunt deze maatregel niet meer zien.")
    return kept


def _write(measure: Measure, by: User, **values: Any) -> None:
    """Who changes it says at the same time that the rest is still so."""
    for name, value in values.items():
        setattr(measure, name, value)
    measure.version += 1
    measure.confirmed_at, measure.confirmed_by = Now(), by
    measure.save(update_fields=[*values, "version", "confirmed_at", "confirmed_by"])
    measure.refresh_from_db(fields=["confirmed_at", "ended_at"])
