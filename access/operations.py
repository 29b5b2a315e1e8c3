"""Everything that changes who reads. Each function checks, writes and logs, or does nothing.

Two of them (`expire`, `recompute`) are the clock's. The database derives the readers itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.models import Permission as GuardianPermission
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from access.events import AccessEvent
from access.models import (
    Compartment,
    CompartmentKind,
    EndedGrant,
    Exclusion,
    Grant,
    Ground,
    Participation,
)
from access.permissions import check_can_open, check_may_be_given, check_may_lead
from accounts.models import Municipality, Partner, User
from accounts.roles import DataClass, Level
from audit.log import record
from foundation.errors import NotPossible


def open_compartment(
    *,
    kind: CompartmentKind,
    level: Level,
    municipality: Municipality | None,
    by: User,
    within: Compartment | None = None,
    author: User | None = None,
    is_private: bool = False,
    data_class: DataClass = DataClass.BASIS,
) -> Compartment:
    """Make the room in which rows will stand. The operation that fills it writes the log."""
    return Compartment.objects.create(
        kind=kind,
        level=level,
        municipality=municipality,
        within=within,
        author=author,
        is_private=is_private,
        data_class=data_class,
    )


def prepare_room(*, within: int, level: Level, municipality: Municipality | None, by: User) -> int:
    """Make the room of a case ready at another level and return its id. Its maker cannot look inside."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_prepare_room(%s, %s, %s)",
            [within, level, municipality.pk if municipality else None],
        )
        room: int = cursor.fetchone()[0]
    return room


def close_room(*, room: int, by: User) -> None:
    """Close a room for good: regie of its level no longer reads it. Takes the id: one may not see it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_close_room(%s, %s)", [room, by.pk])


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
    """Let a partner's deelnemers read this compartment. Raises NotPossible when they already do."""
    check_can_open(by, compartment)
    _check_future(until)
    before = Participation.objects.filter(compartment=compartment, partner=partner, ended_at=None).first()
    already = f"{partner} neemt al deel."
    if before and not _is_over(before.until):
        raise NotPossible(already)
    if before:
        end_participation(participation=before, by=by)
    with _once(already):
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
    agenda items of that youth close for this partner too.
    """
    room = participation.compartment
    check_may_lead(by, room)
    ends = Q(pk=participation.pk)
    if room.kind == CompartmentKind.CASE:
        points = Q(compartment__within=room.within_id, compartment__kind=CompartmentKind.AGENDA_ITEM)
        ends |= points & Q(partner=participation.partner_id)
    for ending in Participation.objects.filter(ends, ended_at=None).order_by("pk"):
        Participation.objects.filter(pk=ending.pk).update(ended_at=Now(), ended_by=by)
        record(
            AccessEvent.PARTICIPATION_ENDED,
            by=by,
            about=ending,
            recipients=[ending.partner_id],
            compartment=ending.compartment_id,
        )


@transaction.atomic
def grant(
    *, compartment: Compartment, user: User, until: datetime, ground: Ground, reason: str, by: User
) -> Grant:
    """Let one named person read this one compartment until then. Raises NotPossible when they already may."""
    check_can_open(by, compartment)
    _check_future(until)
    if user.pk == by.pk:
        raise NotPossible("U kunt uzelf geen toegang geven.")
    check_may_be_given(user)
    before = Grant.objects.filter(content_object=compartment, user=user).first()
    already = f"{user} heeft al persoonlijke toegang."
    if before and not _is_over(before.until):
        raise NotPossible(already)
    if before:
        _end_grant(before, by)
    reading = GuardianPermission.objects.get(codename="view_compartment", content_type__app_label="access")
    with _once(already):
        given = Grant.objects.create(
            content_object=compartment,
            user=user,
            permission=reading,
            until=until,
            ground=ground,
            reason=reason,
            granted_by=by,
        )
    record(
        AccessEvent.GRANTED,
        by=by,
        about=given,
        ground=ground,
        recipients=[user.partner_id],
        compartment=compartment.pk,
        person=user.pk,
    )
    return given


@transaction.atomic
def end_grant(*, grant: Grant, by: User) -> None:
    """End a named exception. The row goes (guardian would still honour it); its history stays."""
    check_may_lead(by, grant.content_object)
    _end_grant(grant, by)


def _end_grant(given: Grant, by: User) -> None:
    EndedGrant.objects.create(
        compartment_id=given.content_object_id,
        user_id=given.user_id,
        until=given.until,
        ground=given.ground,
        reason=given.reason,
        granted_by_id=given.granted_by_id,
        granted_at=given.granted_at,
        ended_by=by,
    )
    record(
        AccessEvent.GRANT_ENDED, by=by, about=given, compartment=given.content_object_id, person=given.user_id
    )
    given.delete()


@transaction.atomic
def exclude(*, compartment: Compartment, user: User, reason: str, by: User) -> Exclusion:
    """Keep one person out of a compartment and all within it, for instance because they know the youth."""
    check_may_lead(by, compartment)
    exclusion = Exclusion.objects.create(compartment=compartment, user=user, reason=reason, added_by=by)
    record(AccessEvent.EXCLUDED, by=by, about=exclusion, compartment=compartment.pk, person=user.pk)
    return exclusion


@transaction.atomic
def end_exclusion(*, exclusion: Exclusion, by: User) -> None:
    """Let the person in again, as far as their keys reach."""
    check_may_lead(by, exclusion.compartment)
    ended = Exclusion.objects.filter(pk=exclusion.pk, ended_at=None).update(ended_at=Now(), ended_by=by)
    if ended:
        record(AccessEvent.EXCLUSION_ENDED, by=by, about=exclusion, compartment=exclusion.compartment_id)


@transaction.atomic
def expire(*, by: User) -> int:
    """Bring readers up to date where a participation or grant has lapsed. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_expire()")
        lapsed: int = cursor.fetchone()[0]
    if lapsed:
        record(AccessEvent.READERS_EXPIRED, by=by, compartments=lapsed)
    return lapsed


@transaction.atomic
def recompute(*, by: User) -> int:
    """Compute all readers afresh. Returns how many were wrong; the caller makes noise when that is not none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_recompute_all()")
        wrong: int = cursor.fetchone()[0]
    record(AccessEvent.READERS_RECOMPUTED, by=by, wrong=wrong)
    return wrong


@contextmanager
def _once(already: str) -> Iterator[None]:
    """Two who do the same at the same moment: the second hears that it was done already."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as there:
        raise NotPossible(already) from there


def _is_over(until: datetime | None) -> bool:
    return until is not None and until <= timezone.now()


def _check_future(until: datetime | None) -> None:
    if _is_over(until):
        raise NotPossible("De einddatum ligt in het verleden.")
