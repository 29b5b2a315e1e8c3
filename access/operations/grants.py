"""Everything that changes which persons read by name. Each function checks, writes and logs, or does nothing."""

from datetime import datetime

from django.contrib.auth.models import Permission as GuardianPermission
from django.db import transaction

from access.events import AccessEvent
from access.models import Compartment, EndedGrant, Grant, Ground
from access.permissions import check_can_open, check_may_be_given, check_may_lead
from access.rules import check_cleared
from access.terms import check_future, is_over, once
from accounts.models import User
from audit.log import record
from foundation.errors import NotPossible


@transaction.atomic
def grant(
    *, compartment: Compartment, user: User, until: datetime, ground: Ground, reason: str, by: User
) -> Grant:
    """Let one named person read this one compartment until then. Raises NotPossible when they already may."""
    check_can_open(by, compartment)
    check_future(until)
    if user.pk == by.pk:
        raise NotPossible("U kunt uzelf geen toegang geven.")
    check_may_be_given(user)
    check_cleared(user.is_cleared(compartment.data_class), compartment.data_class)
    before = Grant.objects.filter(content_object=compartment, user=user).first()
    already = f"{user} heeft al persoonlijke toegang."
    if before and not is_over(before.until):
        raise NotPossible(already)
    if before:
        _end_grant(before, by)
    reading = GuardianPermission.objects.get(codename="view_compartment", content_type__app_label="access")
    with once(already):
        given = Grant.objects.create(
            content_object=compartment,
            user=user,
            permission=reading,
            until=until,
            ground=ground,
            reason=reason,
            granted_by=by,
        )
    record(
        AccessEvent.GRANTED,
        by=by,
        about=given,
        ground=ground,
        recipients=[user.partner_id],
        compartment=compartment.pk,
        person=user.pk,
    )
    return given


@transaction.atomic
def end_grant(*, grant: Grant, by: User) -> None:
    """End a named exception. The row goes (guardian would still honour it); its history stays."""
    check_may_lead(by, grant.content_object)
    _end_grant(grant, by)


def _end_grant(given: Grant, by: User) -> None:
    EndedGrant.objects.create(
        compartment_id=given.content_object_id,
        user_id=given.user_id,
        until=given.until,
        ground=given.ground,
        reason=given.reason,
        granted_by_id=given.granted_by_id,
        granted_at=given.granted_at,
        ended_by=by,
    )
    record(
        AccessEvent.GRANT_ENDED, by=by, about=given, compartment=given.content_object_id, person=given.user_id
    )
    given.delete()
