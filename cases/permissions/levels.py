"""Who may propose another level, and who answers."""

from access.permissions import check_may_lead_room
from accounts.models import User
from accounts.roles import Level, Permission
from cases.models import Case, LevelChange
from cases.permissions.cases import check_may_lead
from cases.rules.levels import check_can_move_to, check_undecided
from foundation.errors import NotAllowed, allows


def check_can_propose(user: User, case: Case, to: Level) -> None:
    """Regie of the present level proposes."""
    check_may_lead(user, case)
    check_can_move_to(case, to)


def reachable_levels(user: User, case: Case) -> list[Level]:
    """The levels this user can propose now; none means no button."""
    return [level for level in Level if allows(check_can_propose, user, case, level)]


def check_may_answer(user: User, change: LevelChange) -> None:
    """Regie of the receiving level answers (at LJA: of the youth's municipality), and never the proposer."""
    if not user.may(Permission.CASE_LEAD):
        raise NotAllowed("Alleen een regisseur neemt een dossier over.")
    check_may_lead_room(user, change.room_id, "Alleen de regisseur van het andere niveau besluit hierover.")
    if change.proposed_by_id == user.pk:
        raise NotAllowed("Een ander moet het voorstel overnemen.")


def check_can_answer(user: User, change: LevelChange) -> None:
    check_may_answer(user, change)
    check_undecided(change)


def check_can_withdraw(user: User, change: LevelChange) -> None:
    """Who proposed, or a colleague who leads the case at its present level."""
    check_may_lead(user, change.case)
    check_undecided(change)
