"""Everything that changes how long something is kept."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from accounts.roles import Level
from audit.log import record
from cases.models import Case
from cases.operations import regimes
from cases.operations.cases import lock
from retention.events import RetentionEvent
from retention.models import Extension, RetentionTerm, TermCode
from retention.permissions import check_may_extend, check_may_keep_terms
from retention.queries import clock_of
from retention.rules import check_can_extend, check_months

# Of which level the regime says the same; the words of a level change come from there.
LEVELS = {TermCode.CASE_JPP: Level.JPP, TermCode.CASE_LJA: Level.LJA, TermCode.CASE_PGA: Level.PGA}


@transaction.atomic
def change(
    *, term: RetentionTerm, months: int, regime: str, source: str, verified_on: date | None, by: User
) -> RetentionTerm:
    """Set a term. What was proposed under the old one lapses by night when it is no longer over."""
    check_may_keep_terms(by)
    check_months(months)
    term = RetentionTerm.objects.select_for_update().get(pk=term.pk)
    old = term.months
    if (old, term.regime, term.source, term.verified_on) == (months, regime, source, verified_on):
        return term
    RetentionTerm.objects.filter(pk=term.pk).update(
        months=months, regime=regime, source=source, verified_on=verified_on, set_at=Now(), set_by=by
    )
    if level := LEVELS.get(TermCode(term.code)):
        regimes.keep_months(level=level, months=months, by=by)
    record(
        RetentionEvent.TERM_CHANGED,
        by=by,
        about=term,
        term_code=term.code,
        old=old,
        new=months,
        verified_on=verified_on and verified_on.isoformat(),
    )
    term.refresh_from_db()
    return term


@transaction.atomic
def extend(*, case: Case, until_on: date, reason: str, key: UUID, by: User) -> Extension:
    """Keep a closed case longer than its term. The same key twice is one extension."""
    case = lock(case=case, by=by)
    check_may_extend(by, case)
    if made := Extension.objects.visible_to(by).filter(uuid=key, case=case).first():
        kept: Extension = made
        return kept
    clock = clock_of(case, by)
    check_can_extend(clock.closed_on, clock.due_on, until_on, reason)
    extension = Extension.objects.create(
        uuid=key,
        compartment_id=case.compartment_id,
        case=case,
        until_on=until_on,
        reason=reason.strip(),
        extended_by=by,
    )
    record(RetentionEvent.EXTENDED, by=by, about=extension, until=until_on.isoformat())
    return extension
