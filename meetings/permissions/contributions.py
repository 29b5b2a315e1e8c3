"""Who says something beforehand: who sits at the table for the organisation, at a point it is invited for."""

from access.models import Participation
from accounts.models import User
from accounts.roles import Role
from foundation.errors import NotAllowed
from meetings.models import AgendaItem, Meeting
from meetings.permissions.series import check_may_attend
from meetings.rules import contributions as rules


def check_may_contribute(user: User, meeting: Meeting) -> None:
    """A deelnemer at this level. Regie and robots lead the meeting and say nothing beforehand."""
    check_may_attend(user)
    if not any(held.role == Role.DEELNEMER and held.level == meeting.level for held in user.active_roles):
        raise NotAllowed("Inbrengen doet wie namens een organisatie aan tafel zit.")


def check_can_contribute(user: User, item: AgendaItem) -> None:
    check_may_contribute(user, item.meeting)
    seat = Participation.objects.visible_to(user).active()
    if not seat.filter(compartment=item.compartment_id, partner=user.partner_id).exists():
        raise NotAllowed("Uw organisatie is niet uitgenodigd voor dit punt.")
    rules.check_is_open(item.meeting)
