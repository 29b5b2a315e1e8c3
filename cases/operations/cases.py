"""Everything that changes a case. Each function checks, writes and logs, or does nothing."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from access.models import Compartment, CompartmentKind
from access.operations import open_compartment
from access.permissions import check_may_lead as check_may_lead_compartment
from accounts.models import User
from accounts.roles import Level
from audit.log import record
from cases.events import CaseEvent
from cases.merge_queries import merge_role
from cases.models import Case, Closing, HandOver, RuleTerm, Youth
from cases.permissions.cases import check_can_plan, check_can_reopen, check_may_lead, check_sees
from cases.queries import running_measures, what_runs
from cases.rules.cases import (
    check_can_hand_over,
    check_measures_go_on,
    check_no_other_open,
    check_nothing_runs,
    check_open,
)
from cases.rules.informing import DUE
from cases.rules.merges import check_not_absorbed
from foundation.errors import NotPossible, Stale


@transaction.atomic
def open_case(*, youth: Youth, by: User, review_on: date | None = None) -> Case:
    """Open a case at the JPP for this youth. Raises NotPossible when one is open already."""
    check_may_lead_compartment(by, youth.compartment)
    keep_still(compartment=youth.compartment_id, by=by)
    check_not_absorbed(merge_role(youth.pk))
    check_no_other_open(Case.objects.visible_to(by).open().filter(youth=youth).exists())
    room = open_compartment(
        kind=CompartmentKind.CASE,
        level=Level.JPP,
        municipality=youth.municipality,
        within=youth.compartment,
        by=by,
    )
    case = Case.objects.create(
        youth=youth,
        compartment=youth.compartment,
        room=room,
        municipality=youth.municipality,
        review_on=review_on,
        inform_by_on=_inform_by(),
        opened_by=by,
    )
    record(CaseEvent.CASE_OPENED, by=by, about=case)
    return case


def lock(*, case: Case, by: User) -> Case:
    """The case as it is now, kept still until the transaction ends.

    The youth's compartment is locked first, in the order in which the database itself refreshes readers:
    the other way round two regisseurs could wait for each other for ever.
    """
    check_sees(by, case)
    keep_still(compartment=case.compartment_id, by=by)
    locked: Case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    return locked


def _inform_by() -> date:
    """Until when youth and parents must be told of a case that opens now (AVG art. 14(3)(a)); the term is data."""
    return timezone.localdate() + timedelta(
        days=RuleTerm.objects.values_list("days", flat=True).get(code=DUE)
    )


def note_discussed(*, case_ids: Iterable[int], by: User) -> None:
    """A meeting in which these cases were spoken of is over: from here the story goes on."""
    Case.objects.visible_to(by).filter(pk__in=list(case_ids)).update(discussed_at=Now())


def keep_still(*, compartment: int, by: User) -> None:
    """The compartment of a youth, until the transaction ends: whoever changes something here comes by it first."""
    Compartment.objects.visible_to(by).select_for_update(no_key=True).get(pk=compartment)


@transaction.atomic
def plan(
    *,
    case: Case,
    casusregisseur: User | None,
    review_on: date | None,
    seen: tuple[int | None, date | None],
    by: User,
) -> Case:
    """Say who is casusregisseur and when the case is looked at again.

    `seen` is what stood there when the form was made. Raises Stale, with the present case, when somebody
    else changed it meanwhile.
    """
    case = lock(case=case, by=by)
    check_can_plan(by, case)
    wanted = (casusregisseur and casusregisseur.pk, review_on)
    if (case.casusregisseur_id, case.review_on) == wanted:
        return case
    if (case.casusregisseur_id, case.review_on) != seen:
        raise Stale("Iemand anders heeft dit intussen gewijzigd.", current=case)
    case.casusregisseur, case.review_on = casusregisseur, review_on
    case.save(update_fields=["casusregisseur", "review_on"])
    record(CaseEvent.CASE_PLANNED, by=by, about=case, review_on=review_on and review_on.isoformat())
    return case


@transaction.atomic
def close(
    *,
    case: Case,
    evaluation: str,
    helped: str,
    aftercare: str,
    by: User,
    measures_go_on: bool = False,
    handed_to: HandOver | None = None,
    handed_contact: str = "",
) -> Closing:
    """End a case: what was reached, what helped, who keeps contact or goes on with it elsewhere.

    Measures that run go on with their owner.
    """
    case = lock(case=case, by=by)
    check_may_lead(by, case)
    check_open(case)
    if not evaluation.strip() or not helped.strip():
        raise NotPossible("Zeg wat er is bereikt en wat heeft geholpen.")
    check_nothing_runs(**what_runs(case, by))
    check_measures_go_on(len(running_measures(case, by)), measures_go_on)
    check_can_hand_over(case.level, handed_to, handed_contact)
    closing = Closing.objects.create(
        case=case,
        compartment_id=case.room_id,
        evaluation=evaluation,
        helped=helped,
        aftercare=aftercare,
        handed_to=handed_to or "",
        handed_contact=handed_contact if handed_to else "",
        closed_by=by,
    )
    Case.objects.visible_to(by).filter(pk=case.pk).update(closed_at=Now(), closed_by=by)
    record(CaseEvent.CASE_CLOSED, by=by, about=case, handed_to=handed_to or "")
    return closing


@transaction.atomic
def reopen(*, case: Case, reason: str, review_on: date | None, by: User) -> Case:
    """Open a closed case again: the same case, its story goes on."""
    case = lock(case=case, by=by)
    check_can_reopen(by, case)
    if not reason.strip():
        raise NotPossible("Zeg waarom het dossier weer open gaat.")
    check_not_absorbed(merge_role(case.youth_id))
    check_no_other_open(Case.objects.visible_to(by).open().filter(youth=case.youth_id).exists())
    last = (
        Closing.objects.visible_to(by).filter(case=case, reopened_at=None).order_by("-closed_at", "-pk")[:1]
    )
    Closing.objects.filter(pk__in=[closing.pk for closing in last]).update(
        reopened_at=Now(), reopened_by=by, reopened_because=reason
    )
    Case.objects.visible_to(by).filter(pk=case.pk).update(closed_at=None, closed_by=None, review_on=review_on)
    record(CaseEvent.CASE_REOPENED, by=by, about=case)
    case.refresh_from_db()
    return case
