"""Who may read which figures."""

from accounts.models import Municipality, User
from accounts.roles import REGIE_LEVELS, Permission, Role
from foundation.errors import NotAllowed

# Regie works for all of Parkstad and the privacy officer looks after all of it; management has a municipality.
EVERYWHERE = {*REGIE_LEVELS, Role.PRIVACY_OFFICER, Role.ROBOT}


def check_may_read(user: User) -> None:
    if not (user.may(Permission.FIGURES_READ) or user.may(Permission.ROBOT)):
        raise NotAllowed("Uw rol leest geen cijfers.")


def readable_municipalities(user: User) -> list[Municipality]:
    """The municipalities whose own figures this user may read. Parkstad as a whole is for every reader."""
    if any(held.role in EVERYWHERE for held in user.active_roles):
        return list(Municipality.objects.all())
    own = {
        held.municipality.pk: held.municipality
        for held in user.active_roles
        if held.role == Role.MANAGEMENT and held.municipality
    }
    return sorted(own.values(), key=str)


def check_may_read_area(user: User, municipality: Municipality | None) -> None:
    check_may_read(user)
    if municipality is not None and municipality not in readable_municipalities(user):
        raise NotAllowed("U ziet alleen cijfers van uw eigen gemeente en van Parkstad als geheel.")


def check_may_read_trends(user: User) -> None:
    """How organisations do is for regie, and for who speaks for one of them; management reads no such thing."""
    if not user.may(Permission.CASE_LEAD) and not is_contact(user):
        raise NotAllowed("Hoe organisaties het doen, is voor de regie en voor hun contactpersoon.")


def is_contact(user: User) -> bool:
    """Whether this person speaks for the own organisation."""
    return user.partner.contact_id == user.pk and user.is_active and not user.awaits_confirmation


def check_may_count(user: User) -> None:
    """Counting is the clock's work: it costs much and changes nothing for who reads."""
    if not user.may(Permission.ROBOT):
        raise NotAllowed("Cijfers worden elke nacht vanzelf geteld.")
