"""Everything that changes the catalogue of measures, and the ages and terms that rules work with."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from accounts.models import User
from audit.log import record
from cases.events import CaseEvent
from cases.models import AgeLimit, MeasureKind, RuleTerm
from cases.permissions.measures import check_may_keep_catalogue
from foundation.errors import NotPossible


@transaction.atomic
def add_kind(*, key: UUID, values: Mapping[str, Any], by: User) -> MeasureKind:
    """A new entry. The same key twice is one entry."""
    check_may_keep_catalogue(by)
    if existing := MeasureKind.objects.filter(uuid=key).first():
        return existing
    try:
        with transaction.atomic():
            kind = MeasureKind.objects.create(uuid=key, **values)
    except IntegrityError as error:
        raise NotPossible("Er is al een soort maatregel met deze code.") from error
    record(CaseEvent.KIND_ADDED, by=by, about=kind)
    return kind


@transaction.atomic
def change_kind(*, kind: MeasureKind, values: Mapping[str, Any], by: User) -> MeasureKind:
    """Change what the catalogue says. What was noted before keeps its dates; the warnings follow at once."""
    check_may_keep_catalogue(by)
    kind = MeasureKind.objects.select_for_update().get(pk=kind.pk)
    changed = {name: value for name, value in values.items() if getattr(kind, name) != value}
    if not changed:
        return kind
    for name, value in changed.items():
        setattr(kind, name, value)
    try:
        with transaction.atomic():
            kind.save(update_fields=list(changed))
    except IntegrityError as error:
        raise NotPossible("Er is al een soort maatregel met deze code.") from error
    record(CaseEvent.KIND_CHANGED, by=by, about=kind, fields=sorted(changed))
    return kind


@transaction.atomic
def close_kind(*, kind: MeasureKind, by: User) -> None:
    """It is not offered any more. Closing twice is closing once."""
    check_may_keep_catalogue(by)
    if MeasureKind.objects.filter(pk=kind.pk, closed_at=None).update(closed_at=Now()):
        record(CaseEvent.KIND_CLOSED, by=by, about=kind)


@transaction.atomic
def change_term(*, term: RuleTerm, days: int, by: User) -> None:
    check_may_keep_catalogue(by)
    if RuleTerm.objects.filter(pk=term.pk).exclude(days=days).update(days=days):
        record(CaseEvent.TERM_CHANGED, by=by, about=term, days=days)


@transaction.atomic
def change_age_limit(*, limit: AgeLimit, consequence: str, by: User) -> None:
    check_may_keep_catalogue(by)
    if AgeLimit.objects.filter(pk=limit.pk).exclude(consequence=consequence).update(consequence=consequence):
        record(CaseEvent.AGE_LIMIT_CHANGED, by=by, about=limit)
