"""Who may look after organisations, users and roles."""

from accounts.models import Partner, User
from accounts.roles import Permission, Role
from accounts.rules import check_can_close, check_can_hold, check_can_join
from foundation.errors import NotAllowed


def check_may_admin(user: User) -> None:
    if not user.may(Permission.ADMIN):
        raise NotAllowed("Alleen een beheerder komt bij deze pagina's.")


def check_may_look_after(user: User, other: User) -> None:
    """A beheerder looks after everybody but themself: somebody else must see it."""
    check_may_admin(user)
    if other.pk == user.pk:
        raise NotAllowed("U kunt uw eigen account en rollen niet beheren. Vraag een andere beheerder.")


def check_is_robot(user: User) -> None:
    if not user.may(Permission.ROBOT):
        raise NotAllowed("Dit doet de klok.")


def check_may_review_people(user: User) -> None:
    """Who speaks for a partner looks at its people."""
    if user.partner.contact_id != user.pk:
        raise NotAllowed("Alleen de contactpersoon van een organisatie bevestigt haar mensen.")


def check_can_confirm(user: User, other: User) -> None:
    """One's own partner, and never oneself."""
    check_may_review_people(user)
    if other.partner_id != user.partner_id or other.pk == user.pk:
        raise NotAllowed("U bevestigt alleen anderen van uw eigen organisatie.")


def check_can_close_partner(user: User, partner: Partner) -> None:
    check_may_admin(user)
    check_can_close(partner)


def check_can_add_user(user: User, partner: Partner) -> None:
    check_may_admin(user)
    check_can_join(partner)


def check_can_enable(user: User, other: User) -> None:
    check_may_look_after(user, other)
    check_can_join(other.partner)


def check_can_assign(user: User, other: User, role: Role) -> None:
    check_may_look_after(user, other)
    check_can_hold(other, role)
