"""Telling organisations that their part of the minutes is there; marked first, sent after that is committed."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import RoleAssignment, User
from accounts.roles import Role
from audit.log import record
from meetings.events import MeetingEvent
from meetings.models import Document, Meeting


@dataclass(frozen=True)
class Told:
    """Somebody who must hear that a part of the minutes of this meeting is ready."""

    meeting: Meeting
    person: User


@transaction.atomic
def claim(*, by: User) -> list[Told]:
    """Who must be told now, written down as told: each part is returned once, also when nobody could be told."""
    fresh = Document.objects.visible_to(by).filter(partner__isnull=False, told_at=None).defer("content")
    locked = fresh.select_for_update(of=("self",), no_key=True, skip_locked=True)
    parts = list(locked.select_related("meeting__series").order_by("pk"))
    told = []
    for part in parts:
        assert part.partner_id, "only parts are told, not the whole"
        readers = _readers(part)
        told += [Told(part.meeting, person) for person in readers]
        record(
            MeetingEvent.DOCUMENT_TOLD,
            by=by,
            about=part,
            recipients=[part.partner_id],
            people=len(readers),
        )
    Document.objects.visible_to(by).filter(pk__in=[part.pk for part in parts]).update(told_at=Now())
    return told


def _readers(part: Document) -> list[User]:
    """Who sits at the table for this organisation and can open the part now: asked as the page itself asks."""
    seats = RoleAssignment.objects.active().filter(
        role=Role.DEELNEMER, level=part.meeting.level, user__partner=part.partner_id
    )
    people = {row.user_id: row.user for row in seats.select_related("user__partner").order_by("user_id")}
    return [
        person
        for person in people.values()
        if person.email
        and Document.objects.readable_with(list(person.session_keys())).filter(pk=part.pk).exists()
    ]
