"""One item at a time on the meeting screen: read, write the note, decide, agree actions."""

from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.roles import Level
from audit.log import record
from cases.forms.cases import people_for
from foundation.errors import NotPossible, allows
from foundation.forms import refuse
from foundation.http import go_to
from meetings.events import MeetingEvent
from meetings.forms.desk import ActionForm, DecisionForm, NoteForm
from meetings.models import AgendaItem, AgreedAction, Decision, Meeting, Note
from meetings.operations import desk as operations
from meetings.permissions.live import check_can_correct, check_can_write
from meetings.views.follow import nothing_new
from meetings.views.screen import (
    Agenda,
    about,
    agenda_of,
    clock_shown,
    line_of,
    meeting_to_lead,
    next_time,
    owners_of,
)


@dataclass
class Desk:
    """One item, open on the screen of who leads."""

    request: HttpRequest
    meeting: Meeting
    item: AgendaItem

    def note_form(self) -> NoteForm:
        note = self.note()
        initial = {"version": self.item.note_version, "text": note.text if note else ""}
        return NoteForm(initial=initial, auto_id="note_%s")

    def note(self) -> Note | None:
        notes = Note.objects.visible_to(self.request.user).filter(item=self.item)
        newest: Note | None = notes.select_related("written_by").order_by("-version").first()
        return newest

    def decision_form(self, data: Any = None) -> DecisionForm:
        case = self.item.case
        return DecisionForm(
            Level(case.level), people_for(case, self.request.user), data, auto_id="decision_%s"
        )

    def action_form(self, data: Any = None) -> ActionForm:
        owners = owners_of(self.request.user, self.item)
        initial, table = {"due_on": next_time(self.meeting)}, self.meeting.get_level_display()
        return ActionForm(owners, data, auto_id="action_%s", initial=initial, table=table)

    def decisions(self) -> list[Decision]:
        found = Decision.objects.visible_to(self.request.user).filter(item=self.item)
        return list(found.select_related("level_change", "casusregisseur").order_by("decided_at", "pk"))

    def actions(self) -> list[AgreedAction]:
        found = AgreedAction.objects.visible_to(self.request.user).filter(item=self.item, withdrawn_at=None)
        return list(found.select_related("owner_partner", "owner_person").order_by("pk"))

    def context(self) -> dict[str, Any]:
        return {
            "meeting": self.meeting,
            "item": self.item,
            "may_write": allows(check_can_write, self.request.user, self.meeting),
            "may_correct": allows(check_can_correct, self.request.user, self.meeting),
        }


def find_desk(request: HttpRequest, uuid: Any, item: Any) -> Desk:
    return _desk_at(request, meeting_to_lead(request.user, uuid), item)


def _desk_at(request: HttpRequest, meeting: Meeting, item: Any) -> Desk:
    """Find the item for who leads; not visible is not there."""
    found = AgendaItem.objects.visible_to(request.user).filter(meeting=meeting, slot__withdrawn_at=None)
    one = get_object_or_404(
        found.select_related("slot", "case__youth__municipality", "case__municipality"), uuid=item
    )
    one.meeting = meeting
    return Desk(request, meeting, one)


@require_GET
def live_item(request: HttpRequest, uuid: Any, item: Any) -> HttpResponse:
    desk = find_desk(request, uuid, item)
    check_can_correct(request.user, desk.meeting)
    operations.open_item(item=desk.item, by=request.user)
    return show_desk(desk)


