"""The one door to the log: `record()`.

It writes in the transaction of what happened: no row, no effect and no page. Only ids, words from a
closed list and small facts go in; never a name, a text or a search term.
"""

import json
import uuid
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from django.db import DatabaseError, connection

from audit.models import Outcome
from foundation.scope import current_scope


class Actor(Protocol):
    """Whoever does it: a user or a robot."""

    pk: Any
    partner_id: Any

    def role_words(self) -> str: ...


@dataclass(frozen=True)
class Origin:
    """Where a request came from."""

    ip: str | None = None
    session_hash: str = ""
    request_id: uuid.UUID | None = None


class LogUnavailable(RuntimeError):
    """A row could not be written. Then what it was about may not happen either."""


origin: ContextVar[Origin] = ContextVar("origin", default=Origin())  # noqa: B039 (frozen)

_INSERT = """
INSERT INTO audit_event (at, transaction_id, kind, outcome, actor_id, on_behalf_of_id, actor_partner_id, actor_role,
  subject_type, subject_id, case_id, youth_ids, data_classes, ground, recipients, ip, session_hash, request_id, details)
VALUES (clock_timestamp(), pg_current_xact_id()::text::bigint, %s, %s, %s, %s, %s, %s,
  %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def record(
    kind: StrEnum,
    *,
    by: Actor | None,
    about: Any = None,
    on_behalf_of: Actor | None = None,
    outcome: Outcome = Outcome.DONE,
    ground: str = "",
    recipients: Sequence[int] = (),
    **details: Any,
) -> None:
    """Write one row: `by` did or saw `kind` with `about` (one record, or all records a list showed).

    A record that concerns youths says so with `logged_youth_ids` (and `logged_case_id`); a list of
    records becomes one row with all their youths.
    """
    subjects: list[Any] = [] if about is None else list(about) if _is_many(about) else [about]
    single = subjects[0] if len(subjects) == 1 and not _is_many(about) else None
    youth_ids = sorted({y for s in subjects for y in getattr(s, "logged_youth_ids", ())})
    classes = sorted({c for s in subjects if (c := getattr(s, "logged_data_class", None)) is not None})
    here = origin.get()
    if subjects and single is None:
        details.setdefault("shown", len(subjects))
    row = [
        kind.value,
        outcome.value,
        by.pk if by else None,
        on_behalf_of.pk if on_behalf_of else None,
        by.partner_id if by else None,
        by.role_words() if by else "",
        single._meta.label_lower if single is not None else "",
        single.pk if single is not None else None,
        getattr(single, "logged_case_id", None),
        youth_ids,
        classes,
        ground,
        list(recipients),
        here.ip,
        here.session_hash,
        here.request_id,
        json.dumps(details),
    ]
    _write(row)
    scope = current_scope()
    if scope is not None:
        scope.recorded += 1


def _write(row: list[Any]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, row)
    except DatabaseError as error:
        raise LogUnavailable("the log did not take a row") from error


def _is_many(about: Any) -> bool:
    # A lazy user of a request pretends to be iterable; a record never is.
    return isinstance(about, Iterable) and not hasattr(about, "_meta")
