"""Weighty things ask who you are once more: `@fresh_login_required`.

Use it on a view, below the decorators of methods. The proof (password, code, passkey, or logging in itself)
must be younger than FRESH_SECONDS. What was sent is never kept or sent again: the person comes back to the
page with the form and presses once more.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.second_factor import ways_of
from foundation.http import go_to

View = Callable[..., HttpResponse]


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody proved who they are within the last minutes."""
    return any(time.time() - at < settings.FRESH_SECONDS for _, at in ways_of(request))


def fresh_login_required(view: View) -> View:
    """First prove once more who you are, when that is long ago. Looking at a form (GET) asks it already, so that
    nobody fills one in for nothing; a POST that comes too late leads back to the page it was sent from."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else page_before(request)
        return go_to(request, f"{reverse('accounts:confirm')}?{urlencode({'next': back})}")

    return guarded


def page_before(request: HttpRequest) -> str:
    """The page of ours from which this was sent, or the first page."""
    before = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(before)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
