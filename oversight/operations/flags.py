"""Raising flags, looking at them, and the numbers from which on they are raised."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import RoleAssignment, User
from accounts.robots import people
from accounts.roles import Role
from audit.log import record
from foundation.errors import NotPossible
from oversight.events import OversightEvent
from oversight.models import Flag, FlagKind, FlagOutcome, Threshold
from oversight.permissions import check_may_close_flag, check_may_oversee, check_may_raise
from oversight.queries import limits_of
from oversight.questions import QUESTIONS, Day, Finding
from oversight.rules import check_threshold


@transaction.atomic
def look(*, day: date, by: User, kinds: Iterable[FlagKind] = tuple(FlagKind)) -> list[Flag]:
    """Ask all questions about one day and raise a flag for each answer. Looking twice raises it once."""
    check_may_raise(by)
    raised = []
    for kind in kinds:
        limits = limits_of(kind)
        for finding in QUESTIONS[kind](Day(day), limits):
            flag = _raise(kind, finding, limits["term"], by)
            raised += [flag] if flag else []
    return raised


def _raise(kind: FlagKind, finding: Finding, term: int, by: User) -> Flag | None:
    person = User.objects.filter(pk=finding.person_id).first() if finding.person_id else None
    partner_id = finding.partner_id or (person.partner_id if person else None)
    if partner_id is None:
        return None  # nobody we know: a row of somebody who was never a user here
    key = f"{kind}:{finding.key}"[:120]
    if Flag.objects.filter(key=key).exists():
        return None
    flag = Flag.objects.create(
        key=key,
        kind=kind,
        person=person,
        partner_id=partner_id,
        starts_at=finding.starts_at,
        ends_at=finding.ends_at,
        facts=finding.facts,
        owner=_owner(about=finding.person_id),
        due_on=timezone.localdate() + timedelta(days=term),
    )
    record(OversightEvent.FLAG_RAISED, by=by, about=flag, flag=kind.value, person=finding.person_id)
    return flag


def _owner(*, about: int | None) -> User | None:
    """The privacy officer with the fewest open flags; never the one whom it is about."""
    held = RoleAssignment.objects.active().filter(role=Role.PRIVACY_OFFICER)
    officers = people().filter(pk__in=held.values("user")).exclude(pk=about or 0).order_by("pk")
    waiting = Counter(Flag.objects.open().values_list("owner_id", flat=True))
    return min(officers, key=lambda officer: waiting[officer.pk], default=None)


@transaction.atomic
def take(*, flag: Flag, by: User) -> None:
    """Look at this flag oneself."""
    check_may_oversee(by)
    if flag.person_id == by.pk:
        raise NotPossible("Deze vlag gaat over u. Een ander handelt haar af.")
    if Flag.objects.open().filter(pk=flag.pk).exclude(owner=by).update(owner=by):
        record(OversightEvent.FLAG_TAKEN, by=by, about=flag)


@transaction.atomic
def close(*, flag: Flag, outcome: FlagOutcome, explanation: str, by: User) -> None:
    """Say what it was. A closed flag stays as it is."""
    flag = Flag.objects.select_for_update().get(pk=flag.pk)
    check_may_close_flag(by, flag, explanation)
    Flag.objects.filter(pk=flag.pk).update(
        closed_at=Now(), closed_by=by, outcome=outcome, explanation=explanation.strip()
    )
    record(OversightEvent.FLAG_CLOSED, by=by, about=flag, result=outcome.value)


@transaction.atomic
def change_thresholds(*, values: dict[tuple[FlagKind, str], int], by: User) -> int:
    """Set the numbers that differ from what they were. Returns how many did."""
    check_may_oversee(by)
    now = {(row.kind, row.name): row for row in Threshold.objects.select_for_update()}
    changed = 0
    for (kind, name), value in values.items():
        check_threshold(kind, name, value)
        row = now[kind, name]
        if row.value == value:
            continue
        Threshold.objects.filter(pk=row.pk).update(value=value, changed_at=Now(), changed_by=by)
        record(
            OversightEvent.THRESHOLD_CHANGED,
            by=by,
            about=row,
            flag=kind.value,
            name=name,
            old=row.value,
            new=value,
        )
        changed += 1
    hours = limits_of(FlagKind.ODD_HOURS)
    if hours["from_hour"] >= hours["to_hour"]:
        raise NotPossible("De werkdag eindigt na haar begin.")
    return changed
