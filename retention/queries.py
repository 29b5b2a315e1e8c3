"""What the pages of this floor ask."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from accounts.models import User
from cases.models import Case, LevelChange, LevelChangeState
from retention.models import Extension, RetentionTerm
from retention.rules import CASE_TERMS, check_term_known, heaviest, over_on

DESTROY = "retention.destroy"
CERTIFICATE = "retention.certificate"


@dataclass(frozen=True)
class Clock:
    """When a case goes, and why. Without `due_on` it is open: then the term has not begun."""

    term: RetentionTerm
    closed_on: date | None
    due_on: date | None
    extensions: list[Extension]


@dataclass(frozen=True)
class Touched:
    """What another number of months would do, in numbers."""

    running: int
    over_now: int
    over_then: int


def clock_of(case: Case, user: User) -> Clock:
    """The clock of a case that this user reads."""
    changes = LevelChange.objects.visible_to(user).filter(case=case, state=LevelChangeState.ACCEPTED)
    been = [level for pair in changes.values_list("old", "new") for level in pair]
    code = CASE_TERMS[heaviest([case.level, *been])]
    term = check_term_known(RetentionTerm.objects.filter(code=code).first())
    extensions = list(Extension.objects.visible_to(user).filter(case=case).select_related("extended_by"))
    if case.closed_at is None:
        return Clock(term, None, None, extensions)
    closed_on = timezone.localdate(case.closed_at)
    kept_until = max((e.until_on for e in extensions), default=None)
    return Clock(term, closed_on, over_on(closed_on, term.months, kept_until), extensions)


def touched_by(term: RetentionTerm, months: int) -> Touched:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM retention_preview(%s, %s)", [term.code, months])
        running, over_now, over_then = cursor.fetchone() or (0, 0, 0)
    return Touched(running, over_now, over_then)
