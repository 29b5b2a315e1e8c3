"""The register of decisions to provide police data (Wpg art. 20): who may receive what, until when."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from access.events import AccessEvent
from access.models import PoliceData, PoliceDecision
from accounts.models import Partner, User
from accounts.permissions import check_may_admin
from audit.log import record
from foundation.errors import NotPossible


@transaction.atomic
def add(
    *,
    key: UUID,
    reference: str,
    interest: str,
    conditions: str,
    covers: Sequence[PoliceData],
    recipients: Iterable[Partner],
    valid_from: date,
    valid_until: date,
    by: User,
) -> PoliceDecision:
    """Put a decision in the register. Adding twice with the same key is adding once."""
    check_may_admin(by)
    if existing := PoliceDecision.objects.filter(uuid=key).first():
        return existing
    if valid_until < valid_from:
        raise NotPossible("De laatste dag ligt voor de eerste.")
    try:
        with transaction.atomic():
            decision = PoliceDecision.objects.create(
                uuid=key,
                reference=reference,
                interest=interest,
                conditions=conditions,
                covers=list(covers),
                valid_from=valid_from,
                valid_until=valid_until,
                added_by=by,
            )
    except IntegrityError as there:
        raise NotPossible("Er is al een besluit met dit kenmerk.") from there
    named = list(recipients)
    decision.recipients.set(named)
    record(
        AccessEvent.POLICE_DECISION_ADDED, by=by, about=decision, recipients=[partner.pk for partner in named]
    )
    return decision


@transaction.atomic
def end(*, decision: PoliceDecision, by: User) -> None:
    """From now on nothing is provided under this decision. Ending twice is ending once."""
    check_may_admin(by)
    if PoliceDecision.objects.filter(pk=decision.pk, ended_at=None).update(ended_at=Now(), ended_by=by):
        record(AccessEvent.POLICE_DECISION_ENDED, by=by, about=decision)