@require_GET
def live_item_since(request: HttpRequest, uuid: Any, item: Any, version: int) -> HttpResponse:
    """The same screen for itself: 204 when nothing was written here since this version. It moves the table nowhere."""
    meeting = meeting_to_lead(request.user, uuid)
    if version == meeting.version:
        return HttpResponse(status=204)
    desk = _desk_at(request, meeting, item)
    check_can_correct(request.user, meeting)
    if 0 < version >= max(meeting.whole_version, desk.item.slot.version):
        return nothing_new(meeting)  # what was written at another point is not on this screen
    agenda = agenda_of(request.user, meeting, desk.item)
    record(MeetingEvent.FOLLOWED, by=request.user, about=agenda.seen)
    if agenda.current and agenda.current.is_closed:
        return HttpResponse(
            status=204
        )  # what stands there stays; nothing new of a point that closed meanwhile
    return render(request, "meetings/live_item.html#parts", _shown(desk, agenda))


def show_desk(desk: Desk, status: int = 200, **forms: Any) -> HttpResponse:
    """The whole screen. Forms that were refused come back as they were sent."""
    agenda = agenda_of(desk.request.user, desk.meeting, desk.item)
    # What was typed on a screen that was open already comes back with it, even when the door closed meanwhile.
    if not forms and agenda.current and agenda.current.is_closed:
        return _door(desk, agenda, status)
    record(MeetingEvent.ITEM_LED, by=desk.request.user, about=desk.item)
    record(MeetingEvent.AGENDA_VIEWED, by=desk.request.user, about=agenda.seen)
    return render(desk.request, "meetings/live_item.html", _shown(desk, agenda, **forms), status=status)


def _shown(desk: Desk, agenda: Agenda, **forms: Any) -> dict[str, Any]:
    request, note = desk.request, desk.note()
    return (
        desk.context()
        | about(request.user, desk.meeting, desk.item)
        | {
            "agenda": agenda,
            **clock_shown(desk.meeting, agenda),
            "previous_url": agenda.beside(-1),
            "next_url": agenda.beside(+1),
            "live_url": line_of(desk.meeting),
            "presence_form": forms.get("presence_form"),
            "note": note,
            "changed_line": _changed_line(note, request.user),
            "note_form": forms.get("note_form") or desk.note_form(),
            "conflict": forms.get("conflict"),
            "decisions": desk.decisions(),
            "decision_form": forms.get("decision_form") or desk.decision_form(),
            "actions": desk.actions(),
            "action_form": forms.get("action_form") or desk.action_form(),
        }
    )


def _changed_line(note: Note | None, reader: User) -> str:
    """What who is typing in this note hears, when it was somebody else who saved it meanwhile."""
    if note is None or note.written_by_id == reader.pk:
        return ""
    at = f"{localtime(note.written_at):%H:%M}"
    return f"{note.written_by} wijzigde deze notitie om {at}. Slaat u op, dan ziet u beide teksten."


def _door(desk: Desk, agenda: Agenda, status: int) -> HttpResponse:
    """Before the point opens: who leaves the table. Not a word about the youth, the beamer is on."""
    record(MeetingEvent.AGENDA_VIEWED, by=desk.request.user, about=agenda.seen)
    context = desk.context() | {
        "agenda": agenda,
        "previous_url": agenda.beside(-1),
        "next_url": agenda.beside(+1),
    }
    return render(desk.request, "meetings/live_door.html", context, status=status)


@require_POST
def item_decide(request: HttpRequest, uuid: Any, item: Any) -> HttpResponse:
    desk = find_desk(request, uuid, item)
    form, status = desk.decision_form(request.POST), 400
    if form.is_valid():
        try:
            operations.decide(item=desk.item, by=request.user, **form.answers())
            return _decided(desk, "Besluit vastgelegd.")
        except NotPossible as no:
            status = refuse(form, no)
    return _refused(desk, status, "decision_form", form, "meetings/live_decisions.html")


@require_POST
def decision_take_back(request: HttpRequest, uuid: Any, item: Any, decision: Any) -> HttpResponse:
    desk = find_desk(request, uuid, item)
    taken = get_object_or_404(Decision.objects.visible_to(request.user), item=desk.item, uuid=decision)
    operations.take_back_decision(decision=taken, by=request.user)
    return _decided(desk, "Besluit teruggenomen.")


