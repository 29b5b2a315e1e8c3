"""Who notes measures, and who says how they go."""

from accounts.models import User
from accounts.permissions import check_may_admin
from accounts.roles import Permission
from cases.models import Case, Measure
from cases.permissions.actions import seats
from cases.permissions.cases import check_may_lead, check_sees
from cases.rules.cases import check_open
from foundation.errors import NotAllowed, allows


def check_may_note(user: User, case: Case) -> None:
    """Regie of the case, or a partner that takes part in it (then about its own measures only)."""
    check_sees(user, case)
    is_at_the_table = user.may(Permission.ACTION_OWN) and bool(seats(user, [case.room_id]))
    if not is_at_the_table and not allows(check_may_lead, user, case):
        raise NotAllowed("Alleen wie aan tafel zit en de regisseur leggen maatregelen vast.")


def check_can_note(user: User, case: Case, owner_partner_id: int) -> None:
    check_may_note(user, case)
    check_open(case)
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
