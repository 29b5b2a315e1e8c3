"""Who calls a spoedoverleg: the regisseur of the case, who leads the meetings of its level."""

from accounts.models import User
from accounts.roles import Permission
from cases.models import Case
from cases.permissions.cases import check_may_lead
from foundation.errors import NotAllowed, NotPossible


def check_can_call(user: User, case: Case) -> None:
    if not user.may(Permission.MEETING_LEAD):
        raise NotAllowed("Alleen een regisseur belegt een spoedoverleg.")
    check_may_lead(user, case)
    if case.closed_at:
        raise NotPossible("Dit dossier is gesloten.")
