"""Everything that changes who may read stricter data. Keys are made per request: a change counts at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.events import AccountEvent
from accounts.models import Clearance, User
from accounts.permissions import check_may_look_after
from accounts.roles import DataClass
from audit.log import record
from foundation.errors import NotPossible


@transaction.atomic
def give(
    *, key: UUID, user: User, data_class: DataClass, reason: str, until: datetime, by: User
) -> Clearance:
    """Let a user read a stricter class until then. Giving twice with the same key is giving once."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if existing := Clearance.objects.filter(uuid=key).first():
        return existing
    check_may_look_after(by, user)
    if until <= timezone.now():
        raise NotPossible("Die dag is voorbij. Kies een dag in de toekomst.")
    before = Clearance.objects.filter(user=user, data_class=data_class, ended_at=None)
    if before.held().exists():
        raise NotPossible("Deze gebruiker heeft deze bevoegdheid al.")
    before.update(ended_at=Now(), ended_by=by)  # it was over; now that stands there too
    clearance = Clearance.objects.create(
        uuid=key, user=user, data_class=data_class, reason=reason, until=until, given_by=by
    )
    record(AccountEvent.CLEARANCE_GIVEN, by=by, about=user, data_class=data_class, until=until.isoformat())
    return clearance


@transaction.atomic
def end(*, clearance: Clearance, by: User) -> None:
    """From the next request on this class is closed to this user. Ending twice is ending once."""
    check_may_look_after(by, clearance.user)
    ended = Clearance.objects.filter(pk=clearance.pk, ended_at=None).update(ended_at=Now(), ended_by=by)
    if ended:
        record(AccountEvent.CLEARANCE_ENDED, by=by, about=clearance.user, data_class=clearance.data_class)
