"""Everything that ends sessions: of oneself, of somebody who was disabled, of everybody whose rights changed."""

import hashlib

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from accounts.events import AccountEvent
from accounts.models import Change, IdentityProvider, User
from accounts.operations import notices
from accounts.partner_login import LOGOUT_SECONDS
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


@transaction.atomic
def end_by_partner(*, provider: IdentityProvider, subject: str, token: str, by: User) -> None:
    """Out over there is out here, in every browser. Somebody we do not know is nobody; a token works once."""
    name = hashlib.sha256(f"{provider.uuid} {token}".encode()).hexdigest()
    if not cache.add(f"logout-token:{name}", True, timeout=2 * LOGOUT_SECONDS):
        return
    linked = SocialAccount.objects.filter(provider=str(provider.uuid), uid=subject)
    for user in User.objects.filter(pk__in=linked.values("user")):
        end_all(user=user, by=by, reason="by_partner")
