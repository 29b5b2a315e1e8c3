"""Who may say that two youths are one, and take that back."""

from collections.abc import Iterable

from access.permissions import led_rooms
from accounts.models import User
from cases.models import Case, Youth
from cases.permissions.youths import check_may_search
from foundation.errors import NotAllowed


def check_may_join(user: User, youths: Iterable[Youth], cases: Iterable[Case]) -> None:
    """Who may look for youths, has regie of both, and leads the cases that run.

    Seeing a case that is elsewhere is not enough: its own regie does not hear of it.
    """
    check_may_search(user)
    wanted = {youth.compartment_id for youth in youths} | {case.room_id for case in cases}
    if wanted - led_rooms(user, wanted):
        raise NotAllowed("Beide jongeren en hun open dossiers moeten onder uw regie vallen.")
