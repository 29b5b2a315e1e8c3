"""Everything that ends sessions: of oneself, of somebody who was disabled, of everybody whose rights changed."""

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F

from accounts.events import AccountEvent
from accounts.models import Change, User
from accounts.operations import notices
from audit.log import record
from foundation.errors import NotAllowed


@transaction.atomic
def end_all(*, user: User, by: User, reason: str) -> None:
    """Every session of this user ends at its next request. Whoever goes on here renews their own afterwards.

    When the reason is a change of what one logs in with, the user also hears of it by mail.
    """
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])
    record(AccountEvent.SESSIONS_ENDED, by=by, about=user, reason=reason)
    if reason in Change.values:
        notices.note(user=user, change=Change(reason), by=by)


@transaction.atomic
def end_one(*, session: UserSession, by: User) -> None:
    """One browser of oneself. Ending twice is ending once."""
    if session.user_id != by.pk:
        raise NotAllowed("U beëindigt alleen uw eigen sessies.")
    session.end()
    record(AccountEvent.SESSION_ENDED, by=by, reason="by_user")
