"""What is known around a group: to one reader what that reader may see, to its regie also how many more there are."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from access.models import Participation
from accounts.models import Partner, PartnerKind, User
from accounts.roles import DataClass
from cases.models import (
    ConvenantKind,
    FinderThreshold,
    Group,
    GroupGoal,
    GroupMember,
    GroupPlace,
    Measure,
    MeasureFamily,
    Youth,
)
from cases.rules.group_finder import Tie
from cases.rules.groups import Known
from cases.rules.siblings import younger_siblings

# FinderThreshold.code
LOOKS_BACK, WITHIN, TIMES, YOUTHS, MOST = "1-terug", "2-binnen", "3-keer", "4-jongeren", "5-hoogstens"


def thresholds() -> dict[str, int]:
    return dict(FinderThreshold.objects.values_list("code", "number"))


def party_kinds() -> set[str]:
    """The kinds of organisations that may take part in a group approach."""
    return set(ConvenantKind.objects.filter(is_party=True).values_list("kind", flat=True))


def members_of(group: Group, user: User) -> list[GroupMember]:
    """Who is in it now, as far as this reader may see both the group and the youth."""
    now = GroupMember.objects.visible_to(user).filter(group=group).current(timezone.localdate())
    found = now.select_related("youth__municipality", "noted_by")
    return list(found.order_by("youth__last_name", "youth__first_name", "pk"))


def known_of(group: Group, user: User) -> Known:
    """What the steps ask for. Names are counted as the database does: also of whom this regisseur does not see."""
    goals = GroupGoal.objects.visible_to(user).filter(group=group)
    seats = Participation.objects.visible_to(user).active().filter(compartment=group.compartment_id)
    return Known(
        today=timezone.localdate(),
        places=GroupPlace.objects.visible_to(user).current().filter(group=group).count(),
        members=int(_asked("SELECT cases_group_has_names(%s)", group.pk)),
        goals=goals.count(),
        open_goals=goals.filter(ended_at=None).count(),
        has_police=seats.filter(partner__kind=PartnerKind.POLICE).exists(),
    )


def hidden_members(group: Group) -> int:
    """How many more there are whom the asker does not see: a number for its regie, none for everybody else."""
    return int(_asked("SELECT cases_group_hidden(%s)", group.pk))


def family_of(youths: Iterable[Youth], user: User) -> list[Youth]:
    """Everybody of the same last name in the same municipalities, of whom this reader may see."""
    youths = list(youths)
    names = {youth.last_name for youth in youths}
    towns = {youth.municipality_id for youth in youths if youth.municipality_id}
    return list(Youth.objects.visible_to(user).filter(last_name__in=names, municipality__in=towns))


def siblings_of(members: Iterable[GroupMember], user: User) -> int:
    """Probable younger brothers and sisters of these members, of whom this reader may see."""
    youths = [member.youth for member in members]
    return younger_siblings(youths, family_of(youths, user))


def ties(*, least: int | None = None) -> list[Tie]:
    """Who recurs together, asked as this reader: row security leaves out every pair of which one end is hidden."""
    set_at = thresholds()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one, other, times, shared, places, last_on FROM cases_seen_together(%s, %s, %s, %s, %s)",
            [_since(set_at), set_at[WITHIN], least or set_at[TIMES], max(DataClass), set_at[MOST]],
        )
        rows = cursor.fetchall()
    return [
        Tie(one, other, times, shared, tuple(places or ()), on)
        for one, other, times, shared, places, on in rows
    ]


def hidden_together(found: Sequence[Iterable[int]]) -> list[int]:
    """Per possible group how many others recur with it whom the asker does not see, where the asker leads."""
    of = [(number, youth) for number, youths in enumerate(found) for youth in youths]
    set_at = thresholds()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, hidden FROM cases_seen_hidden(%s::int[], %s::bigint[], %s, %s, %s, %s)",
            [
                [n for n, _ in of],
                [y for _, y in of],
                _since(set_at),
                set_at[WITHIN],
                set_at[TIMES],
                set_at[MOST],
            ],
        )
        counted = dict(cursor.fetchall())
    return [counted.get(number, 0) for number in range(len(found))]


def schools_of(youths: Iterable[Youth]) -> dict[str, str]:
    """In which municipality each of these schools stands, as far as it is an organisation we know."""
    names = {youth.school for youth in youths if youth.school}
    schools = Partner.objects.filter(kind=PartnerKind.SCHOOL, municipality__isnull=False)
    towns = {}
    for school in schools.select_related("municipality"):
        for name in names & {school.name, school.short_name}:
            towns[name] = str(school.municipality)
    return towns


def orders_of(youths: Iterable[Youth], user: User) -> list[Measure]:
    """Area bans and the like of these youths that are in force or on their way."""
    found = (
        Measure.objects.visible_to(user)
        .current()
        .filter(case__youth__in=[youth.pk for youth in youths], kind__family=MeasureFamily.AREA_ORDER)
    )
    return list(found.select_related("kind", "municipality", "case__youth").order_by("starts_on", "pk"))


def _since(set_at: dict[str, int]) -> date:
    return timezone.localdate() - timedelta(days=set_at[LOOKS_BACK])


def _asked(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
