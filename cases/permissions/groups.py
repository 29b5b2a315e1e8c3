"""Who reads groups, who leads one, and who tells what came of a goal."""

from access.permissions import check_may_lead_room
from accounts.models import Municipality, Partner, User
from accounts.permissions import check_may_admin
from accounts.roles import REGIE_LEVELS, Level, Permission, Role
from cases.models import Group, GroupGoal, Stage
from cases.permissions.actions import seats
from cases.rules.groups import Known, check_is_party, check_may_name, check_open
from cases.rules.groups import check_can_move as check_can_step
from foundation.errors import NotAllowed, allows


def check_may_list(user: User) -> None:
    """For who sits at a table or leads. Management and the beheerder read no group."""
    if not user.may(Permission.CASE_READ):
        raise NotAllowed("Uw rol leest geen groepen.")


def check_may_find(user: User) -> None:
    """Who may be in a group is looked for by regie only."""
    if not user.may(Permission.CASE_LEAD):
        raise NotAllowed("Alleen een regisseur zoekt naar groepen.")


def led_places(user: User) -> list[tuple[Level, Municipality]]:
    """Where this user can start a group: level and municipality of the regie held now. The PGA is about persons."""
    found: list[tuple[Level, Municipality]] = []
    for held in user.active_roles:
        level = REGIE_LEVELS.get(Role(held.role))
        if level == Level.LJA and held.municipality:
            found.append((level, held.municipality))
        elif level == Level.JPP:
            found += [(Level.JPP, town) for town in Municipality.objects.all()]
    return list(dict.fromkeys(found))


def check_may_start(user: User) -> None:
    if not led_places(user):
        raise NotAllowed("Alleen een regisseur JPP of LJA begint een groepsaanpak.")


def check_can_start(user: User, level: Level, municipality: Municipality) -> None:
    if (level, municipality) not in led_places(user):
        raise NotAllowed("U heeft geen regie in deze gemeente.")


def check_may_lead(user: User, group: Group) -> None:
    """Only regie of the group's municipality and level changes it."""
    if not Group.objects.visible_to(user).filter(pk=group.pk).exists():
        raise NotAllowed("U kunt deze groep niet zien.")
    check_may_lead_room(user, group.compartment_id, "Alleen de regisseur van deze groep kan dit.")


def check_can_change(user: User, group: Group) -> None:
    check_may_lead(user, group)
    check_open(group)


def check_can_move(user: User, group: Group, to: Stage, known: Known) -> None:
    check_can_change(user, group)
    check_can_step(group, to, known)


def check_can_name(user: User, group: Group) -> None:
    check_can_change(user, group)
    check_may_name(group)


def check_can_let_in(user: User, group: Group, partner: Partner, party_kinds: set[str]) -> None:
    check_can_change(user, group)
    check_is_party(partner, party_kinds)


def check_may_report(user: User, goal: GroupGoal) -> None:
    """The organisation that does it, while it takes part, or regie."""
    if not GroupGoal.objects.visible_to(user).filter(pk=goal.pk).exists():
        raise NotAllowed("U kunt dit doel niet zien.")
    is_owner = goal.owner_partner_id == user.partner_id and bool(seats(user, [goal.compartment_id]))
    if not is_owner and not allows(check_may_lead_room, user, goal.compartment_id):
        raise NotAllowed("Alleen wie het doet en de regisseur melden het resultaat.")


def check_may_keep_settings(user: User) -> None:
    check_may_admin(user)
