"""What somebody has to log in with, in a test."""

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value


def app_of(user):
    """An authenticator app with recovery codes; returns what it shows now."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return lambda: code_of(secret)


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def recovery_codes_of(user):
    found = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return found.wrap().get_unused_codes()


def secret_of(user):
    """What stands in the database, and what it means."""
    stored = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    return stored, get_adapter().decrypt(stored)
