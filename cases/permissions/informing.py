"""Who writes in the ledger of who was informed, and who agrees with a postponement."""

from accounts.models import User
from cases.models import Informing
from cases.permissions.cases import check_may_lead
from cases.rules.cases import check_open
from foundation.errors import NotAllowed


def check_can_agree(user: User, line: Informing) -> None:
    """Regie of the case, and not who asked for it: two people decide that a child is not told."""
    check_may_lead(user, line.case)
    check_open(line.case)
    if line.noted_by_id == user.pk:
        raise NotAllowed("Een andere regisseur gaat hiermee akkoord.")
