"""Who may do what with a case."""

from access.models import Grant
from access.permissions import check_may_lead_room
from accounts.models import User
from accounts.roles import Permission
from cases.models import Case
from cases.rules.cases import check_closed, check_open
from foundation.errors import NotAllowed


def check_sees(user: User, case: Case) -> None:
    """Not visible is not there; whoever got hold of the row anyway is refused."""
    if not Case.objects.visible_to(user).filter(pk=case.pk).exists():
        raise NotAllowed("Uw organisatie is niet bij dit dossier betrokken.")


def check_may_read(user: User) -> None:
    """Opening cases is for who sits at a table or leads, and for who got access by name.

    Which cases that are, `visible_to` decides. Management, the beheerder and the privacy officer read none.
    """
    if not (user.may(Permission.CASE_READ) or user.may(Permission.SIGNAL_REGISTER)):
        raise NotAllowed("Uw rol leest geen dossiers.")


def check_may_list(user: User) -> None:
    """The list is for who reads cases by role, or was given access to one by name."""
    if not user.may(Permission.CASE_READ) and not Grant.objects.filter(user=user).exists():
        raise NotAllowed("Uw rol leest geen dossiers.")


def check_may_lead(user: User, case: Case) -> None:
    """Only regie of the present level changes a case."""
    if not user.may(Permission.CASE_LEAD):
        raise NotAllowed("Alleen een regisseur wijzigt een dossier.")
    check_may_lead_room(user, case.room_id)


def check_can_plan(user: User, case: Case) -> None:
    check_may_lead(user, case)
    check_open(case)


def check_can_reopen(user: User, case: Case) -> None:
    check_may_lead(user, case)
    check_closed(case)


def check_leads_somewhere(user: User) -> None:
    """The lists of a regisseur are for regisseurs; which cases stand in them, `visible_to` decides."""
    if not user.may(Permission.CASE_LEAD):
        raise NotAllowed("Alleen een regisseur heeft deze lijst.")
