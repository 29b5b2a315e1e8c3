"""The first beheerder of a new site, and the link with which that person chooses a password.

The link is nowhere kept: it is a seal over what the account looks like now, made with the key of the application.
Choosing a password changes the account, so the link works once; asking for a new one changes it too, so the old one
stops; and after a day it is over.
"""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction

from accounts.events import AccountEvent
from accounts.models import Partner, PartnerKind, RoleAssignment, User
from accounts.robots import people
from accounts.roles import Role
from audit.log import record
from foundation.errors import NotAllowed, NotPossible


class _Seal(PasswordResetTokenGenerator):
    """Django's seal for choosing a password anew, with a key of its own."""

    key_salt = "accounts.first_link"


_seal = _Seal()
OVER = "Deze link werkt niet meer. Vraag degene die de site beheert om een nieuwe."


@transaction.atomic
def invite_first_beheerder(
    *, username: str, first_name: str, last_name: str, email: str, by: User
) -> tuple[User, str]:
    """Make the first beheerder, or a new link for the one who never came. Returns the user and the seal of the link.

    Raises NotPossible as soon as somebody can log in as beheerder: from then on that person lets others in.
    """
    if any(user.has_usable_password() for user in _beheerders()):
        raise NotPossible("Er is al een beheerder die kan inloggen. Die voegt anderen toe.")
    house = Partner.objects.select_for_update().get(kind=PartnerKind.REGIE)
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User(username=username, first_name=first_name, last_name=last_name, email=email, partner=house)
        user.set_unusable_password()
        user.save()
        record(AccountEvent.USER_ADDED, by=by, about=user, partner=house.pk)
        RoleAssignment.objects.create(user=user, role=Role.BEHEERDER)
        record(AccountEvent.ROLE_ASSIGNED, by=by, about=user, role=Role.BEHEERDER.value)
    elif user not in _beheerders():
        raise NotPossible("Deze gebruikersnaam is van iemand die geen beheerder is. Kies een andere.")
    user.set_unusable_password()  # another random filling: links made before stop
    user.save(update_fields=["password"])
    record(AccountEvent.FIRST_LINK_MADE, by=by, about=user)
    return user, _seal.make_token(user)


@transaction.atomic
def choose_first_password(*, user: User, seal: str, password: str, by: User) -> None:
    """Choose a password with the link. A second time, also at the same moment, the link is over."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if user.pk != by.pk or not is_open(user=user, seal=seal, by=by):
        raise NotAllowed(OVER)
    user.set_password(password)
    user.is_password_temporary = False
    user.save(update_fields=["password", "is_password_temporary"])
    record(AccountEvent.PASSWORD_CHANGED, by=by, about=user)


def is_open(*, user: User, seal: str, by: User) -> bool:
    """Whether this link still opens this account."""
    is_new = user.is_active and not user.has_usable_password() and user in _beheerders()
    return user.pk == by.pk and is_new and _seal.check_token(user, seal)


def _beheerders() -> list[User]:
    held = RoleAssignment.objects.active().filter(role=Role.BEHEERDER)
    return list(people().filter(pk__in=held.values("user")))
