"""Who takes back or corrects what was told, who processes that, and who still reads what stood there."""

from access.permissions import check_may_lead_room
from accounts.models import User
from accounts.roles import Permission
from cases.models import Correction, CorrectionTask, ToldSignal
from cases.permissions.actions import seats
from foundation.errors import NotAllowed


def check_may_process(user: User, task: CorrectionTask) -> None:
    """Somebody of the organisation that is asked, from its seat at that table."""
    if not CorrectionTask.objects.visible_to(user).filter(pk=task.pk).exists():
        raise NotAllowed("U kunt deze verbetering niet zien.")
    if task.partner_id != user.partner_id or not seats(user, [task.compartment_id]):
        raise NotAllowed("Alleen de organisatie die dit moet verwerken, meldt dat.")


def check_may_list_corrections(user: User) -> None:
    if not (user.may(Permission.ACTION_OWN) or user.may(Permission.CASE_LEAD)):
        raise NotAllowed("Uw rol verwerkt geen verbeteringen.")


def check_may_word(user: User, correction: Correction) -> None:
    check_may_lead_room(user, correction.compartment_id, "Alleen de regisseur zegt dit in andere woorden.")


def reads_earlier(user: User, told: ToldSignal) -> bool:
    """Whether this reader had the earlier text: the source, who was asked to process it, and regie.

    Of a row from `queries.with_corrections`.
    """
    if user.may(Permission.CASE_LEAD) or told.source_id == user.partner_id:
        return True
    return any(task.partner_id == user.partner_id for one in told.all_corrections for task in one.tasks.all())
