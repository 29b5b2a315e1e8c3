"""Answers that pages and HTMX share."""

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect


def go_to(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Send the browser to another page: a redirect, or HX-Redirect when HTMX asked."""
    url = resolve_url(to, *args, **kwargs)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(url)
    response = HttpResponse(status=303)
    response["Location"] = url
    return response


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, for its constructor; None when the page is only opened. An empty form counts."""
    return request.POST if request.method == "POST" else None


def address_of(request: HttpRequest) -> str:
    """The address of the browser: what the nearest proxies of ours say (settings.PROXY_COUNT), never a header of others."""
    direct: str = request.META.get("REMOTE_ADDR") or ""
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if not settings.PROXY_COUNT or len(told) < settings.PROXY_COUNT:
        return direct
    try:
        return str(ip_address(told[-settings.PROXY_COUNT]))
    except ValueError:
        return direct
