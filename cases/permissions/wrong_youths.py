"""Who takes a signal away from the wrong youth, and who reads about it."""

from access.permissions import check_may_lead_room
from accounts.models import User
from accounts.roles import Permission
from cases.models import WrongYouth
from foundation.errors import NotAllowed


def check_may_read_wrong(user: User) -> None:
    """Regie of where it happened and the privacy officer; which rows, `visible_to` decides."""
    if not (user.may(Permission.CASE_LEAD) or user.may(Permission.LOG_READ)):
        raise NotAllowed("Alleen de regisseur en de privacy officer lezen dit.")


def check_may_note(user: User, wrong: WrongYouth) -> None:
    """The privacy officer reads the note; regie writes it."""
    if not user.may(Permission.CASE_LEAD):
        raise NotAllowed("Alleen de regisseur schrijft deze notitie.")
    check_may_lead_room(user, wrong.compartment_id)
