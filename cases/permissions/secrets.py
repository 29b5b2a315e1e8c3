"""Who may note and open what is secret."""

from accounts.models import User
from accounts.roles import DataClass, Permission
from cases.models import Case, Signal
from cases.permissions.cases import check_may_lead, check_sees
from cases.permissions.signals import check_may_follow
from cases.permissions.youths import check_may_search
from foundation.errors import NotAllowed


def check_is_cleared(user: User) -> None:
    """What is secret is for regie that is cleared for it."""
    if not user.may(Permission.CASE_LEAD) or not user.is_cleared(DataClass.GEHEIM):
        raise NotAllowed("Geheime gegevens zijn voor regie met een bevoegdheid daarvoor.")


def check_may_note_address(user: User, case: Case) -> None:
    check_is_cleared(user)
    check_sees(user, case)


def check_may_note_number(user: User, case: Case) -> None:
    """Who may look for youths and is cleared, of a case it leads: it is used to see that two are one."""
    check_is_cleared(user)
    check_may_search(user)
    check_may_lead(user, case)


def check_may_note_reporter(user: User, signal: Signal) -> None:
    """Only who sends the signal knows who told it."""
    check_may_follow(user, signal)
