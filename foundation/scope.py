"""On whose behalf the database is asked.

`acting_as(reader)` opens one transaction and tells PostgreSQL, for that transaction only, which keys
the reader carries. Row security compares them with the readers of each row. Scopes do not nest: work
for another reader (a preview, a cut of the minutes) runs in that reader's own scope, one after the other.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

from django.apps import apps
from django.db import connections, transaction


class ScopeMissing(RuntimeError):
    """A protected table was asked for while nobody was acting."""


class ScopeNested(RuntimeError):
    """A scope was opened inside a scope."""


class Reader(Protocol):
    """Anybody the database can be asked for: a user, a robot, a partner's seat at the table."""

    @property
    def reader_id(self) -> int: ...

    def session_keys(self) -> Sequence[int]: ...


@dataclass
class Scope:
    """What happened in this scope so far."""

    reader_id: int
    keys: Sequence[int]
    read: set[str] = field(default_factory=set)  # protected tables that were read
    recorded: int = 0  # rows written to the log


_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current_scope() -> Scope | None:
    """The open scope, or None."""
    return _current.get()


@contextmanager
def acting_as(reader: Reader) -> Iterator[Scope]:
    """Open a transaction in which the database shows what this reader may see.

    Raises ScopeNested when a scope is already open.
    """
    if _current.get() is not None:
        raise ScopeNested("Scopes do not nest: end the open scope first.")
    connection = connections["default"]
    with transaction.atomic():
        scope = Scope(reader.reader_id, reader.session_keys())
        _tell(connection, scope.keys, str(scope.reader_id))
        token = _current.set(scope)
        try:
            yield scope
        finally:
            _current.reset(token)
        if not connection.needs_rollback:
            # In a test the outer transaction goes on; the keys must not.
            _tell(connection, None, "")


def _tell(connection: Any, keys: Sequence[int] | None, reader_id: str) -> None:
    literal = "" if keys is None else "{" + ",".join(map(str, keys)) + "}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('ijap.keys', %s, true), set_config('ijap.user_id', %s, true)",
            [literal, reader_id],
        )


@cache
def protected_tables() -> frozenset[str]:
    """Tables whose rows have readers: every model that says `is_protected`."""
    return frozenset(m._meta.db_table for m in apps.get_models() if getattr(m, "is_protected", False))


@cache
def _table_pattern() -> re.Pattern[str]:
    return re.compile('"(' + "|".join(sorted(protected_tables())) + ')"')


def guard(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Refuse a query on a protected table without a scope: an error, never a silently empty page.

    Installed on every application connection by `foundation.apps`.
    """
    tables = set(_table_pattern().findall(sql))
    if tables:
        scope = _current.get()
        if scope is None:
            raise ScopeMissing(f"No scope is open for {', '.join(sorted(tables))}.")
        if sql.startswith("SELECT"):
            scope.read |= tables
    return execute(sql, params, many, context)
