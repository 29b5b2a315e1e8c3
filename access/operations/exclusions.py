"""Everything that keeps a person out, and lets them in again."""

from django.db import transaction
from django.db.models.functions import Now

from access.events import AccessEvent
from access.models import Compartment, Exclusion
from access.permissions import check_may_lead
from access.terms import once
from accounts.models import User
from audit.log import record


@transaction.atomic
def exclude(*, compartment: Compartment, user: User, reason: str, by: User) -> Exclusion:
    """Keep one person out of a compartment and all within it. Raises NotPossible when they already are out."""
    check_may_lead(by, compartment)
    with once(f"{user} staat al buiten dit dossier."):
        exclusion = Exclusion.objects.create(compartment=compartment, user=user, reason=reason, added_by=by)
    record(AccessEvent.EXCLUDED, by=by, about=exclusion, compartment=compartment.pk, person=user.pk)
    return exclusion


@transaction.atomic
def step_aside(*, compartment: Compartment, reason: str, by: User) -> None:
    """Keep oneself out: "ik ken deze jongere privé". Only regie can undo it. Twice is once."""
    if Exclusion.objects.filter(compartment=compartment, user=by, ended_at=None).exists():
        return
    exclusion = Exclusion(compartment=compartment, user=by, reason=reason, added_by=by)
    with once("U staat al buiten dit dossier."):  # in another tab, at the same moment
        Exclusion.objects.bulk_create([exclusion])  # one statement: afterwards its maker sees it no more
    record(AccessEvent.STEPPED_ASIDE, by=by, about=exclusion, compartment=compartment.pk, person=by.pk)


@transaction.atomic
def end_exclusion(*, exclusion: Exclusion, by: User) -> None:
    """Let the person in again, as far as their keys reach."""
    check_may_lead(by, exclusion.compartment)
    ended = Exclusion.objects.filter(pk=exclusion.pk, ended_at=None).update(ended_at=Now(), ended_by=by)
    if ended:
        record(AccessEvent.EXCLUSION_ENDED, by=by, about=exclusion, compartment=exclusion.compartment_id)
