"""Telling somebody by mail that what they log in with has changed."""

from django.db import transaction

from accounts.events import AccountEvent
from accounts.models import Change, ChangeNotice, User
from accounts.permissions import check_is_robot
from audit.log import record


@transaction.atomic
def note(*, user: User, change: Change, by: User) -> None:
    """Keep that this user must hear of it, at the address known now."""
    if user.email:
        ChangeNotice.objects.create(user=user, change=change, address=user.email)


@transaction.atomic
def mark_sent(*, notice: ChangeNotice, by: User) -> None:
    check_is_robot(by)
    record(AccountEvent.CHANGE_TOLD, by=by, about=notice.user, change=notice.change)
    notice.delete()
