"""Who may change who reads."""

from collections.abc import Iterable

from access.models import Compartment
from accounts.keys import regie_key
from accounts.models import User
from accounts.roles import Permission
from foundation.errors import NotAllowed, NotPossible


def check_may_lead(user: User, compartment: Compartment) -> None:
    """Only regie of this compartment changes who reads it: somebody who leads cases and carries its key."""
    if not user.may(Permission.CASE_LEAD):
        raise NotAllowed("Alleen een regisseur bepaalt wie dit kan zien.")
    check_may_lead_room(user, compartment.pk)


def check_may_lead_room(user: User, room: int, reason: str = "U heeft hier geen regie.") -> None:
    """As above by id, for a room that may be invisible. Seeing is not enough: access by name is not regie."""
    if room not in led_rooms(user, [room]):
        raise NotAllowed(reason)


def led_rooms(user: User, rooms: Iterable[int]) -> set[int]:
    """Of these compartments, those of which this user has regie."""
    if not user.may(Permission.CASE_LEAD):
        return set()
    keys = set(user.session_keys())
    found = Compartment.objects.visible_to(user).filter(pk__in=list(rooms))
    return {c.pk for c in found if regie_key(c.municipality_id, c.level, c.data_class) in keys}


def check_can_open(user: User, compartment: Compartment) -> None:
    """As above, and the compartment is still open."""
    check_may_lead(user, compartment)
    if compartment.closed_at:
        raise NotPossible("Dit deel van het dossier is gesloten. Er kan niemand meer bij.")


def check_may_be_given(user: User) -> None:
    """Access by name is for professionals who send in signals or read cases; never for who manages or counts."""
    works_with_youths = user.may(Permission.SIGNAL_REGISTER) or user.may(Permission.CASE_READ)
    if not user.is_active or not works_with_youths or user.may(Permission.ROBOT):
        raise NotPossible("Deze persoon heeft geen rol waarmee dossiers kunnen worden gelezen.")
