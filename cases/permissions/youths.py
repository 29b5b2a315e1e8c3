"""Who may look for youths. Nobody browses them: a search starts from a signal or a case one may judge."""

from accounts.models import User
from accounts.roles import Permission
from foundation.errors import NotAllowed


def check_may_search(user: User) -> None:
    if not user.may(Permission.SIGNAL_TRIAGE):
        raise NotAllowed("Alleen een regisseur JPP zoekt jongeren.")


def check_may_add(user: User) -> None:
    if not user.may(Permission.CASE_LEAD):
        raise NotAllowed("Alleen een regisseur legt een jongere vast.")
