"""Everything that changes which organisations read. Each function checks, writes and logs, or does nothing."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from access.events import AccessEvent
from access.models import Compartment, CompartmentKind, Ground, Inclusion, Participation, PoliceDecision
from access.permissions import check_can_open, check_may_lead
from access.rules import check_may_receive, check_not_secret
from access.terms import check_future, is_over, once
from accounts.models import Partner, User
from accounts.roles import DataClass
from audit.log import record
from foundation.errors import NotPossible


@transaction.atomic
def add_participation(
    *,
    compartment: Compartment,
    partner: Partner,
    ground: Ground,
    reason: str,
    by: User,
    until: datetime | None = None,
) -> Participation:
    """Let a partner's deelnemers read this compartment. Raises NotPossible when they already do.

    Of a stricter class only those of them who are cleared read it; police data go to named recipients only.
    """
    check_can_open(by, compartment)
    check_not_secret(compartment.data_class)
    check_may_receive(partner, compartment.data_class, is_recipient=_receives_police_data(partner))
    check_future(until)
    before = Participation.objects.filter(compartment=compartment, partner=partner, ended_at=None).first()
    already = f"{partner} neemt al deel."
    if before and not is_over(before.until):
        raise NotPossible(already)
    if before:
        end_participation(participation=before, by=by)
    with once(already):
        participation = Participation.objects.create(
            compartment=compartment, partner=partner, ground=ground, reason=reason, until=until, added_by=by
        )
    record(
        AccessEvent.PARTICIPATION_ADDED,
        by=by,
        about=participation,
        ground=ground,
        recipients=[partner.pk],
        compartment=compartment.pk,
    )
    return participation


@transaction.atomic
def end_participation(*, participation: Participation, by: User) -> None:
    """From now on this partner does not read this compartment. Ending twice is ending once.

    Who no longer takes part in a case does not go on reading what a meeting discusses about it: the
    agenda items of that youth close for this partner too, with what is kept more strictly beside this
    room, and the minutes in which the youth stands.
    """
    room = participation.compartment
    check_may_lead(by, room)
    ends = Q(pk=participation.pk)
    if room.kind == CompartmentKind.CASE and room.data_class == DataClass.BASIS:
        ends |= _follows(room) & Q(partner=participation.partner_id)
    for ending in Participation.objects.filter(ends, ended_at=None).order_by("pk"):
        Participation.objects.filter(pk=ending.pk).update(ended_at=Now(), ended_by=by)
        record(
            AccessEvent.PARTICIPATION_ENDED,
            by=by,
            about=ending,
            recipients=[ending.partner_id],
            compartment=ending.compartment_id,
        )


def _follows(room: Compartment) -> Q:
    """Participations that stand or fall with taking part in this room."""
    kind = "compartment__kind"
    points = Q(compartment__within=room.within_id, **{kind: CompartmentKind.AGENDA_ITEM})
    stricter = Q(compartment__beside=room)
    papers = Q(compartment__in=Inclusion.objects.filter(whole=room.within_id).values("compartment"))
    return points | stricter | (papers & Q(**{kind: CompartmentKind.DOCUMENT}))


def _receives_police_data(partner: Partner) -> bool:
    return PoliceDecision.objects.valid_on(timezone.localdate()).naming(partner).exists()
