"""Whether somebody showed, in this session, something they have besides something they know."""

from enum import StrEnum

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from accounts.models import User


class Way(StrEnum):
    """How somebody proved who they are; these words stand in the log."""

    PASSWORD = "password"  # noqa: S105 (a word of the log)
    APP = "app"
    PASSKEY = "passkey"
    RECOVERY_CODE = "recovery_code"
    PARTNER = "partner"


_WAYS = {
    Authenticator.Type.TOTP: Way.APP,
    Authenticator.Type.WEBAUTHN: Way.PASSKEY,
    Authenticator.Type.RECOVERY_CODES: Way.RECOVERY_CODE,
}
SECOND = {Way.APP, Way.PASSKEY, Way.RECOVERY_CODE, Way.PARTNER}


def ways_of(request: HttpRequest) -> list[tuple[Way, float]]:
    """What was shown in this session, and when, oldest first. Kept by allauth in the session itself."""
    found = []
    for shown in get_authentication_records(request, request.user):
        if shown["method"] == "mfa":
            found.append((_WAYS.get(shown.get("type"), Way.PARTNER), float(shown["at"])))
        elif shown["method"] == "password":
            found.append((Way.PASSWORD, float(shown["at"])))
    return found


def note(request: HttpRequest, user: User, way: Way, at: float | None = None) -> None:
    """This session showed this, now or at that moment."""
    types = {mine: theirs for theirs, mine in _WAYS.items()}
    if way == Way.PASSWORD:
        record_authentication(request, user, "password")
    else:
        record_authentication(request, user, "mfa", type=types.get(way, "partner"))
    if at is not None:
        records = request.session[AUTHENTICATION_METHODS_SESSION_KEY]
        records[-1]["at"] = min(at, records[-1]["at"])
        request.session.modified = True


def has_second_factor(request: HttpRequest) -> bool:
    return any(way in SECOND for way, _ in ways_of(request))


def has_means(user: User) -> bool:
    """Whether this user set up something to show."""
    return Authenticator.objects.filter(user_id=user.pk).exists()


def way_of(authenticator: Authenticator) -> Way:
    return _WAYS[Authenticator.Type(authenticator.type)]
