"""Who may change who reads."""

from accounts.models import User
from accounts.roles import Permission
from access.models import Compartment
from foundation.errors import NotAllowed, NotPossible


def check_may_lead(user: User, compartment: Compartment) -> None:
    """Only regie of this compartment changes who reads it: somebody who leads cases and can see it."""
    if not user.may(Permission.CASE_LEAD):
        raise NotAllowed("Alleen een regisseur bepaalt wie dit kan zien.")
    if not Compartment.objects.visible_to(user).filter(pk=compartment.pk).exists():
        raise NotAllowed("U heeft hier geen regie.")


def check_can_open(user: User, compartment: Compartment) -> None:
    """As above, and the compartment is still open."""
    check_may_lead(user, compartment)
    if compartment.closed_at:
        raise NotPossible("Dit deel van het dossier is gesloten. Er kan niemand meer bij.")
