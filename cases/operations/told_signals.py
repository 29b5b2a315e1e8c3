"""Everything that puts a signal on a table: onto which case, in which room, in which words."""

from typing import Any, TypedDict
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.utils import timezone

from access.models import Compartment, Ground, Participation, PoliceDecision
from access.operations import add_participation, room_of_class
from access.rules import check_may_receive
from accounts.models import User
from accounts.roles import DataClass
from audit.log import record
from cases.events import CaseEvent
from cases.merge_queries import merge_role
from cases.models import Case, Role, Signal, ToldSignal, Youth
from cases.operations.cases import keep_still, open_case
from cases.operations.rooms import room_for
from cases.operations.youths import add_youth
from cases.permissions.signals import check_can_sit
from cases.rules.cases import check_open
from cases.rules.merges import check_not_absorbed
from cases.rules.signals import check_own_words
from foundation.errors import NotPossible, allows


class NewYouth(TypedDict):
    """What regie made of who the signal is about."""

    first_name: str
    prefix: str
    last_name: str
    birth_on: Any
    description: str
    municipality: Any
    school: str


def case_of(*, youth: Youth | None, new_youth: NewYouth | None, by: User) -> Case:
    """The open case of this youth, or a new one. The lock keeps two regisseurs from opening two."""
    if youth is None:
        if new_youth is None:
            raise NotPossible("Kies over welke jongere dit signaal gaat.")
        youth = add_youth(**new_youth, by=by)
    keep_still(compartment=youth.compartment_id, by=by)
    Youth.objects.visible_to(by).select_for_update(no_key=True).get(pk=youth.pk)
    check_not_absorbed(merge_role(youth.pk))
    open_one = Case.objects.visible_to(by).open().filter(youth=youth).first()
    return open_one or open_case(youth=youth, by=by)


@transaction.atomic
def put(
    *,
    signal: Signal,
    case: Case,
    text: str,
    summary: str,
    role: Role,
    need: str,
    exception: str,
    key: UUID,
    by: User,
) -> None:
    """Tell a signal in the room of its class. The summary, in other words, is for the whole table."""
    check_open(case)
    about = {"role": role, "need": need, "exception": exception}
    data_class = DataClass(signal.data_class)
    if summary and data_class != DataClass.BASIS:
        check_own_words(summary, signal.observed, signal.corrected, text)
        _put(signal, case, DataClass.BASIS, {"uuid": uuid5(key, "summary"), "text": summary, **about}, by)
    _put(signal, case, data_class, {"uuid": key, "text": text, **about}, by)


def _put(signal: Signal, case: Case, data_class: DataClass, told: dict[str, Any], by: User) -> None:
    room = room_for(case=case, data_class=data_class, by=by)
    if Compartment.objects.visible_to(by).filter(pk=room).exists():
        ToldSignal.objects.create(
            compartment_id=room,
            case=case,
            signal=signal,
            source=signal.sender_partner,
            observed_on=signal.observed_on,
            location=signal.location,
            nature=signal.nature,
            themes=signal.themes,
            told_by=by,
            **told,
        )
    else:
        words = [told[name] for name in ("text", "role", "need", "exception")]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT cases_tell_elsewhere(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [told["uuid"], case.pk, room, signal.pk, *words, by.pk],
            )
    record(CaseEvent.SIGNAL_TOLD, by=by, about=case, signal=signal.pk, data_class=data_class)


@transaction.atomic
def let_sender_sit(*, signal: Signal, case: Case, by: User) -> None:
    """The organisation of the sender takes part, where regie is ours; at another level its own regie decides."""
    partner = signal.sender_partner
    check_can_sit(partner)
    rooms = {case.room_id, room_of_class(beside=case.room_id, data_class=DataClass(signal.data_class), by=by)}
    is_recipient = PoliceDecision.objects.valid_on(timezone.localdate()).naming(partner).exists()
    for room in Compartment.objects.visible_to(by).filter(pk__in=rooms).order_by("data_class"):
        may_receive = allows(check_may_receive, partner, room.data_class, is_recipient=is_recipient)
        if (
            may_receive
            and not Participation.objects.filter(compartment=room, partner=partner, ended_at=None).exists()
        ):
            add_participation(
                compartment=room, partner=partner, ground=Ground.CONVENANT, reason="Meldde een signaal", by=by
            )
