"""What the pages of the privacy officer ask: rights, papers, work that runs."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Prefetch, QuerySet

from accounts.models import RoleAssignment, User
from accounts.robots import people
from jobs.models import Job, State
from oversight.models import Flag, FlagKind, Paper, Threshold

KIND = "oversight.paper"


@dataclass(frozen=True)
class Rights:
    """A user with everything they hold now."""

    user: User
    roles: list[RoleAssignment]
    grants: int = 0
    grants_until: datetime | None = None
    more: list[tuple[str, Any]] = field(default_factory=list)


def users_with_roles() -> QuerySet[User]:
    """Everybody with an account that is open, with the roles they hold."""
    held = RoleAssignment.objects.held().select_related("municipality").order_by("pk")
    return (
        people()
        .filter(is_active=True)
        .select_related("partner")
        .prefetch_related(Prefetch("assignments", held, "held_roles"))
    )


def rights_of(users: list[User]) -> list[Rights]:
    """With the personal accesses, counted by the database: the privacy officer does not see to what."""
    grants = open_grants()
    rights = []
    for user in users:
        count, until = grants.get(user.pk, (0, None))
        rights.append(Rights(user, list(user.held_roles), count, until))  # type: ignore[attr-defined]
    return rights


def open_grants() -> dict[int, tuple[int, datetime]]:
    """How many personal accesses each person has, and until when the last one is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, count, until_at FROM oversight_open_grants()")
        return {person: (count, until) for person, count, until in cursor.fetchall()}


def papers_of(*, youth_id: int | None = None, year: int | None = None) -> QuerySet[Paper]:
    """Papers about this youth or this year that can still be opened, without their content."""
    return (
        Paper.objects.readable()
        .filter(youth_id=youth_id, year=year)
        .defer("content")
        .select_related("asked_by")
        .order_by("-made_at")
    )


def jobs_of(user: User, paper_ids: list[int]) -> tuple[list[Job], list[Job]]:
    """The papers this user waits for, and those that failed."""
    jobs = list(Job.objects.filter(kind=KIND, subject_id__in=paper_ids, asked_by=user).order_by("-pk"))
    waiting = [job for job in jobs if job.state in (State.WAITING, State.RUNNING)]
    return waiting, [job for job in jobs if job.state == State.FAILED][:1]


def limits_of(kind: FlagKind) -> dict[str, int]:
    """The thresholds of one kind of flag as they are now."""
    return dict(Threshold.objects.filter(kind=kind).values_list("name", "value"))


def open_flags() -> QuerySet[Flag]:
    """What is late stands first, because it is due first."""
    return Flag.objects.open().select_related("person", "partner", "owner").order_by("due_on", "pk")
