"""Which youths belong together, as far as one reader sees the rows that say so."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from cases.models import Case, GroupMember, Relative, Youth
from cases.models.around import SIBLINGS
from meetings.rules.together import Tie, group_mates, siblings


@dataclass(frozen=True)
class Ties:
    """What was found, and the rows it was read from: they belong in the log."""

    found: set[Tie] = field(default_factory=set)
    rows: list[Relative | GroupMember] = field(default_factory=list)


def ties_between(youths: Collection[Youth], user: User) -> Ties:
    """The number of queries does not depend on what there is."""
    if len(youths) < 2:
        return Ties()
    family = Relative.objects.visible_to(user).current().filter(youth__in=youths, kind__in=SIBLINGS)
    relatives = list(family.order_by("pk"))
    seats = GroupMember.objects.visible_to(user).current(timezone.localdate())
    members = list(seats.filter(youth__in=youths, group__closed_at=None).order_by("pk"))
    found = siblings(youths, relatives) | group_mates((one.group_id, one.youth_id) for one in members)
    tied = {pk for tie in found for pk in tie.youths}
    return Ties(found, [row for row in [*relatives, *members] if row.youth_id in tied])


def cases_together(cases: Iterable[Case], user: User) -> set[frozenset[int]]:
    """The pairs of these cases whose youths belong together."""
    case_of = {case.youth_id: case.pk for case in cases}
    youths = list(Youth.objects.visible_to(user).filter(pk__in=case_of).order_by("pk"))
    return {frozenset(case_of[pk] for pk in tie.youths) for tie in ties_between(youths, user).found}
