"""Who belongs together stands together on an agenda. Pure: knows no database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise

from cases.models import Relative, Youth
from cases.models.names import search_form


class Bond(StrEnum):
    """Why two youths belong together, in words."""

    SIBLING = "broer of zus"
    GROUP = "zelfde groep"


@dataclass(frozen=True)
class Tie:
    """Two youths, and why. Only as true as the rows that one reader sees."""

    youths: frozenset[int]
    bond: Bond


def siblings(youths: Collection[Youth], relatives: Iterable[Relative]) -> set[Tie]:
    """Which of these youths is noted as brother or sister of which: the same full name, and no other day of birth."""
    by_name: dict[tuple[str, str], list[Youth]] = {}
    for youth in youths:
        by_name.setdefault(_name(youth), []).append(youth)
    found = set()
    for one in relatives:
        for youth in by_name.get(_name(one), []) if one.first_name else []:
            if youth.pk != one.youth_id and one.birth_on in (None, youth.birth_on):
                found.add(Tie(frozenset((youth.pk, one.youth_id)), Bond.SIBLING))
    return found


def _name(who: Youth | Relative) -> tuple[str, str]:
    return search_form(who.first_name), search_form(who.prefix, who.last_name)


def group_mates(memberships: Iterable[tuple[int, int]]) -> set[Tie]:
    """`memberships`: (group, youth)."""
    by_group: dict[int, set[int]] = {}
    for group, youth in memberships:
        by_group.setdefault(group, set()).add(youth)
    pairs = (pair for youths in by_group.values() for pair in combinations(sorted(youths), 2))
    return {Tie(frozenset(pair), Bond.GROUP) for pair in pairs}


def clusters(ids: Iterable[int], pairs: Iterable[frozenset[int]]) -> dict[int, int]:
    """For each the one that stands for all who belong together with it."""
    head = {pk: pk for pk in ids}
    for pair in pairs:
        if len(pair) == 2 and pair <= head.keys():
            one, other = sorted(head[pk] for pk in pair)
            head |= {pk: one for pk, its in head.items() if its == other}
    return head


def beside_words(order: Sequence[Youth | None], ties: Collection[Tie]) -> list[list[str]]:
    """For each place what is said there: who stands next to it because they belong together.

    None: nobody, or somebody whom the reader does not see.
    """
    said: list[list[str]] = [[] for _ in order]
    bonds = {tie: tie.bond for tie in sorted(ties, key=lambda tie: tie.bond)}
    for place, (here, there) in enumerate(pairwise(order)):
        if here is None or there is None:
            continue
        why = " en ".join(bond for tie, bond in bonds.items() if tie.youths == {here.pk, there.pk})
        if why:
            said[place].append(f"Staat naast {there.name}: {why}")
            said[place + 1].append(f"Staat naast {here.name}: {why}")
    return said
