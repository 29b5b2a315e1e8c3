"""Flags and papers, and rows of the log of another day."""

import json
from datetime import timedelta

from django.db import connections
from django.utils import timezone

import oversight.tasks  # noqa: F401 (says who makes papers)
from accounts.models import User
from accounts.robots import Robot, robot
from foundation.scope import acting_as
from oversight.models import Flag, FlagKind
from oversight.queries import KIND
from tests.factories.jobs import finish

_COLUMNS = (
    "at, transaction_id, kind, outcome, actor_id, actor_partner_id, actor_role, subject_type, subject_id, case_id,"
    " youth_ids, data_classes, ground, recipients, ip, session_hash, break_glass_id, details"
)


def row(at, kind, by, *, case=None, youths=(), outcome="done", ip=None, subject=None, details=None, **more):
    """A row of the log at this moment, as values; write many at once with `write_rows`."""
    youths = list(youths) or ([case] if case else [])
    return (
        at, 1, kind, outcome, by and by.pk, by and by.partner_id, by.role_words() if by else "",
        "cases.case" if case else "", subject or case, case, youths, [0] if youths else [],
        more.get("ground", ""), [], ip, "", more.get("break_glass"), json.dumps(details or {}),
    )  # fmt: skip


def write_rows(rows):
    """As the role that fills the database: the application cannot date a row back."""
    marks = ", ".join(["%s"] * 18)
    with connections["bulk"].cursor() as cursor:
        cursor.executemany(f"INSERT INTO audit_event ({_COLUMNS}) VALUES ({marks})", rows)


def flag(*, person, kind=FlagKind.MUCH_MORE, days=14, key="test", facts=None):
    """An open flag about this person, due in so many days."""
    watcher, fg = robot(Robot.OVERSIGHT), User.objects.get(username="fg")
    now = timezone.now()
    with acting_as(watcher):
        return Flag.objects.create(
            key=f"{kind}:{key}:{person.pk}",
            kind=kind,
            person=person,
            partner=person.partner,
            starts_at=now - timedelta(days=1),
            ends_at=now,
            facts=facts or {"cases": 40, "usual": 8.0},
            owner=fg,
            due_on=timezone.localdate() + timedelta(days=days),
        )


def make_papers():
    """Let the worker's own code make what was asked for."""
    finish(kind=KIND)
