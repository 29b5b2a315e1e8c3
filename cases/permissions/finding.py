"""Who may look for words, and who may take a list out."""

from accounts.models import User
from accounts.roles import Permission
from foundation.errors import NotAllowed


def check_may_find_text(user: User) -> None:
    """Everybody who reads cases by role, in what they may read."""
    if not user.may(Permission.CASE_READ) or user.may(Permission.ROBOT):
        raise NotAllowed("Uw rol leest geen dossiers.")


def check_may_export(user: User) -> None:
    if not user.may(Permission.CASE_LEAD):
        raise NotAllowed("Alleen een regisseur exporteert een lijst van dossiers.")


def check_may_list_exports(user: User) -> None:
    """The privacy officer sees all of them, a regisseur their own: the database decides which."""
    if not (user.may(Permission.LOG_READ) or user.may(Permission.CASE_LEAD)):
        raise NotAllowed("Alleen de privacy officer en regisseurs zien exports.")
