"""Everything that changes what somebody has to log in with. Each change ends the other sessions."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import transaction

from accounts.events import AccountEvent
from accounts.models import User
from accounts.operations import confirmations, sessions
from accounts.permissions import check_may_look_after
from accounts.second_factor import Way, way_of
from audit.log import record
from foundation.errors import NotPossible

_MAIN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@transaction.atomic
def add_app(*, secret: str, code: str, by: User) -> None:
    """An authenticator app that just showed this code. Two at the same moment wait for each other."""
    _lock(by)
    if Authenticator.objects.filter(user=by, type=Authenticator.Type.TOTP).exists():
        raise NotPossible("U heeft al een app. Verwijder die eerst.")
    if not TOTP.activate(by, secret).validate_code(code):  # also marks the code as used
        raise NotPossible("Deze code geldt niet meer. Wacht op de volgende.")
    _added(by, Way.APP)


@transaction.atomic
def add_passkey(*, name: str, credential: dict[str, Any], by: User) -> None:
    _lock(by)
    WebAuthn.add(by, name, credential)
    _added(by, Way.PASSKEY)


@transaction.atomic
def remove(*, authenticator: Authenticator, by: User) -> None:
    """Take away an app or a passkey of one's own; not the last one, when a second factor is required."""
    _lock(by)
    mine = Authenticator.objects.filter(user=by, type__in=_MAIN)
    if settings.MFA_REQUIRED and not mine.exclude(pk=authenticator.pk).exists():
        raise NotPossible("Dit is uw enige tweede stap. Voeg eerst een andere toe.")
    found = mine.filter(pk=authenticator.pk).first()
    if found is None:
        return  # twice is once
    way = way_of(found)
    found.delete()
    if not mine.exists():
        Authenticator.objects.filter(user=by).delete()  # recovery codes of nothing
    record(AccountEvent.SECOND_FACTOR_REMOVED, by=by, about=by, way=way.value)
    sessions.end_all(user=by, by=by, reason="second_factor")


@transaction.atomic
def make_recovery_codes(*, by: User) -> list[str]:
    """Ten new codes; the old ones no longer work."""
    _lock(by)
    if not Authenticator.objects.filter(user=by, type__in=_MAIN).exists():
        raise NotPossible("Herstelcodes horen bij een passkey of een app. Voeg die eerst toe.")
    Authenticator.objects.filter(user=by, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(by).get_unused_codes()
    record(AccountEvent.RECOVERY_CODES_MADE, by=by, about=by)
    sessions.end_all(user=by, by=by, reason="second_factor")
    return codes


@transaction.atomic
def reset(*, user: User, by: User) -> None:
    """Somebody lost everything: the beheerder takes all means away. With a new invitation they begin again."""
    check_may_look_after(by, user)
    Authenticator.objects.filter(user=user).delete()
    record(AccountEvent.SECOND_FACTORS_RESET, by=by, about=user)
    confirmations.ask_again(user=user, by=by)
    sessions.end_all(user=user, by=by, reason="second_factor")


def _lock(user: User) -> None:
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)


def _added(user: User, way: Way) -> None:
    RecoveryCodes.activate(user)
    record(AccountEvent.SECOND_FACTOR_ADDED, by=user, about=user, way=way.value)
    sessions.end_all(user=user, by=user, reason="second_factor")
