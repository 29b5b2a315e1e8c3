"""Writes failed and right logins in the tables of axes, from which accounts/limits.py says how long one waits.

What was typed as a name may be a password, so only a seal of it is stored: enough to count, not to read.
"""

from typing import Any

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from axes.models import AccessFailureLog, AccessLog
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.models import User


def seal_of(name: str) -> str:
    """The same for the same name, and readable for nobody."""
    return salted_hmac("accounts.failures", name.strip().lower(), algorithm="sha256").hexdigest()


class FailureHandler(AxesBaseHandler, AbstractAxesHandler):
    """One row per failure and one per login. The handler of axes itself also keeps what was sent, for ever."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Nobody is locked out; who guesses waits longer and longer, see accounts/limits.py."""
        return True

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        return False

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any
    ) -> None:
        if request is not None:
            AccessFailureLog.objects.create(
                username=seal_of(credentials.get("username") or ""), **_where(request)
            )

    def user_logged_in(self, sender: Any, request: Any, user: User, **kwargs: Any) -> None:
        if request.axes_ip_address:
            AccessLog.objects.create(username=seal_of(user.username), **_where(request))

    def user_logged_out(self, sender: Any, request: Any, user: User | None, **kwargs: Any) -> None:
        """Stands in our own log."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        return 0


def _where(request: Any) -> dict[str, Any]:
    return {
        "ip_address": request.axes_ip_address or None,
        "user_agent": request.axes_user_agent,
        "http_accept": "",
        "path_info": request.axes_path_info,
        "attempt_time": request.axes_attempt_time,
    }
