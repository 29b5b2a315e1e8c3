"""Everything that changes what a level asks and allows. What was decided before keeps its own words."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.roles import Level
from audit.log import record
from cases.events import CaseEvent
from cases.models import LevelCriterion, LevelRegime
from cases.permissions.measures import check_may_keep_catalogue


@transaction.atomic
def change_regime(*, regime: LevelRegime, values: Mapping[str, Any], by: User) -> None:
    _change(LevelRegime, regime.pk, values, CaseEvent.REGIME_CHANGED, by)


@transaction.atomic
def keep_months(*, level: Level, months: int, by: User) -> None:
    """How long a case of this level is kept was changed where that is decided, in the retention floor."""
    _change(
        LevelRegime,
        LevelRegime.objects.get(level=level).pk,
        {"retention_months": months},
        CaseEvent.REGIME_CHANGED,
        by,
    )


@transaction.atomic
def change_criterion(*, criterion: LevelCriterion, values: Mapping[str, Any], by: User) -> None:
    _change(LevelCriterion, criterion.pk, values, CaseEvent.CRITERION_CHANGED, by)


def _change(model: Any, pk: int, values: Mapping[str, Any], event: CaseEvent, by: User) -> None:
    check_may_keep_catalogue(by)
    kept = model.objects.select_for_update().get(pk=pk)
    changed = {name: value for name, value in values.items() if getattr(kept, name) != value}
    if changed:
        model.objects.filter(pk=pk).update(**changed)
        record(event, by=by, about=kept, fields=sorted(changed))
