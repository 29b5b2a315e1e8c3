"""Everything that changes a password. A changed password ends the sessions that began with the old one."""

from django.db import transaction

from accounts.events import AccountEvent
from accounts.models import User
from accounts.operations import confirmations, sessions
from accounts.passwords import one_time_password
from accounts.permissions import check_may_look_after
from accounts.second_factor import has_means
from audit.log import record
from foundation.errors import NotAllowed


@transaction.atomic
def change(*, user: User, password: str, by: User) -> None:
    """Give oneself a password."""
    if user.pk != by.pk:
        raise NotAllowed("U wijzigt alleen uw eigen wachtwoord.")
    user.set_password(password)
    user.is_password_temporary = False
    user.save(update_fields=["password", "is_password_temporary"])
    record(AccountEvent.PASSWORD_CHANGED, by=by, about=user)
    sessions.end_all(user=user, by=by, reason="password")


@transaction.atomic
def reset(*, user: User, by: User) -> str:
    """Give somebody else a one-time password and return it. It is kept nowhere."""
    check_may_look_after(by, user)
    password = one_time_password()
    user.set_password(password)
    user.is_password_temporary = True
    user.save(update_fields=["password", "is_password_temporary"])
    record(AccountEvent.PASSWORD_RESET, by=by, about=user)
    if not has_means(user):
        confirmations.ask_again(user=user, by=by)
    sessions.end_all(user=user, by=by, reason="password")
    return password
