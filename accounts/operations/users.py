"""Everything that changes a user. Each function checks, writes and logs, or does nothing."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from accounts.events import AccountEvent
from accounts.models import Change, Partner, User
from accounts.operations import invitations, notices, sessions
from accounts.passwords import one_time_password
from accounts.permissions import check_can_add_user, check_can_enable, check_may_look_after
from audit.log import record
from foundation.errors import NotPossible


@transaction.atomic
def add(
    *,
    key: UUID,
    username: str,
    first_name: str,
    last_name: str,
    email: str,
    function: str,
    partner: Partner,
    by: User,
) -> tuple[User, str]:
    """Add a user. With an e-mail address they get an invitation; without one a one-time password is returned.

    The password is kept nowhere. Adding twice with the same key is adding once.
    """
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    check_can_add_user(by, partner)
    if existing := User.objects.filter(uuid=key).first():
        return existing, ""
    user = User(
        uuid=key,
        username=username,
        first_name=first_name,
        last_name=last_name,
        email=email,
        function=function,
        partner=partner,
        is_password_temporary=True,
    )
    password = "" if email else one_time_password()
    user.set_password(password or None)  # None: no password opens this account
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise NotPossible("Er is al een gebruiker met deze gebruikersnaam.") from error
    record(AccountEvent.USER_ADDED, by=by, about=user, partner=partner.pk)
    if email:
        invitations.invite(user=user, by=by)
    return user, password


@transaction.atomic
def change(*, user: User, first_name: str, last_name: str, email: str, function: str, by: User) -> User:
    """Change how somebody is called and reached.

    The organisation never changes: who works elsewhere gets another account, because what the old one
    sent in and was granted belongs to the old work.
    """
    check_may_look_after(by, user)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.email and user.email != email:
        notices.note(user=user, change=Change.EMAIL, by=by)
    user.first_name, user.last_name, user.email, user.function = (first_name, last_name, email, function)
    user.save(update_fields=["first_name", "last_name", "email", "function"])
    record(AccountEvent.USER_CHANGED, by=by, about=user)
    return user


@transaction.atomic
def disable(*, user: User, by: User) -> None:
    """From the next request on this user is nobody. Disabling twice is disabling once."""
    check_may_look_after(by, user)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        record(AccountEvent.USER_DISABLED, by=by, about=user)
        sessions.end_all(user=user, by=by, reason="disabled")


@transaction.atomic
def enable(*, user: User, by: User) -> None:
    """Let a user log in again, with the roles that did not end. Enabling twice is enabling once."""
    Partner.objects.select_for_update().get(pk=user.partner_id)
    check_can_enable(by, user)
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True, enabled_at=Now()):
        record(AccountEvent.USER_ENABLED, by=by, about=user)
