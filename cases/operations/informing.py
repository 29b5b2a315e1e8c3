"""Everything that changes the ledger of who was informed."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from audit.log import record
from cases.events import CaseEvent
from cases.models import Case, Informing
from cases.operations.cases import lock
from cases.permissions.cases import check_can_plan
from cases.permissions.informing import check_can_agree
from cases.queries import standings_of
from cases.rules.informing import check_needs_agreement
from foundation.errors import NotPossible


@transaction.atomic
def note(*, case: Case, content: Mapping[str, Any], key: UUID, by: User) -> Informing:
    """Told, postponed or excepted. The same key twice is one line. The last two wait for a second regisseur."""
    case = lock(case=case, by=by)
    sent: Informing | None = Informing.objects.visible_to(by).filter(uuid=key).first()
    if sent:
        return sent
    check_can_plan(by, case)
    line = Informing.objects.create(
        uuid=key, case=case, compartment_id=case.compartment_id, noted_by=by, **content
    )
    _set_last_day(case, by)
    record(CaseEvent.INFORMING_NOTED, by=by, about=line, audience=line.audience, informing=line.outcome)
    return line


def _set_last_day(case: Case, by: User) -> None:
    """The case carries the day on which something must be done: the agenda finds it there."""
    dues = [one.due_on for one in standings_of(case, by) if one.due_on]
    Case.objects.filter(pk=case.pk).update(inform_by_on=min(dues, default=None))


@transaction.atomic
def agree(*, line: Informing, by: User) -> None:
    """A second regisseur agrees that somebody is not told now. Twice is once."""
    lock(case=line.case, by=by)  # first the case, as everybody does
    found = (
        Informing.objects.visible_to(by).select_for_update(no_key=True, of=("self",)).select_related("case")
    )
    kept: Informing | None = found.filter(pk=line.pk).first()
    if kept is None:
        raise NotPossible("U kunt deze regel niet meer zien.")
    check_can_agree(by, kept)
    if kept.agreed_by_id == by.pk:
        return
    check_needs_agreement(kept)
    Informing.objects.filter(pk=kept.pk).update(agreed_at=Now(), agreed_by=by)
    _set_last_day(kept.case, by)
    record(CaseEvent.INFORMING_AGREED, by=by, about=kept, audience=kept.audience)


@transaction.atomic
def take_back(*, case: Case, keys: Collection[UUID], by: User) -> None:
    """The table comes back on a postponement. Only while nobody agreed: what counts, stands."""
    case = lock(case=case, by=by)
    check_can_plan(by, case)
    for line in Informing.objects.visible_to(by).filter(case=case, uuid__in=keys):
        mine = Informing.objects.filter(pk=line.pk, agreed_at=None, withdrawn_at=None)
        if line.needs_agreement and mine.update(withdrawn_at=Now(), withdrawn_by=by):
            record(CaseEvent.INFORMING_WITHDRAWN, by=by, about=line, audience=line.audience)
