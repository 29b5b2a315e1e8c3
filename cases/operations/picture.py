"""Everything that changes the picture of a youth, and the parts of life it is made of."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from accounts.roles import DataClass
from audit.log import record
from cases.events import CaseEvent
from cases.models import Case, LifeArea, Remark, RemarkKind
from cases.operations.cases import lock
from cases.operations.rooms import room_for
from cases.permissions.measures import check_may_keep_catalogue
from cases.permissions.picture import check_can_withdraw
from cases.permissions.table import check_can_write
from cases.rules.picture import check_area, check_seen, check_standing
from foundation.errors import NotPossible


@transaction.atomic
def add_remark(
    *,
    case: Case,
    kind: RemarkKind,
    area: LifeArea | None,
    text: str,
    nature: str,
    source: str,
    seen_on: date,
    data_class: DataClass,
    key: UUID,
    by: User,
) -> Remark:
    """Say what worries, what goes well, or what youth or parents say. The same key twice is one remark.

    Raises NotPossible for a class for which its maker is not cleared: nobody writes what they may not read.
    """
    case = lock(case=case, by=by)
    sent: Remark | None = Remark.objects.visible_to(by).filter(uuid=key).first()
    if sent:
        return sent
    check_can_write(by, case)
    check_area(kind, area)
    check_seen(seen_on, timezone.localdate())
    if not by.is_cleared(data_class):
        raise NotPossible(f"Voor {data_class.label} heeft u geen bevoegdheid.")
    remark = Remark.objects.create(
        uuid=key,
        case=case,
        compartment_id=room_for(case=case, data_class=data_class, by=by),
        kind=kind,
        area=area,
        text=text,
        nature=nature,
        source=source,
        seen_on=seen_on,
        partner_id=by.partner_id,
        made_by=by,
    )
    record(CaseEvent.REMARK_ADDED, by=by, about=remark, remark_kind=kind.value)
    return remark


@transaction.atomic
def withdraw_remark(*, remark: Remark, reason: str, by: User) -> None:
    """Take back what was not right. It stays readable, as taken back, for who read it. Twice is once."""
    found = Remark.objects.visible_to(by).select_for_update(no_key=True, of=("self",)).select_related("case")
    kept: Remark | None = found.filter(pk=remark.pk).first()
    if kept is None:
        raise NotPossible("U kunt deze opmerking niet meer zien.")
    check_can_withdraw(by, kept)
    if (kept.withdrawn_because, kept.withdrawn_by_id) == (reason, by.pk):
        return
    check_standing(kept)
    if not reason.strip():
        raise NotPossible("Zeg waarom u dit terugneemt.")
    Remark.objects.filter(pk=kept.pk).update(withdrawn_at=Now(), withdrawn_by=by, withdrawn_because=reason)
    record(CaseEvent.REMARK_WITHDRAWN, by=by, about=kept)


@transaction.atomic
def change_area(*, area: LifeArea, values: Mapping[str, Any], by: User) -> None:
    """What a part of life is called and is about. What was said about it stays there."""
    check_may_keep_catalogue(by)
    area = LifeArea.objects.select_for_update().get(pk=area.pk)
    changed = {name: value for name, value in values.items() if getattr(area, name) != value}
    if changed:
        LifeArea.objects.filter(pk=area.pk).update(**changed)
        record(CaseEvent.LIFE_AREA_CHANGED, by=by, about=area, fields=sorted(changed))
