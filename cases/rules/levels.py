"""How a case moves between the levels. Printed to docs/case-levels.md."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.models import Partner
from accounts.roles import DataClass, Level
from cases.models import Case, LevelChange, LevelChangeState, LevelCriterion, LevelRegime
from cases.rules.cases import check_open
from foundation.errors import NotPossible

# Up: heavier when the lighter level does not help. Down: lighter as soon as that will do.
NEXT_LEVELS: dict[Level, tuple[Level, ...]] = {
    Level.JPP: (Level.LJA, Level.PGA),
    Level.LJA: (Level.PGA, Level.JPP),
    Level.PGA: (Level.LJA, Level.JPP),
}


def check_can_move_to(case: Case, to: Level) -> None:
    """A case at this level can be proposed for that one."""
    check_open(case)
    if to not in NEXT_LEVELS[Level(case.level)]:
        raise NotPossible(f"Van {Level(case.level).label} kan dit dossier niet naar {to.label}.")
    if to == Level.LJA and case.municipality_id is None:
        raise NotPossible("De woongemeente is niet bekend. Zonder woongemeente is er geen regisseur LJA.")


def check_none_proposed(is_proposed: bool) -> None:
    if is_proposed:
        raise NotPossible("Er ligt al een voorstel om van niveau te wisselen.")


def check_motivated(**texts: str) -> None:
    """No level without a reason: the database takes an empty text, we do not."""
    for name, text in texts.items():
        if not text.strip():
            raise NotPossible(f"Vul in: {name.replace('_', ' ')}.")


def check_criteria(ticked: Iterable[str], asked: Iterable[LevelCriterion]) -> None:
    """All criteria of at least one group are ticked. A route for which none are kept asks none."""
    said = set(ticked)
    groups: dict[int, list[str]] = {}
    for criterion in asked:
        groups.setdefault(criterion.group, []).append(criterion.text)
    if groups and not any(said.issuperset(texts) for texts in groups.values()):
        raise NotPossible(
            "Kruis aan waarom het dossier op het andere niveau hoort. Wat bij elkaar staat, geldt samen."
        )


def check_admitted(partners: Iterable[Partner], regime: LevelRegime) -> None:
    """Only kinds of organisations that the regime of the level admits."""
    strange = [str(partner) for partner in partners if partner.kind not in regime.partner_kinds]
    if strange:
        raise NotPossible(f"Volgens het rechtsregime van {regime} doet niet mee: {', '.join(strange)}.")


def check_class_admitted(data_class: DataClass, regime: LevelRegime) -> None:
    """Only classes of data that the regime of the level admits."""
    if data_class not in regime.data_classes:
        raise NotPossible(f"Volgens het rechtsregime van {regime} staan hier geen {data_class.label}.")


def check_undecided(change: LevelChange) -> None:
    """A proposal is answered once."""
    if change.state != LevelChangeState.PROPOSED:
        state = LevelChangeState(change.state).label
        raise NotPossible(f"Over dit voorstel is al besloten: {state}.")


def skips_lja(old: Level, new: Level) -> bool:
    """From JPP straight to PGA: allowed, when somebody says why."""
    return (old, new) == (Level.JPP, Level.PGA)


def moves_lately(changes: Iterable[LevelChange], now: datetime) -> int:
    """How often a case moved in the past year: back and forth asks for a word at the table."""
    year_ago = now - timedelta(days=365)
    moved = [
        c
        for c in changes
        if c.state == LevelChangeState.ACCEPTED
        and c.old != c.new
        and c.decided_at
        and c.decided_at > year_ago
    ]
    return len(moved)
