"""Everything that changes who holds which role. Keys are made per request: a change counts at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.events import AccountEvent
from accounts.models import Municipality, RoleAssignment, User
from accounts.operations import sessions
from accounts.permissions import check_can_assign, check_may_look_after
from accounts.roles import NEEDS_LEVEL, Level, Role
from accounts.rules import KEEPS_MUNICIPALITY, check_fits
from audit.log import record
from foundation.errors import NotPossible


@transaction.atomic
def assign(
    *,
    key: UUID,
    user: User,
    role: Role,
    by: User,
    level: Level | None = None,
    municipality: Municipality | None = None,
    until: datetime | None = None,
) -> RoleAssignment:
    """Let a user hold a role. Assigning twice with the same key is assigning once."""
    # Two roles that exclude each other, given at the same moment, wait for each other here.
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if existing := RoleAssignment.objects.filter(uuid=key).first():
        return existing
    check_can_assign(by, user, role)
    check_fits(role, level, municipality)
    level = level if role in NEEDS_LEVEL else None
    municipality = municipality if role in KEEPS_MUNICIPALITY else None
    if until is not None and until <= timezone.now():
        raise NotPossible("Die dag is voorbij. Kies een dag in de toekomst.")
    same = RoleAssignment.objects.held().filter(user=user, role=role, level=level, municipality=municipality)
    if same.exists():
        raise NotPossible("Deze gebruiker heeft deze rol al.")
    assignment = RoleAssignment.objects.create(
        uuid=key, user=user, role=role, level=level, municipality=municipality, until=until
    )
    record(
        AccountEvent.ROLE_ASSIGNED,
        by=by,
        about=user,
        role=role.value,
        level=level,
        municipality=municipality and municipality.pk,
        until=until and until.isoformat(),
    )
    sessions.end_all(user=user, by=by, reason="role")
    return assignment


@transaction.atomic
def end(*, assignment: RoleAssignment, by: User) -> None:
    """From the next request on this role is not held. Ending twice is ending once."""
    check_may_look_after(by, assignment.user)
    ended = RoleAssignment.objects.filter(pk=assignment.pk, ended_at=None).update(ended_at=Now(), ended_by=by)
    if ended:
        record(AccountEvent.ROLE_ENDED, by=by, about=assignment.user, role=assignment.role)
        sessions.end_all(user=assignment.user, by=by, reason="role")
