"""Taking a signal away from the wrong youth, and the note about it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from access.models import CompartmentKind
from access.operations import open_compartment
from accounts.models import Partner, User
from accounts.roles import Level
from audit.log import record
from cases.events import CaseEvent
from cases.models import ToldSignal, WrongYouth, WrongYouthReader
from cases.permissions.cases import check_may_lead
from cases.permissions.wrong_youths import check_may_note
from cases.rules.wrong_youths import LISTS, PAGES, Facts, draft_note
from foundation.errors import NotPossible, Stale


@transaction.atomic
def unlink(*, told: ToldSignal, reason: str, papers: Sequence[str], key: UUID, by: User) -> WrongYouth:
    """This signal is about somebody else: it leaves this case at once, and goes back to triage.

    `papers` are the minutes that must be made known again. The same key twice is once; whoever comes second with
    another gets NotPossible.
    """
    check_may_lead(by, told.case)
    made = WrongYouth.objects.visible_to(by).filter(uuid=key)
    if done := made.first():
        known: WrongYouth = done
        return known
    if not reason.strip():
        raise NotPossible("Zeg waarom dit de verkeerde jongere is.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT from_signal, since, kept_as FROM cases_unlink_signal(%s)", [told.pk])
        signal, since, classes = cursor.fetchone()
    if since is None:
        if done := made.first():  # the same button at the same moment
            known = done
            return known
        raise NotPossible("Dit signaal is al losgemaakt.")
    wrong = _keep(told, signal, since, classes, reason, key, by)
    readers = _readers(wrong, by)
    names = Partner.objects.filter(pk__in={reader.partner_id for reader in readers}).order_by("name")
    facts = Facts(since, wrong.unlinked_at, classes, [str(one) for one in names], len(readers), papers)
    WrongYouth.objects.visible_to(by).filter(pk=wrong.pk).update(note=draft_note(facts))
    record(CaseEvent.SIGNAL_UNLINKED, by=by, about=wrong, signal=signal, readers=len(readers))
    wrong.refresh_from_db()
    return wrong


def _keep(
    told: ToldSignal, signal: int, since: datetime, classes: list[int], reason: str, key: UUID, by: User
) -> WrongYouth:
    case = told.case
    compartment = open_compartment(
        kind=CompartmentKind.WRONG_YOUTH,
        level=Level(case.room.level),
        municipality=case.room.municipality,
        within=case.compartment,
        by=by,
    )
    wrong: WrongYouth = WrongYouth.objects.create(
        uuid=key,
        compartment=compartment,
        case=case,
        youth_number=case.youth_id,
        signal_number=signal,
        reason=reason,
        classes=classes,
        note="",
        told_at=since,
        unlinked_by=by,
    )
    wrong.refresh_from_db(fields=["unlinked_at"])
    return wrong


def _readers(wrong: WrongYouth, by: User) -> list[WrongYouthReader]:
    """Who read it, as the log knows it now. Regie does not read the log; the database answers for this row only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_wrong_youth_readers(%s, %s, %s)", [wrong.pk, PAGES, LISTS])
        found = cursor.fetchall()
    names = ("partner_id", "person_id", "roles", "times", "first_at", "last_at")
    made: list[WrongYouthReader] = WrongYouthReader.objects.bulk_create(
        WrongYouthReader(
            wrong=wrong, compartment_id=wrong.compartment_id, **dict(zip(names, row, strict=True))
        )
        for row in found
    )
    return made


@transaction.atomic
def note(*, wrong: WrongYouth, version: int, text: str, by: User) -> WrongYouth:
    """Go on with the note. Raises Stale when somebody else changed it meanwhile."""
    held: WrongYouth = (
        WrongYouth.objects.visible_to(by).select_for_update(no_key=True, of=("self",)).get(pk=wrong.pk)
    )
    check_may_note(by, held)
    if not text.strip():
        raise NotPossible("Een lege notitie zegt niets. Schrijf op wat er is gebeurd.")
    if held.note == text:
        return held
    if held.version != version:
        raise Stale("Iemand anders heeft deze notitie intussen gewijzigd.", current=held)
    held.note, held.version = text, held.version + 1
    held.save(update_fields=["note", "version"])
    record(CaseEvent.WRONG_YOUTH_NOTED, by=by, about=held, version=held.version)
    return held
