"""Who adds a file, and who takes one back."""

from accounts.models import User
from cases.models import Attachment
from cases.permissions.cases import check_may_lead, check_may_read
from cases.permissions.signals import check_may_follow, check_may_register
from cases.permissions.table import check_can_write
from foundation.errors import NotAllowed, allows


def check_may_see(user: User, attachment: Attachment) -> None:
    """What stands at a case is for who reads cases; at a signal for its sender and for who judges signals."""
    if attachment.case:
        check_may_read(user)
    elif not allows(check_may_read, user):
        check_may_register(user)


def check_can_withdraw(user: User, attachment: Attachment) -> None:
    """At a case: the organisation that added it while it takes part, or regie. At a signal: its sender."""
    if not Attachment.objects.visible_to(user).filter(pk=attachment.pk).exists():
        raise NotAllowed("U kunt deze bijlage niet zien.")
    if attachment.signal:
        check_may_follow(user, attachment.signal)
        return
    check_can_write(user, attachment.parent)
    if attachment.partner_id != user.partner_id and not allows(check_may_lead, user, attachment.parent):
        raise NotAllowed("Alleen de organisatie die dit toevoegde en de regisseur nemen het terug.")
