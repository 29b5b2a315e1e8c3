"""Pages for when it does not work: what happened, why, and what to do."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Each has its own page in templates/errors/, with words of its own; anything else is our own fault.
KNOWN = {400, 403, 404, 405, 409, 413, 429, 503}
OUR_FAULT = 500  # from here on


def page(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    """The error page for this status, with a reference that also stands in our log."""
    context = {
        "status": status,
        "reason": reason,
        "reference": reference(request),
        "demo_mode": settings.DEMO_MODE,
    }
    name = status if status in KNOWN else OUR_FAULT
    # It may be the database that is gone: then the page asks nothing of it, not even who is looking.
    asker = request if status < OUR_FAULT else None
    return render(asker, f"errors/{name}.html", context, status=status)


def reference(request: HttpRequest) -> str:
    """The first letters of the number of this request: enough to find its lines."""
    return str(getattr(request, "reference", ""))[:8]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was sent from a page of an earlier login, or from another site."""
    return render(request, "errors/csrf.html", {"reference": reference(request)}, status=403)
