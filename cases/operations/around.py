"""Everything that changes what is known around a youth: places and people. Things end; they are not changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from audit.log import record
from cases.events import CaseEvent
from cases.models import Case, Place, PlaceKind, Relative, Youth
from cases.operations.cases import lock
from cases.permissions.table import check_can_write
from cases.rules.around import check_current, check_days
from foundation.errors import NotPossible

NOTED = {Place: CaseEvent.PLACE_NOTED, Relative: CaseEvent.RELATIVE_NOTED}
ENDED = {Place: CaseEvent.PLACE_ENDED, Relative: CaseEvent.RELATIVE_ENDED}


@transaction.atomic
def note_place(*, case: Case, content: Mapping[str, Any], key: UUID, by: User) -> Place:
    """Where the youth lives, learns or hangs out. A new home is also the municipality of the youth."""
    place: Place = _note(Place, case, content, key, by)
    if place.kind == PlaceKind.HOME and place.municipality_id:
        _follow(case, by, "municipality_id", place.municipality_id)
    if place.kind == PlaceKind.SCHOOL:
        _follow(case, by, "school", place.text[:120])
    return place


def _follow(case: Case, by: User, name: str, value: Any) -> None:
    """What is noted around the youth is also said of the youth; that it changed stands in the log."""
    youth = Youth.objects.visible_to(by).select_for_update(no_key=True).filter(pk=case.youth_id)
    if youth.exclude(**{name: value}).update(version=F("version") + 1, **{name: value}):
        record(CaseEvent.YOUTH_CHANGED, by=by, about=case, fields=[name.removesuffix("_id")])


@transaction.atomic
def note_relative(*, case: Case, content: Mapping[str, Any], key: UUID, by: User) -> Relative:
    """Somebody around the youth."""
    relative: Relative = _note(Relative, case, content, key, by)
    return relative


def _note(model: Any, case: Case, content: Mapping[str, Any], key: UUID, by: User) -> Any:
    """The same key twice is one."""
    case = lock(case=case, by=by)
    if sent := model.objects.visible_to(by).filter(uuid=key).first():
        return sent
    check_can_write(by, case)
    check_days(content.get("since_on"), None, timezone.localdate())
    try:
        with transaction.atomic():
            noted = model.objects.create(
                uuid=key, youth_id=case.youth_id, compartment_id=case.compartment_id, noted_by=by, **content
            )
    except IntegrityError as error:
        raise NotPossible("Er staat al een adres. Zeg eerst dat de jongere daar niet meer woont.") from error
    record(NOTED[model], by=by, about=noted)
    return noted


@transaction.atomic
def end(*, what: Place | Relative, case: Case, ended_on: date, because: str, by: User) -> None:
    """It is not so any more, or it never was. It stays readable as what was. Twice is once."""
    case = lock(case=case, by=by)
    check_can_write(by, case)
    model = type(what)
    found = model.objects.visible_to(by).select_for_update(no_key=True, of=("self",))
    kept = found.filter(pk=what.pk, youth=case.youth_id).first()
    if kept is None:
        raise NotPossible("U kunt dit niet meer zien.")
    if (kept.ended_on, kept.ended_because, kept.ended_by_id) == (ended_on, because, by.pk):
        return
    check_current(kept)
    check_days(kept.since_on, ended_on, timezone.localdate())
    model.objects.filter(pk=kept.pk).update(ended_on=ended_on, ended_because=because, ended_by=by)
    record(ENDED[model], by=by, about=kept)
