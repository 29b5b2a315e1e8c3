"""Who writes at the table: regie of the case, and the partners that take part in it."""

from accounts.models import User
from accounts.roles import Permission
from cases.models import Case
from cases.permissions.actions import seats
from cases.permissions.cases import check_may_lead, check_sees
from cases.rules.cases import check_open
from foundation.errors import NotAllowed, allows


def check_may_write(user: User, case: Case) -> None:
    check_sees(user, case)
    is_at_the_table = user.may(Permission.ACTION_OWN) and bool(seats(user, [case.room_id]))
    if not is_at_the_table and not allows(check_may_lead, user, case):
        raise NotAllowed("Alleen wie aan tafel zit en de regisseur leggen hier iets vast.")


def check_can_write(user: User, case: Case) -> None:
    check_may_write(user, case)
    check_open(case)
