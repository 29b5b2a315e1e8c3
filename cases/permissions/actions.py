"""Who may agree actions, and who tells how they ended."""

from collections.abc import Iterable

from access.models import Participation
from access.permissions import check_may_lead_room, led_rooms
from accounts.keys import partner_key
from accounts.models import User
from accounts.roles import Permission
from cases.models import Action, ActionState, Case
from cases.permissions.cases import check_may_lead
from cases.rules.actions import check_can_become
from cases.rules.cases import check_open
from foundation.errors import NotAllowed, allows


def check_can_agree(user: User, case: Case) -> None:
    check_may_lead(user, case)
    check_open(case)


def check_may_change(user: User, action: Action) -> None:
    """The owner (its own people, while it takes part), or regie of the room in which it was agreed.

    Who reads by name, with break-glass for instance, reads only.
    """
    if not Action.objects.visible_to(user).filter(pk=action.pk).exists():
        raise NotAllowed("U kunt deze actie niet zien.")
    is_owner = action.owner_partner_id == user.partner_id and bool(seats(user, [action.compartment_id]))
    if not is_owner and not allows(check_may_lead_room, user, action.compartment_id):
        raise NotAllowed("Alleen de eigenaar en de regisseur wijzigen een actie.")


def check_can_change(user: User, action: Action, to: ActionState) -> None:
    check_may_change(user, action)
    if to == ActionState.WITHDRAWN:
        check_may_lead_room(user, action.compartment_id, "Alleen de regisseur trekt een actie in.")
    check_can_become(action, to)


def changeable(user: User, actions: Iterable[Action]) -> set[int]:
    """Of these visible actions, the ids of those that this user may change. A few queries, however many there are."""
    actions = list(actions)
    rooms = {action.compartment_id for action in actions}
    led, seated = led_rooms(user, rooms), seats(user, rooms)
    return {
        a.pk
        for a in actions
        if a.compartment_id in led or (a.compartment_id in seated and a.owner_partner_id == user.partner_id)
    }


def seats(user: User, rooms: Iterable[int]) -> set[int]:
    """Of these rooms, those that this user reads from the seat of an organisation that takes part."""
    if not user.may(Permission.ACTION_OWN):
        return set()
    keys = set(user.session_keys())
    sitting = Participation.objects.visible_to(user).active().filter(partner=user.partner_id)
    return {
        seat.compartment_id
        for seat in sitting.filter(compartment__in=list(rooms)).select_related("compartment")
        if partner_key(user.partner_id, seat.compartment.level, seat.compartment.data_class) in keys
    }


def check_may_list(user: User) -> None:
    if not user.may(Permission.ACTION_OWN):
        raise NotAllowed("Uw rol heeft geen acties.")
