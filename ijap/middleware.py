"""What happens around every request: clean input, safe headers, and the scope of the database."""

import hashlib
import logging
import uuid
from collections.abc import Callable
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import DisallowedHost, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.cache import patch_vary_headers
from whitenoise.middleware import WhiteNoiseFileResponse

from audit.log import LogUnavailable, Origin, origin, record
from audit.models import Outcome
from cases.views.access_requests import glass_of
from foundation.errors import NotPossible, Refused, TooMuch
from foundation.http import address_of
from foundation.scope import Scope, acting_as
from ijap import errors, logs
from ijap.limits import check_has_not_opened_too_much

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)

# Characters nobody sees: NUL, zero-width, and those that turn the direction of text around. The
# joiners U+200C and U+200D stay: some names need them.
_INVISIBLE = dict.fromkeys(
    [0x00, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C]
)


class RequestEvent(StrEnum):
    """A request that got no for an answer."""

    REFUSED = "request.refused"
    LIMITED = "request.limited"


class UnrecordedRead(RuntimeError):
    """A page is about to show protected rows and nobody wrote that in the log."""


class HeadersMiddleware:
    """The same headers on every answer, whoever made it and however it went wrong.

    Only the policy for scripts and styles is added outside of this (django-csp). What SecurityMiddleware adds to
    answers that come past it stands here too, for those that do not.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = uuid.uuid4()  # type: ignore[attr-defined]
        logs.reference.set(str(request.reference)[:8])  # type: ignore[attr-defined]
        response = self._answer(request)
        if response.status_code == 405 and not response.content:
            allowed = response["Allow"]
            response = errors.page(request, 405)
            response["Allow"] = allowed
        for name, value in _headers(request).items():
            response.headers.setdefault(name, value)
        response["X-Reference"] = errors.reference(request)
        if not isinstance(response, WhiteNoiseFileResponse):
            response["Cache-Control"] = "no-store"
            patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method in _ECHOES:
            response = errors.page(request, 405)
            response["Allow"] = "GET, HEAD, POST"
            return response
        try:
            request.get_host()
        except DisallowedHost:
            logger.warning("A request for another host was refused.")  # not its name: a stranger wrote it
            return errors.page(request, 400)
        return self.get_response(request)


# Methods that send back what they got, cookies included.
_ECHOES = {"TRACE", "TRACK", "CONNECT"}


def _headers(request: HttpRequest) -> dict[str, str]:
    """What every answer says, files included."""
    headers = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    if settings.SECURE_HSTS_SECONDS and request.is_secure():
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
    return headers


class CleanInputMiddleware:
    """Takes out characters nobody can see; a body that is too large or unreadable gets its own answer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.GET = _clean(request.GET)
            if request.method == "POST":
                request.POST = _clean(request.POST)  # type: ignore[assignment]
        except RequestDataTooBig:
            return errors.page(request, 413)
        except (UnreadablePostError, MultiPartParserError, SuspiciousOperation, ValueError, LookupError):
            # The last two: a length that is no number, an encoding that is not one of text.
            return errors.page(request, 400)
        return self.get_response(request)


def _clean(query: QueryDict) -> QueryDict:
    if not query:
        return query
    clean = QueryDict(mutable=True, encoding=query.encoding)
    for key, values in query.lists():
        clean.setlist(key.translate(_INVISIBLE), [_readable(v).translate(_INVISIBLE) for v in values])
    clean._mutable = False
    return clean


def _readable(value: str) -> str:
    """Half characters (lone surrogates) cannot be stored; they become a question mark."""
    return value.encode("utf-8", "replace").decode("utf-8")


class ScopeMiddleware:
    """Opens the scope of every request of somebody who is logged in, and keeps it open while the page is made.

    A page that read protected rows and wrote nothing in the log is not sent. A refusal undoes what the
    request did and is then logged itself.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        origin.set(origin_of(request))
        if not request.user.is_authenticated:
            return self.get_response(request)
        request.refusal = None  # type: ignore[attr-defined]
        try:
            with acting_as(request.user) as scope:
                response = self._answer(request, scope)
            refusal: Exception | None = request.refusal  # type: ignore[attr-defined]
            if refusal is not None:
                _record_refusal(request, refusal)
        except LogUnavailable:
            return _not_written(request)
        return response

    def _answer(self, request: HttpRequest, scope: Scope) -> HttpResponse:
        response = self.get_response(request)
        if hasattr(response, "render") and not response.is_rendered:
            response = response.render()
        if response.streaming:
            raise RuntimeError("Answers never stream: the scope ends before the last line is read.")
        if request.refusal is not None or response.status_code >= 500:  # type: ignore[attr-defined]
            transaction.set_rollback(True)
        elif scope.read and not scope.recorded and not _shows_nothing(response):
            raise UnrecordedRead(f"{request.path} read {', '.join(sorted(scope.read))} and recorded nothing.")
        elif scope.read and scope.recorded and not _shows_nothing(response):
            return self._within_limits(request, response)
        return response

    def _within_limits(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The page, or the refusal of somebody who opened too much."""
        try:
            check_has_not_opened_too_much(request.reference)  # type: ignore[attr-defined]
        except TooMuch as too_much:
            request.refusal = too_much  # type: ignore[attr-defined]
            transaction.set_rollback(True)
            answer = errors.page(request, too_much.status, too_much.reason)
            answer["Retry-After"] = "600"
            return answer
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, LogUnavailable):
            return _not_written(request)
        if isinstance(exception, IntegrityError) or "row-level security" in str(exception.__cause__):
            # That something is there already, is not there, or is not theirs: one and the same answer.
            logger.error("The database refused a row.", exc_info=exception)
            exception = NotPossible("")
        if isinstance(exception, Refused | Http404 | PermissionDenied):
            request.refusal = exception  # type: ignore[attr-defined]
        if isinstance(exception, Refused):
            return errors.page(request, exception.status, exception.reason)
        return None


def _not_written(request: HttpRequest) -> HttpResponse:
    """The log cannot be written: then nothing is shown and nothing is done."""
    logger.critical("The log cannot be written.", exc_info=True)
    return errors.page(request, 503)


def _shows_nothing(response: HttpResponse) -> bool:
    """A redirect, to the browser or to HTMX, or no content at all: nothing that was read is in it."""
    if 300 <= response.status_code < 400:
        return True
    return not response.content and (response.status_code == 204 or "HX-Redirect" in response)


def origin_of(request: HttpRequest) -> Origin:
    key, glass = request.session.session_key or "", glass_of(request)
    return Origin(
        ip=address_of(request) or None,
        session_hash=hashlib.sha256(key.encode()).hexdigest()[:32] if key else "",
        request_id=request.reference,  # type: ignore[attr-defined]
        break_glass={glass["case"]: glass["request"]} if glass else {},
    )


def _record_refusal(request: HttpRequest, refusal: Exception) -> None:
    """In a transaction of its own: what was refused has been rolled back."""
    outcome = Outcome.REFUSED
    if isinstance(refusal, Http404):
        outcome = Outcome.NOT_FOUND
    elif isinstance(refusal, NotPossible):
        outcome = Outcome.NOT_POSSIBLE
    match = request.resolver_match
    with transaction.atomic():
        record(
            RequestEvent.LIMITED if isinstance(refusal, TooMuch) else RequestEvent.REFUSED,
            by=request.user,  # type: ignore[arg-type]
            outcome=outcome,
            page=match.view_name if match else "",
            # Ids of addresses are random; who may read the log can look up which record it was.
            record=str(match.kwargs.get("uuid", "")) if match else "",
            method=request.method,
        )
