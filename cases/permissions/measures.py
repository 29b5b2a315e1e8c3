"""Who notes measures, and who says how they go."""

from accounts.models import User
from accounts.permissions import check_may_admin
from cases.models import Case, Measure
from cases.permissions.cases import check_may_lead
from cases.permissions.table import check_can_write
from cases.rules.cases import check_open
from foundation.errors import NotAllowed, allows


def check_can_note(user: User, case: Case, owner_partner_id: int) -> None:
    """Regie of the case, or a partner that takes part in it (then about its own measures only)."""
    check_can_write(user, case)
    if owner_partner_id != user.partner_id and not allows(check_may_lead, user, case):
        raise NotAllowed("U legt alleen maatregelen van uw eigen organisatie vast.")


def check_may_change(user: User, measure: Measure) -> None:
    """Whoever may note it may change it: the organisation that carries it out while it takes part, or regie.

    A measure goes on when its case was closed; it is then changed from the case that is open now.
    """
    if not Measure.objects.visible_to(user).filter(pk=measure.pk).exists():
        raise NotAllowed("U kunt deze maatregel niet zien.")
    open_now = Case.objects.visible_to(user).open().filter(youth=measure.case.youth_id).first()
    check_can_note(user, open_now or measure.case, measure.owner_partner_id)


def check_can_answer(user: User, case: Case) -> None:
    """A warning is laid to rest by regie."""
    check_may_lead(user, case)
    check_open(case)


def check_may_keep_catalogue(user: User) -> None:
    check_may_admin(user)
