"""Who takes back what was said in the picture of a youth."""

from accounts.models import User
from cases.models import Remark
from cases.permissions.cases import check_may_lead
from cases.permissions.table import check_can_write
from foundation.errors import NotAllowed, allows


def check_can_withdraw(user: User, remark: Remark) -> None:
    """The organisation that said it while it takes part, or regie."""
    if not Remark.objects.visible_to(user).filter(pk=remark.pk).exists():
        raise NotAllowed("U kunt deze opmerking niet zien.")
    check_can_write(user, remark.case)
    if remark.partner_id != user.partner_id and not allows(check_may_lead, user, remark.case):
        raise NotAllowed("Alleen de organisatie die dit zei en de regisseur nemen het terug.")
