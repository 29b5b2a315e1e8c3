"""The note of one item: saved by the button, or by itself while somebody types; two who write keep both texts."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from audit.log import record
from foundation.errors import NotPossible, Stale
from foundation.forms import refuse
from foundation.http import go_to
from meetings.events import MeetingEvent
from meetings.forms.desk import NoteForm
from meetings.models import Note
from meetings.operations import desk as operations
from meetings.views.desk import Desk, find_desk, show_desk


@require_POST
def item_note(request: HttpRequest, uuid: Any, item: Any) -> HttpResponse:
    """Save the note: by the button, or by itself while somebody types."""
    desk = find_desk(request, uuid, item)
    form = NoteForm(request.POST, auto_id="note_%s")
    is_autosave = request.headers.get("X-Requested-With") == "autosave"
    if not form.is_valid():
        return _refused(desk, form, 400, is_autosave=is_autosave)
    try:
        version = operations.save_note(item=desk.item, by=request.user, **form.cleaned_data)
    except Stale as stale:
        return _conflict(desk, form, stale, is_autosave=is_autosave)
    except NotPossible as no:
        return _refused(desk, form, refuse(form, no), is_autosave=is_autosave)
    if not is_autosave:
        return go_to(request, "meetings:live_item", uuid, item)
    record(MeetingEvent.ITEM_LED, by=request.user, about=desk.item)
    return JsonResponse({"version": version, "saved_at": f"{localtime():%H:%M}"})


def _refused(desk: Desk, form: NoteForm, status: int, *, is_autosave: bool) -> HttpResponse:
    """The reason, and in a form what was typed; who saves while typing has that on the screen."""
    if not is_autosave:
        return show_desk(desk, status, note_form=form)
    record(MeetingEvent.ITEM_LED, by=desk.request.user, about=desk.item)
    reason = " ".join(error for errors in form.errors.values() for error in errors)
    return JsonResponse({"reason": reason}, status=status)


def _conflict(desk: Desk, form: NoteForm, stale: Stale, *, is_autosave: bool) -> HttpResponse:
    """Both texts side by side. The form keeps what was typed and gets the newest version to save over."""
    current: Note = stale.current
    mine = form.cleaned_data["text"]
    both = {"mine": mine, "theirs": current.text, "version": current.version, "by": current.written_by}
    context = both | {"at": f"{localtime(current.written_at):%H:%M}"}
    if is_autosave:
        record(MeetingEvent.ITEM_LED, by=desk.request.user, about=desk.item)
        return render(desk.request, "meetings/live_conflict.html", context, status=409)
    again = NoteForm(initial={"version": current.version, "text": mine}, auto_id="note_%s")
    return show_desk(desk, 409, note_form=again, conflict=context)
