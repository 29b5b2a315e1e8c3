"""A group across municipalities: who lives where, goes to school where, hangs out where; and orders that clash."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accounts.models import Municipality
from cases.models import GroupPlace, Measure, Youth


@dataclass
class Town:
    """What a municipality has to do with a group."""

    name: str
    lives: int = 0
    school: int = 0
    places: list[str] = field(default_factory=list)
    leads: bool = False


def towns(
    leads: Municipality, youths: Iterable[Youth], places: Iterable[GroupPlace], schools: Mapping[str, str]
) -> list[Town]:
    """Per municipality; the one that leads first. `schools` says in which municipality a school stands."""
    found: dict[str, Town] = {}

    def of(name: str) -> Town:
        return found.setdefault(name, Town(name))

    of(leads.name).leads = True
    for youth in youths:
        of(youth.municipality.name if youth.municipality else "Buiten Parkstad of onbekend").lives += 1
        if youth.school:
            of(schools.get(youth.school, "School elders of onbekend")).school += 1
    for place in places:
        of(place.municipality.name).places.append(place.name)
    return sorted(found.values(), key=lambda town: (not town.leads, -town.lives, town.name))


def advice(found: list[Town]) -> str:
    """When most live elsewhere than where the group is led from."""
    leads = next(town for town in found if town.leads)
    most = max(found, key=lambda town: town.lives)
    if most.lives > leads.lives:
        return f"De meeste leden wonen in {most.name}; {leads.name} leidt. Stem af met de burgemeester daar."
    return ""


def order_clashes(orders: Iterable[Measure]) -> list[str]:
    """Area bans of different municipalities that are in force at the same time, in sentences without a name.

    For one youth it is a clash of its own; for a group it is said once which municipalities are at work.
    """
    by_youth: dict[int, list[Measure]] = defaultdict(list)
    for order in orders:
        if order.municipality:
            by_youth[order.case.youth_id].append(order)
    every = sorted({str(o.municipality) for many in by_youth.values() for o in many})
    twice = sum(1 for many in by_youth.values() if _of_two_at_once(many))
    told = []
    if twice:
        who = "Voor 1 lid lopen" if twice == 1 else f"Voor {twice} leden lopen"
        told.append(f"{who} tegelijk verboden van twee gemeenten. Stem af welke geldt, en waar.")
    if len(every) > 1:
        told.append(f"In deze groep lopen verboden van {_and(every)}. Stem plaats en einddatum op elkaar af.")
    return told


def _of_two_at_once(orders: list[Measure]) -> bool:
    pairs = ((a, b) for a in orders for b in orders if a.pk < b.pk)
    return any(a.municipality_id != b.municipality_id and _overlap(a, b) for a, b in pairs)


def _overlap(a: Measure, b: Measure) -> bool:
    """Without a day at one side it runs on at that side."""
    a_first = a.ends_on and b.starts_on and a.ends_on < b.starts_on
    b_first = b.ends_on and a.starts_on and b.ends_on < a.starts_on
    return not (a_first or b_first)


def _and(words: list[str]) -> str:
    return ", ".join(words[:-1]) + f" en {words[-1]}"
