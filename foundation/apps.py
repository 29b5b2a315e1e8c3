"""Puts the guard of the scope on every application connection."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from foundation.scope import guard


def install_guard(connection: Any, **kwargs: Any) -> None:
    """A new connection of the application's role gets the guard once."""
    if connection.alias == "default" and guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)


class FoundationConfig(AppConfig):
    name = "foundation"

    def ready(self) -> None:
        # Django's only hook for a new connection; the rule against signals is about domain changes.
        connection_created.connect(install_guard)
