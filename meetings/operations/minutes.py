"""Confirming minutes, and the documents that are made of them: asked for, made once, stored once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from access.models import Compartment, CompartmentKind, Ground, Inclusion, ScopedQuerySet
from access.operations import add_participation, open_compartment
from access.seats import Seat
from accounts.models import Partner, User
from accounts.roles import Level
from audit.log import record
from cases.models import Group, Youth
from foundation.errors import NotPossible
from foundation.scope import acting_as
from jobs.models import Job
from jobs.operations import Tell, ask
from meetings.documents import (
    check_names,
    items_of,
    make_paper,
    names_in,
    participants_of,
    partners_of,
    read_minutes,
    slips_in,
)
from meetings.events import MeetingEvent
from meetings.models import Document, Meeting, MeetingState
from meetings.operations.live import hold
from meetings.papers import Minutes, Paper
from meetings.permissions.minutes import check_can_ask, check_can_confirm
from meetings.proofs import Proof, new_proof
from meetings.remark_queries import others_who_lead, waiting_in
from meetings.rules import minutes as rules
from meetings.rules.live import check_sees_everything, places_of

KIND = "meetings.minutes"
WHOLE = "whole"
NOBODY: dict[str, Any] = {"approved_at": None, "approved_by": None, "approved_text": ""}


@transaction.atomic
def confirm(*, meeting: Meeting, by: User, seen: str | None = None) -> list[Job]:
    """Agree with the minutes as they are now. `seen`: the fingerprint of what this person read, if it was a page.

    The second person who does so makes them final, and documents are asked.

    Whatever changed after the first makes the next one the first again. Where nobody else leads this table, one
    suffices. Confirming twice is confirming once.
    """
    meeting = hold(meeting=meeting, by=by)
    if meeting.state != MeetingState.CONFIRMED:
        found = read_minutes(meeting, by)
        rules.check_was_read(found.fingerprint, seen)
        check_can_confirm(
            by,
            meeting,
            items_of(meeting, by),
            places_of(meeting),
            slips_in(meeting, found, by),
            waiting_in(meeting, by),
        )
        is_signed = rules.counts(meeting, found.fingerprint)
        if others_who_lead(meeting, by):
            if not is_signed:
                return _approve(meeting, found.fingerprint, by)
            rules.check_is_another(meeting, by.pk)
        first = {} if is_signed and meeting.approved_by_id != by.pk else NOBODY
        Meeting.objects.filter(pk=meeting.pk).update(
            state=MeetingState.CONFIRMED, confirmed_at=Now(), confirmed_by=by, **first
        )
        record(MeetingEvent.MINUTES_CONFIRMED, by=by, about=meeting)
        meeting.refresh_from_db()
    return ask_documents(meeting=meeting, by=by)


def _approve(meeting: Meeting, text: str, by: User) -> list[Job]:
    Meeting.objects.filter(pk=meeting.pk).update(approved_at=Now(), approved_by=by, approved_text=text)
    record(MeetingEvent.MINUTES_APPROVED, by=by, about=meeting)
    return []


@transaction.atomic
def ask_documents(*, meeting: Meeting, by: User) -> list[Job]:
    """Ask for every document that is not there yet: the whole, and a part for each partner that was invited.

    Asking again tries anew what failed and leaves the rest alone.
    """
    meeting = hold(meeting=meeting, by=by)
    check_can_ask(by, meeting)
    made = set(Document.objects.visible_to(by).filter(meeting=meeting).values_list("partner_id", flat=True))
    wanted = [pk for pk in (None, *(p.pk for p in partners_of(meeting, by))) if pk not in made]
    jobs = [
        ask(kind=KIND, subject_id=meeting.pk, by=by, key=f"minutes:{meeting.pk}:{pk or WHOLE}")
        for pk in wanted
    ]
    if jobs:
        record(MeetingEvent.DOCUMENTS_ASKED, by=by, about=meeting, documents=len(jobs))
    return jobs


@dataclass(frozen=True)
class Order:
    """What a job is about: a meeting, and the partner whose part it is (none: the whole)."""

    meeting: Meeting
    partner: Partner | None

    @classmethod
    def of(cls, job: Job) -> "Order":
        meeting = Meeting.objects.select_related("series", "started_by", "approved_by", "confirmed_by").get(
            pk=job.subject_id
        )
        part = job.key.rpartition(":")[2]
        return cls(meeting, None if part == WHOLE else Partner.objects.get(pk=int(part)))


class MinutesWork:
    """The job that makes one document. Each reader is asked in a scope of its own, one after the other."""

    lease_seconds = 300
    own_scope = True

    def read(self, job: Job, tell: Tell) -> Minutes:
        order = Order.of(job)
        with acting_as(job.asked_by):
            check_can_ask(job.asked_by, order.meeting)
            items = items_of(order.meeting, job.asked_by)
            check_sees_everything(items, places_of(order.meeting))
            names = names_in(items)
            if order.partner is None:
                minutes = read_minutes(order.meeting, job.asked_by)
        if order.partner is not None:
            with acting_as(seat := Seat(order.partner, Level(order.meeting.level))):
                minutes = read_minutes(order.meeting, seat, part_for=order.partner)
            check_names(minutes, names)
        tell(1, 3)
        return replace(minutes, proof=new_proof(order.meeting))

    def make(self, data: Minutes, tell: Tell) -> Paper:
        paper = make_paper(data)
        tell(2, 3)
        return paper

    def store(self, job: Job, data: Minutes, result: Paper) -> None:
        order = Order.of(job)
        if order.partner:
            hold_open(meeting=order.meeting, partner=order.partner, youth_ids=data.youth_ids, by=job.asked_by)
        store_document(
            meeting=order.meeting,
            partner=order.partner,
            paper=result,
            youth_ids=data.youth_ids,
            group_ids=[group.id for group in data.groups],
            seal=data.seal,
            proof=data.proof,
            by=job.asked_by,
        )


class Outdated(Exception):
    """Somebody left while the part was made. It is thrown away, and made again of what is open now."""


def hold_open(*, meeting: Meeting, partner: Partner, youth_ids: list[int], by: User) -> None:
    """Make sure that this partner still reads each of these points, and keep it so until we are done."""
    points = {item.compartment_id: item.case.youth_id for item in items_of(meeting, by)}
    seats = participants_of(points, by.session_keys()).filter(partner=partner)
    held = seats.select_for_update(of=("self",), no_key=True)
    if not {points[seat.compartment_id] for seat in held}.issuperset(youth_ids):
        raise Outdated(f"a part for partner {partner.pk} was made of points that closed meanwhile")


@transaction.atomic
def store_document(
    *,
    meeting: Meeting,
    partner: Partner | None,
    paper: Paper,
    youth_ids: list[int],
    by: User,
    group_ids: Sequence[int] = (),
    seal: str = "",
    proof: Proof | None = None,
) -> Document:
    """Keep a finished document, once: what is there already is never replaced."""
    if meeting.state != MeetingState.CONFIRMED:
        raise NotPossible("Het verslag is nog niet vastgesteld.")
    if kept := Document.objects.visible_to(by).filter(meeting=meeting, partner=partner).first():
        found: Document = kept
        return found
    compartment = open_compartment(
        kind=CompartmentKind.DOCUMENT,
        level=Level(meeting.level),
        municipality=meeting.series.municipality,
        by=by,
    )
    document = Document.objects.create(
        compartment=compartment,
        meeting=meeting,
        partner=partner,
        content=paper.pdf,
        sha256=paper.sha256,
        code=proof.code if proof else "",
        previous_sha256=proof.previous if proof else "",
        pages=paper.pages,
        youth_ids=youth_ids,
        made_by=by,
    )
    _tie(compartment, Youth.objects.visible_to(by).filter(pk__in=youth_ids))
    _tie(compartment, Group.objects.visible_to(by).filter(pk__in=group_ids))
    readers = [partner] if partner else _seated(meeting)
    for one in readers:
        _open_for(compartment, one, by)
    record(
        MeetingEvent.DOCUMENT_STORED,
        by=by,
        about=document,
        recipients=[one.pk for one in readers],
        pages=paper.pages,
        seal=seal,
    )
    return document


def _seated(meeting: Meeting) -> list[Partner]:
    """Who reads the whole: of a partneroverleg who has a seat, of every other meeting nobody but regie."""
    if not meeting.is_with_partners:
        return []
    seats = meeting.series.standing_participants.filter(ended_at=None, partner__closed_at=None)
    return [seat.partner for seat in seats.select_related("partner").order_by("partner__name")]


def _tie(compartment: Compartment, about: ScopedQuerySet) -> None:
    """Say which youths and groups stand in the paper: who is kept out of one is kept out of the paper too."""
    wholes = about.values_list("compartment_id", flat=True)
    Inclusion.objects.bulk_create(Inclusion(compartment=compartment, whole_id=whole) for whole in wholes)


def _open_for(compartment: Compartment, partner: Partner, by: User) -> None:
    add_participation(
        compartment=compartment,
        partner=partner,
        ground=Ground.CONVENANT,
        reason="Deel van het verslag voor deze organisatie",
        until=timezone.now() + timedelta(days=settings.DOCUMENT_DAYS),
        by=by,
    )
