"""Younger brothers and sisters, watched by a rule: counted when somebody looks, written down nowhere."""

from collections.abc import Iterable
from datetime import date

from cases.models import Youth
from cases.models.names import search_form


def family_of(youth: Youth) -> tuple[str, int] | None:
    """What brothers and sisters share as far as we know: last name and municipality."""
    name = search_form(youth.prefix, youth.last_name)
    return (name, youth.municipality_id) if name and youth.municipality_id else None


def younger_siblings(members: Iterable[Youth], others: Iterable[Youth]) -> int:
    """How many of the others are probably a younger brother or sister of a member. A number, no names.

    Both are what this reader sees: whom somebody may not see, they are not told of as a number either.
    """
    members = list(members)
    known = {member.pk for member in members}
    oldest: dict[tuple[str, int], date] = {}
    for member in members:
        family = family_of(member)
        if family and member.birth_on:
            oldest[family] = min(member.birth_on, oldest.get(family, member.birth_on))
    return len({other.pk for other in others if other.pk not in known and _is_younger(other, oldest)})


def _is_younger(other: Youth, oldest: dict[tuple[str, int], date]) -> bool:
    family = family_of(other)
    return bool(family and family in oldest and other.birth_on and other.birth_on > oldest[family])


def siblings_text(count: int) -> str:
    """As it stands on the screen; empty for none."""
    if not count:
        return ""
    who = "1 jongere broer of zus" if count == 1 else f"{count} jongere broers of zussen"
    return f"{who} (zelfde achternaam en woongemeente)"
