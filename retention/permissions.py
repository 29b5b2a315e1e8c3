"""Who keeps the terms, who prolongs one, who approves destroying. The database asks the same of two people."""

from accounts.keys import regie_key
from accounts.models import User
from accounts.robots import Robot
from accounts.roles import Level, Permission
from cases.models import Case
from cases.permissions.cases import check_may_lead
from foundation.errors import NotAllowed, allows
from retention.models import Approval, Proposal, Side
from retention.rules import check_one_person_once, check_stands


def check_may_read_terms(user: User) -> None:
    if not (user.may(Permission.ADMIN) or user.may(Permission.LOG_READ)):
        raise NotAllowed("Deze pagina is voor de beheerder en de functionaris gegevensbescherming.")


def check_may_keep_terms(user: User) -> None:
    if not user.may(Permission.ADMIN):
        raise NotAllowed("Alleen een beheerder wijzigt een bewaartermijn.")


def check_may_extend(user: User, case: Case) -> None:
    """Regie of the level where the case is."""
    check_may_lead(user, case)


def check_may_list(user: User) -> None:
    """Which proposals are in the list, `visible_to` decides."""
    if not (user.may(Permission.CASE_LEAD) or user.may(Permission.LOG_READ)):
        raise NotAllowed("Vernietigen wordt goedgekeurd door een regisseur en de privacy officer.")


def check_is_the_clock(user: User) -> None:
    """Nobody picks what is destroyed: the clock finds it, and a job does it."""
    if user.username != Robot.RETENTION.value:
        raise NotAllowed("Voorstellen en vernietigen doet het systeem zelf.")


def side_of(user: User, proposal: Proposal) -> Side | None:
    """On whose behalf this user speaks about it: the privacy officer, or regie of its level and municipality."""
    if user.may(Permission.LOG_READ):
        return Side.PRIVACY
    key = regie_key(proposal.municipality_id, Level(proposal.level))
    if user.may(Permission.CASE_LEAD) and key in user.session_keys():
        return Side.REGIE
    return None


def check_speaks(user: User, proposal: Proposal) -> Side:
    side = side_of(user, proposal)
    if side is None:
        raise NotAllowed("Alleen de regisseur van dit niveau en de privacy officer beslissen hierover.")
    return side


def check_can_approve(user: User, proposal: Proposal, approvals: list[Approval]) -> Side:
    side = check_speaks(user, proposal)
    check_stands(proposal)
    check_one_person_once(proposal, approvals, user.pk, side)
    return side


def may_refuse(user: User, proposal: Proposal) -> bool:
    return allows(check_speaks, user, proposal) and allows(check_stands, proposal)
