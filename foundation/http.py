"""Answers that pages and HTMX share."""

from typing import Any

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
