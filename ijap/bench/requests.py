"""Whole requests, with the guards on and off, on the same connection."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import override_settings

from access.models import compartments
from accounts.models import User
from audit import log

SCOPE = "ijap.middleware.ScopeMiddleware"


def browser_of(username: str, *, middleware: list[str] | None = None) -> Client:
    """A client that is logged in as this user. It goes through the whole of our middleware."""
    with override_settings(MIDDLEWARE=middleware or settings.MIDDLEWARE):
        client = Client(SERVER_NAME="localhost")
        client.handler = _loaded(client)
    client.force_login(User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
    return client


def _loaded(client: Client) -> Any:
    client.handler.load_middleware()
    return client.handler


def opens(client: Client, path: str) -> Callable[[], HttpResponse]:
    """A request for this page; anything but 200 ends the measurement."""

    def open_page() -> Any:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return answer

    return open_page


def as_role(role: str, work: Callable[[], Any]) -> Callable[[], Any]:
    """Do this as a database role: the measurement connects as a superuser and becomes who it must be."""

    def act() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {role}")
        return work()

    return act


def without_guards(work: Callable[[], Any]) -> Callable[[], Any]:
    """The same page without scope filter, row security and read log: what they cost is the difference."""

    def act() -> Any:
        with (
            mock.patch.object(compartments, "readable_by", return_value=models.Q()),
            mock.patch.object(log, "_write", return_value=None),
        ):
            return work()

    return as_role("NONE", act)  # back to the superuser of the measurement, whom row security does not bind


def without_scope(work: Callable[[], Any]) -> Callable[[], Any]:
    """For a view that is no part of the house: nobody asks it on whose behalf it reads."""

    def act() -> Any:
        with mock.patch.object(connection, "execute_wrappers", []):
            return work()

    return without_guards(act)


@contextmanager
def seen_by_render(module: Any) -> Iterator[dict[str, Any]]:
    """What a view hands to its template: for a plain view that renders the same."""
    seen: dict[str, Any] = {}
    original = module.render

    def render(request: HttpRequest, template: str, context: dict[str, Any], **more: Any) -> HttpResponse:
        seen.update(template=template, context=context)
        answer: HttpResponse = original(request, template, context, **more)
        return answer

    with mock.patch.object(module, "render", render):
        yield seen
