"""Who may ask for access, answer it, use break-glass, and look at its use."""

from access.permissions import check_may_lead_room
from accounts.models import User
from accounts.roles import Permission
from cases.models import AccessRequest, Case
from cases.rules.access_requests import (
    check_can_answer,
    check_can_open,
    check_can_review,
    check_none_overdue,
)
from foundation.errors import NotAllowed


def check_may_ask(user: User) -> None:
    """Asking is for who reads cases by role: a melder calls the regisseur."""
    if not user.may(Permission.CASE_READ) or user.may(Permission.ROBOT):
        raise NotAllowed("Alleen wie aan een tafel zit of leidt, vraagt hier toegang. Bel de regisseur.")


def check_may_list(user: User) -> None:
    if not user.may(Permission.LOG_READ):
        check_may_ask(user)


def check_may_break_glass(user: User, *, overdue: int) -> None:
    check_may_ask(user)
    check_none_overdue(overdue)


def check_may_judge(user: User, request: AccessRequest) -> None:
    """Regie answers, and never who asked."""
    if not user.may(Permission.CASE_LEAD):
        raise NotAllowed("Alleen een regisseur beantwoordt een verzoek om toegang.")
    _check_another(user, request)


def check_may_answer(user: User, request: AccessRequest) -> None:
    check_may_judge(user, request)
    check_can_answer(request)


def check_may_let_in(user: User, request: AccessRequest, case: Case) -> None:
    """Letting somebody in is for regie of the room where the case is now."""
    check_may_answer(user, request)
    check_may_lead_room(user, case.room_id, "Dit dossier is bij een ander niveau. Geef het verzoek door.")


def check_may_open(user: User, request: AccessRequest, *, overdue: int) -> None:
    if request.asked_by_id != user.pk:
        raise NotAllowed("Alleen wie noodtoegang vroeg, kan die openen.")
    check_may_break_glass(user, overdue=overdue)
    check_can_open(request)


def check_may_review(user: User, request: AccessRequest) -> None:
    """A second person of regie, or the privacy officer."""
    if not user.may(Permission.CASE_LEAD) and not user.may(Permission.LOG_READ):
        raise NotAllowed("Een regisseur of de privacy officer beoordeelt noodtoegang.")
    _check_another(user, request)
    check_can_review(request)


def _check_another(user: User, request: AccessRequest) -> None:
    if request.asked_by_id == user.pk:
        raise NotAllowed("U kunt uw eigen verzoek niet beoordelen. Een ander doet dat.")
