"""How a case moves between the levels. Printed to docs/case-levels.md."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.roles import Level
from cases.models import Case, LevelChange, LevelChangeState
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
        if c.state == LevelChangeState.ACCEPTED and c.decided_at and c.decided_at > year_ago
    ]
    return len(moved)
