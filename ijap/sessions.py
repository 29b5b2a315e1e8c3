"""How long somebody is there, and with what proof: the middlewares of a session."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from accounts import session_time
from accounts.events import AccountEvent
from accounts.fresh import page_before
from accounts.second_factor import has_means, has_second_factor
from audit.log import origin, record
from foundation.http import go_to
from ijap.middleware import origin_of

Handler = Callable[[HttpRequest], HttpResponse]
# Asked by a page on its own, not by somebody: these keep nobody there.
BACKGROUND = {
    "jobs:job_status",
    "meetings:minutes_progress",
    "meetings:follow_allowed",
    "meetings:follow_since",
    "meetings:live_item_since",
    "accounts:session_left",
    "foundation:live",
    "foundation:ready",
}
# Writing at every request would cost more than the pages; half a minute more or less does not matter.
GRAIN = 30


class SessionLimitsMiddleware:
    """Ends a session after twenty minutes of nobody there, and after nine hours whatever happens."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            session_time.begin(request)
            if session_time.is_idle(request):
                _end(request, "idle")
            elif session_time.is_too_long(request):
                _end(request, "too_long")
            elif time.time() - request.session[session_time.ACTIVE] >= GRAIN and not _is_background(request):
                session_time.renew(request)
                seen = UserSession.objects.filter(session_key=request.session.session_key)
                seen.update(last_seen_at=timezone.now())
        return self.get_response(request)


def _end(request: HttpRequest, reason: str) -> None:
    origin.set(origin_of(request))
    with transaction.atomic():
        record(AccountEvent.SESSION_ENDED, by=request.user, reason=reason)  # type: ignore[arg-type]
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        logout(request)


def _is_background(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in BACKGROUND
    except Resolver404:
        return False


class LoginMiddleware(LoginRequiredMiddleware):
    """Sends a stranger to the login page, and afterwards back to a page that can be opened.

    The address of a button (POST) cannot: then it is the page with the button. A part of a page that was sent stays
    where it is: what was typed beside it is on that page only (refusals.js says so).
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        can_be_opened = request.method in ("GET", "HEAD") and not request.headers.get("HX-Request")
        wanted = request.get_full_path() if can_be_opened else page_before(request)
        answer = redirect_to_login(wanted)
        if request.headers.get("HX-Request"):
            is_sent = request.method not in ("GET", "HEAD")
            return HttpResponse(status=401) if is_sent else HttpResponse(headers={"HX-Redirect": answer.url})
        return answer


# What somebody needs to log in, to log out, and to look whether the session is still there.
_DOORSTEP = {
    "accounts:login",
    "accounts:login_code",
    "accounts:login_passkey",
    "accounts:login_done",
    "accounts:logout",
    "accounts:session_left",
    "accounts:session_renew",
    "accounts:invitation",
    "accounts:partner_login",
    "accounts:partner_login_back",
    "accounts:partner_logout",
    "foundation:live",
    "foundation:ready",
}
_SHOW_IT = _DOORSTEP | {"accounts:confirm"}
_SET_IT_UP = _DOORSTEP | {
    "accounts:confirm",
    "accounts:security",
    "accounts:app_add",
    "accounts:passkey_add",
    "accounts:password_change",
}


class SecondFactorMiddleware:
    """Who did not show a second factor in this session comes nowhere: first show it, or set it up."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        if not settings.MFA_REQUIRED or not request.user.is_authenticated or has_second_factor(request):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        shows = has_means(request.user)
        if name in (_SHOW_IT if shows else _SET_IT_UP):
            return None
        if not shows:
            return go_to(request, "accounts:security")
        back = request.get_full_path() if request.method == "GET" else page_before(request)
        return go_to(request, f"{reverse('accounts:confirm')}?{urlencode({'next': back})}")
