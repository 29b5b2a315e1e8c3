"""How long a session still lasts. The clock of ijap/sessions.py, readable for the page that warns."""

import time

from django.conf import settings
from django.http import HttpRequest

BEGAN, ACTIVE = "began_at", "active_at"


def seconds_left(request: HttpRequest) -> int:
    """How long this session lasts when nobody does anything; 0 for who is not logged in."""
    if not request.user.is_authenticated:
        return 0
    session, now = request.session, time.time()
    idle = session.get(ACTIVE, now) + settings.IDLE_SECONDS
    absolute = session.get(BEGAN, now) + settings.SESSION_COOKIE_AGE
    return max(0, int(min(idle, absolute) - now))


def is_idle(request: HttpRequest) -> bool:
    return time.time() - float(request.session.get(ACTIVE, time.time())) >= settings.IDLE_SECONDS


def is_too_long(request: HttpRequest) -> bool:
    return time.time() - float(request.session.get(BEGAN, time.time())) >= settings.SESSION_COOKIE_AGE


def renew(request: HttpRequest) -> None:
    """Somebody is here."""
    request.session[ACTIVE] = time.time()


def begin(request: HttpRequest) -> None:
    """From the first request after logging in both clocks run."""
    request.session.setdefault(BEGAN, time.time())
    request.session.setdefault(ACTIVE, time.time())