def _decided(desk: Desk, say: str) -> HttpResponse:
    """The decisions as they stand now, and the agenda that shows it."""
    request = desk.request
    if not request.htmx:
        return go_to(request, "meetings:live_item", desk.meeting.uuid, desk.item.uuid)
    agenda = agenda_of(request.user, desk.meeting, desk.item)
    record(MeetingEvent.AGENDA_VIEWED, by=request.user, about=agenda.seen)
    fresh = {"decisions": desk.decisions(), "decision_form": desk.decision_form()}
    after = {"focus": "besluiten-kop", "say": say}
    context = desk.context() | fresh | after | {"agenda": agenda, "is_beside": True}
    return render(request, "meetings/live_decided.html", context)


@require_POST
def item_act(request: HttpRequest, uuid: Any, item: Any) -> HttpResponse:
    desk = find_desk(request, uuid, item)
    form, status = desk.action_form(request.POST), 400
    if form.is_valid():
        try:
            operations.agree_action(item=desk.item, by=request.user, **form.answers())
            return _agreed(desk, focus="action_text", say="Actie toegevoegd.")
        except NotPossible as no:
            status = refuse(form, no)
    return _refused(desk, status, "action_form", form, "meetings/live_actions.html")


@require_POST
def item_act_read(request: HttpRequest, uuid: Any, item: Any) -> HttpResponse:
    """How a line is understood while somebody types it. By POST, because a line may name somebody; kept nowhere."""
    desk = find_desk(request, uuid, item)
    check_can_write(request.user, desk.meeting)
    form = desk.action_form(request.POST)
    form.is_valid()
    record(MeetingEvent.ITEM_LED, by=request.user, about=desk.item)
    return JsonResponse({"understood": form.understood()})


@require_POST
def action_take_back(request: HttpRequest, uuid: Any, item: Any, action: Any) -> HttpResponse:
    desk = find_desk(request, uuid, item)
    taken = get_object_or_404(AgreedAction.objects.visible_to(request.user), item=desk.item, uuid=action)
    operations.take_back_action(agreed=taken, by=request.user)
    return _agreed(desk, focus="acties-kop", say="Actie teruggenomen.")


def _agreed(desk: Desk, **after: str) -> HttpResponse:
    """The actions of this item as they stand now. `after`: where the focus goes, because the button is gone, and what is said."""
    request = desk.request
    if not request.htmx:
        return go_to(request, "meetings:live_item", desk.meeting.uuid, desk.item.uuid)
    record(MeetingEvent.ITEM_LED, by=request.user, about=desk.item)
    context = desk.context() | {
        "actions": desk.actions(),
        "action_form": desk.action_form(),
        **after,
    }
    return render(request, "meetings/live_actions.html", context)


def _refused(desk: Desk, status: int, name: str, form: Form, template: str) -> HttpResponse:
    """A form comes back with what was typed and what is wrong."""
    if not desk.request.htmx:
        return show_desk(desk, status, **{name: form})
    record(MeetingEvent.ITEM_LED, by=desk.request.user, about=desk.item)
    rows = {"decisions": desk.decisions()} if name == "decision_form" else {"actions": desk.actions()}
    return render(desk.request, template, desk.context() | rows | {name: form}, status=status)


@require_POST
def item_discussed(request: HttpRequest, uuid: Any, item: Any) -> HttpResponse:
    """Tick the item off and go on, or put it back and stay."""
    desk = find_desk(request, uuid, item)
    is_discussed = request.POST.get("besproken") == "ja"
    operations.mark_discussed(item=desk.item, is_discussed=is_discussed, by=request.user)
    agenda = agenda_of(request.user, desk.meeting, desk.item)
    if not is_discussed:
        return go_to(request, "meetings:live_item", uuid, item)
    return go_to(request, agenda.beside(+1)) if agenda.beside(+1) else go_to(request, "meetings:live", uuid)
