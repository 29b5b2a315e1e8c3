"""Who is at the table for one point: opening it, putting it last, correcting who was there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from foundation.errors import Stale
from foundation.forms import refuse
from foundation.http import go_to
from meetings.forms.live import PresenceForm
from meetings.operations import presence as operations
from meetings.views.desk import find_desk, show_desk
from meetings.views.screen import invited_to


@require_POST
def item_clear(request: HttpRequest, uuid: Any, item: Any) -> HttpResponse:
    """Everybody who may not hear it has left: open the point."""
    desk = find_desk(request, uuid, item)
    operations.clear(item=desk.item, by=request.user, seen=request.POST.get("seen", ""))
    return go_to(request, "meetings:live_item", uuid, item)


@require_POST
def item_later(request: HttpRequest, uuid: Any, item: Any) -> HttpResponse:
    """Discuss it last, and go on with what is next now."""
    desk = find_desk(request, uuid, item)
    operations.move_to_end(item=desk.item, by=request.user)
    messages.success(request, "Het punt staat nu aan het eind van de agenda.")
    return go_to(request, "meetings:live", uuid)


@require_POST
def item_presence(request: HttpRequest, uuid: Any, item: Any) -> HttpResponse:
    """Correct who was there for this point."""
    desk = find_desk(request, uuid, item)
    form = PresenceForm(invited_to(request.user, desk.item), request.POST)
    status = 400
    if form.is_valid():
        try:
            operations.note_presence(
                item=desk.item, present=form.present(), seen=form.seen(), by=request.user
            )
        except Stale as stale:
            status = refuse(form, stale)
            form.look_again(stale.current)
        else:
            messages.success(request, "Opgeslagen wie er bij dit punt was.")
            return go_to(request, "meetings:live_item", uuid, item)
    return show_desk(desk, status, presence_form=form)
