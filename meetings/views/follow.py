"""Following a meeting on one's own screen: each sees what that person may see, and it keeps itself up to date."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import User
from audit.log import record
from meetings.events import MeetingEvent
from meetings.models import AgendaItem, AgreedAction, Decision, Meeting, MeetingState, Note
from meetings.permissions.series import check_may_attend
from meetings.rules.live import check_can_follow, numbers_of, places_of
from meetings.stranger_queries import withhold_strangers
from meetings.views.agenda_page import group_points_of
from meetings.views.screen import line_of


@dataclass
class Place:
    """One place on the agenda: nameless, or with all that this reader may read of it."""

    number: int
    item: AgendaItem | None
    minutes: int
    is_break: bool = False
    is_now: bool = False
    note: Note | None = None
    decisions: list[Decision] = field(default_factory=list)
    actions: list[AgreedAction] = field(default_factory=list)

    @property
    def badge(self) -> tuple[str, str] | None:
        if self.is_now:
            return "nu aan de orde", "info"
        if self.item is None or not self.item.discussed_at:
            return None
        return ("besloten", "positive") if self.item.is_decided else ("besproken", "neutral")

    def texts(self) -> list[tuple[Model, str]]:
        """What people wrote here: the row and its field."""
        written = [(row, "text") for row in (self.note, *self.decisions, *self.actions) if row]
        return [(self.item, "question"), *written] if self.item else []


@require_GET
def follow(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The meeting as it stands now."""
    meeting = _meeting(request, uuid)
    check_can_follow(meeting)
    return _show(request, meeting, "meetings/follow.html")


@require_GET
def follow_since(request: HttpRequest, uuid: Any, version: int) -> HttpResponse:
    """The same page for itself: 204 when nothing was written since this version. Version 0 asks it all.

    When only points were written at, only those: ten screens fetch every line that is typed.
    """
    meeting = _meeting(request, uuid)
    if version == meeting.version:
        return HttpResponse(status=204)
    check_can_follow(meeting)
    since = version if version >= meeting.whole_version else None
    return _show(request, meeting, "meetings/follow.html#places", since)


@require_GET
def follow_allowed(request: HttpRequest, uuid: Any) -> HttpResponse:
    """204 for who may follow: asked by the live process with the browser's own cookie. Tells nothing else."""
    check_can_follow(_meeting(request, uuid))
    return HttpResponse(status=204)


def nothing_new(meeting: Meeting) -> HttpResponse:
    """Nothing that this screen shows changed up to this version: it need not ask for it again."""
    return HttpResponse(status=204, headers={"X-Meeting-Version": str(meeting.version)})


def _meeting(request: HttpRequest, uuid: Any) -> Meeting:
    found = Meeting.objects.open_to(request.user).select_related("series")
    meeting: Meeting = get_object_or_404(found, uuid=uuid)
    check_may_attend(request.user)
    return meeting


def _show(request: HttpRequest, meeting: Meeting, template: str, since: int | None = None) -> HttpResponse:
    places = places_for(request.user, meeting, since)
    mine = [place for place in places if place.item]
    if since is not None and not mine:
        return nothing_new(meeting)
    groups = group_points_of(meeting, request.user) if since is None else []
    of_groups = [(group, name) for group in groups for name in ("question", "outcome")]
    withhold_strangers(meeting, [*(text for place in mine for text in place.texts()), *of_groups])
    record(MeetingEvent.FOLLOWED, by=request.user, about=[*(place.item for place in mine), *groups])
    now = next((place for place in places if place.is_now), None)
    context = {
        "meeting": meeting,
        "places": places,
        "is_part": since is not None,
        "group_points": groups,
        "now": now,
        "count": sum(not place.is_break for place in places),
        "is_over": meeting.closed_at is not None,
        "mine": len(mine) + len(groups),
        "live_url": line_of(meeting),
    }
    return render(request, template, context)


def places_for(user: User, meeting: Meeting, since: int | None = None) -> list[Place]:
    """All places in order, with where the table is: also a place of which this reader sees no more than a number.

    `since`: only those where something was written after this version of the meeting.
    """
    slots = places_of(meeting)
    numbers = numbers_of(slots)
    slots = [slot for slot in slots if since is None or slot.version > since]
    found = AgendaItem.objects.visible_to(user).filter(slot__in=slots).on_agenda().with_decided()
    items = {item.slot_id: item for item in found.select_related("case__youth")}
    is_running = meeting.state == MeetingState.RUNNING
    places = [
        Place(
            numbers.get(slot.pk, 0),
            items.get(slot.pk),
            slot.minutes,
            slot.is_break,
            is_now=is_running and slot.pk == meeting.at_slot_id,
        )
        for slot in slots
    ]
    by_item = {place.item.pk: place for place in places if place.item}
    notes = Note.objects.visible_to(user).filter(item__in=by_item).order_by("item_id", "-version")
    for note in notes.distinct("item_id").select_related("written_by"):
        by_item[note.item_id].note = note
    decisions = Decision.objects.visible_to(user).filter(item__in=by_item, withdrawn_at=None)
    for decision in decisions.select_related("level_change", "casusregisseur").order_by("decided_at", "pk"):
        by_item[decision.item_id].decisions.append(decision)
    actions = AgreedAction.objects.visible_to(user).filter(item__in=by_item, withdrawn_at=None)
    for action in actions.select_related("owner_partner", "owner_person").order_by("pk"):
        by_item[action.item_id].actions.append(action)
    return places
