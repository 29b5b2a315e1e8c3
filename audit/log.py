"""The one door to the log: `record()`.

It writes in the transaction of what happened: no row, no effect and no page. Only ids, words from a
closed list and small facts go in; never a name, a text or a search term.
"""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from audit.copy import ship
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
    break_glass: Mapping[int, int] = field(
        default_factory=dict
    )  # case → the emergency access it is seen under


class LogUnavailable(RuntimeError):
    """A row could not be written. Then what it was about may not happen either."""


origin: ContextVar[Origin] = ContextVar("origin", default=Origin())  # noqa: B039 (frozen)

# The number and the moment come back without asking the row itself: who writes may not read.
_INSERT = """
WITH row AS (
  SELECT nextval('audit_event_id_seq') AS id, clock_timestamp() AS at, pg_current_xact_id()::text::bigint AS transaction_id
), written AS (
  INSERT INTO audit_event (id, at, transaction_id, kind, outcome, actor_id, on_behalf_of_id, actor_partner_id,
    actor_role, subject_type, subject_id, case_id, youth_ids, data_classes, ground, recipients, ip, session_hash,
    request_id, break_glass_id, details)
  SELECT id, at, transaction_id, %s, %s, %s::bigint, %s::bigint, %s::bigint, %s, %s, %s::bigint, %s::bigint,
    %s::bigint[], %s::smallint[], %s, %s::bigint[], %s::inet, %s, %s::uuid, %s::bigint, %s::jsonb FROM row
)
SELECT id, at, transaction_id FROM row
"""
_COLUMNS = (
    "kind", "outcome", "actor_id", "on_behalf_of_id", "actor_partner_id", "actor_role", "subject_type", "subject_id",
    "case_id", "youth_ids", "data_classes", "ground", "recipients", "ip", "session_hash", "request_id",
    "break_glass_id", "details",
)  # fmt: skip
BASIS = 0  # the class of everything that says no other (accounts/roles.py)


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
    youth_ids = sorted({y for s in subjects for y in _youths(s)})
    classes = sorted({getattr(s, "logged_data_class", BASIS) for s in subjects if _youths(s)})
    case_id = getattr(single, "logged_case_id", None)
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
        case_id,
        youth_ids,
        classes,
        ground,
        list(recipients),
        here.ip,
        here.session_hash,
        here.request_id,
        here.break_glass.get(case_id) if case_id else None,
        details,
    ]
    _write(row)
    scope = current_scope()
    if scope is not None:
        scope.recorded += 1


def _write(row: list[Any]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, [*row[:-1], json.dumps(row[-1])])
            number, at, transaction_id = cursor.fetchone() or (0, None, 0)
    except DatabaseError as error:
        raise LogUnavailable("the log did not take a row") from error
    if settings.AUDIT_COPY:
        written = {"id": number, "at": at, "transaction_id": transaction_id}
        copy = written | dict(zip(_COLUMNS, row, strict=True))
        # A row that is rolled back never was; only what is committed leaves the house.
        transaction.on_commit(lambda: ship(copy))


def _youths(subject: Any) -> Sequence[int]:
    found: Sequence[int] = getattr(subject, "logged_youth_ids", ())
    return found


def _is_many(about: Any) -> bool:
    # A lazy user of a request pretends to be iterable; a record never is.
    return isinstance(about, Iterable) and not hasattr(about, "_meta")
