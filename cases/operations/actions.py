"""Everything that changes an action. Each function checks, writes and logs, or does nothing."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from access.models import Participation
from accounts.models import Partner, User
from accounts.roles import Level, Role
from audit.log import record
from cases.events import CaseEvent
from cases.models import Action, ActionState, Case
from cases.operations.cases import lock
from cases.permissions.actions import check_can_agree, check_can_change
from cases.rules.actions import check_has_reason, check_owner_takes_part, check_person_belongs
from foundation.errors import NotPossible


@transaction.atomic
def agree(
    *,
    case: Case,
    text: str,
    owner_partner: Partner,
    owner_person: User | None,
    due_on: date,
    by: User,
    key: UUID | None = None,
) -> Action:
    """Agree that a partner does something before a date. The same key twice is one action.

    The owner takes part in the present room of the case, else it could not see its own action.
    """
    case = lock(case=case, by=by)
    sent: Action | None = Action.objects.visible_to(by).filter(case=case, uuid=key).first() if key else None
    if sent:
        return sent
    check_can_agree(by, case)
    if not text.strip():
        raise NotPossible("Zeg wat er is afgesproken.")
    _check_owner(case, owner_partner, owner_person, by)
    action = Action.objects.create(
        uuid=key or uuid4(),
        case=case,
        compartment_id=case.room_id,
        text=text,
        owner_partner=owner_partner,
        owner_person=owner_person,
        due_on=due_on,
        agreed_by=by,
    )
    record(CaseEvent.ACTION_AGREED, by=by, about=action, recipients=[owner_partner.pk])
    return action


def _check_owner(case: Case, partner: Partner, person: User | None, by: User) -> None:
    at_the_table = Participation.objects.visible_to(by).active().filter(compartment=case.room_id)
    check_owner_takes_part(at_the_table.filter(partner=partner).exists())
    if person:
        sits_there = person.holds(Role.DEELNEMER, level=Level(case.level))
        check_person_belongs(sits_there and person.partner_id == partner.pk)


@transaction.atomic
def move(*, action: Action, to: ActionState, by: User) -> Action:
    """Take an action on, or start with it. Saying it twice is saying it once."""
    action = _lock(action, by)
    if action.state == to:
        return action
    if to not in (ActionState.ACCEPTED, ActionState.IN_PROGRESS):
        raise NotPossible("Zeg hoe de actie is geëindigd.")
    check_can_change(by, action, to)
    record(CaseEvent.ACTION_MOVED, by=by, about=action, old=action.state, new=to)
    action.state = to
    action.save(update_fields=["state"])
    return action


@transaction.atomic
def end(*, action: Action, to: ActionState, result: str, by: User) -> Action:
    """Tell how an action ended: done, could not, did not, or taken back by regie.

    What could not or was not done returns to the agenda: the agenda looks for it, not we.
    """
    action = _lock(action, by)
    if (action.state, action.result, action.ended_by_id) == (to, result, by.pk):
        return action
    if to in (ActionState.ACCEPTED, ActionState.IN_PROGRESS, ActionState.OPEN):
        raise NotPossible("Kies hoe de actie is geëindigd.")
    check_can_change(by, action, to)
    check_has_reason(to, result)
    record(CaseEvent.ACTION_ENDED, by=by, about=action, old=action.state, new=to)
    action.state, action.result, action.ended_at, action.ended_by = to, result, Now(), by
    action.save(update_fields=["state", "result", "ended_at", "ended_by"])
    return action


@transaction.atomic
def claim_reminders(*, today: date, by: User) -> list[Action]:
    """Actions whose owner hears of them today: three days before, and once after the day has passed.

    They are marked as reminded at once, so that a second run on the same day sends nothing. A turn that
    was missed is made up by the next.
    """
    found = Action.objects.visible_to(by).to_remind(today)
    found = found.select_for_update(skip_locked=True, no_key=True, of=("self",))
    actions = list(found.select_related("case", "compartment", "owner_person", "owner_partner"))
    Action.objects.filter(pk__in=[action.pk for action in actions]).update(reminded_at=timezone.now())
    if actions:
        record(CaseEvent.ACTIONS_REMINDED, by=by, about=actions)
    return actions


def _lock(action: Action, by: User) -> Action:
    found = Action.objects.visible_to(by).select_for_update(no_key=True, of=("self",))
    locked: Action | None = found.filter(pk=action.pk).first()
    if locked is None:
        raise NotPossible("U kunt deze actie niet meer zien.")
    return locked
