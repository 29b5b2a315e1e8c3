"""One point of the minutes: who was there says what is not right, regie answers, and adds to what is final."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from audit.log import record
from foundation.errors import NotPossible, allows
from foundation.forms import refuse
from foundation.http import go_to
from meetings.documents import read_minutes
from meetings.events import MeetingEvent
from meetings.forms.corrections import AddendumForm, AnswerForm, RemarkForm
from meetings.models import Addendum, AgendaItem, ItemPresence, Meeting, MeetingState, MinutesRemark
from meetings.operations import corrections as operations
from meetings.papers import Point
from meetings.permissions.minutes import check_can_add, check_can_answer, check_can_remark
from meetings.permissions.series import check_may_attend, check_may_prepare
from meetings.remark_queries import addenda_at, remarks_at
from meetings.stranger_queries import WITHHELD, which_name_a_stranger, withhold_strangers

WITH_MINUTES = (MeetingState.CLOSED, MeetingState.CONFIRMED)


@require_http_methods(["GET", "POST"])
def minutes_item(request: HttpRequest, uuid: Any) -> HttpResponse:
    """What the minutes say of one point, what was said of that, and room to say more."""
    item = _item(request, uuid)
    if request.method == "POST":
        return _say(request, item)
    return _show(request, item, _form(request, item))


def _say(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """A remark or an addendum, whichever form was sent: the minutes may have become final since the page was read."""
    is_addendum = "is_addendum" in request.POST
    (check_may_prepare if is_addendum else _check_sits_here)(request.user, item.meeting)
    form = AddendumForm(request.POST) if is_addendum else RemarkForm(request.POST)
    if not form.is_valid():
        return _show(request, item, form, 400)
    say = operations.add if is_addendum else operations.remark
    text, key = form.cleaned_data["text"], form.cleaned_data["key"]
    try:
        say(item=item, text=text, key=key, by=request.user)
    except NotPossible as no:
        return _show(request, item, form, refuse(form, no))
    messages.success(request, form.thanks)
    return go_to(request, "meetings:minutes_item", item.uuid)


def _check_sits_here(user: User, _meeting: Meeting) -> None:
    check_may_attend(user)


@require_POST
def remark_answer(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Taken over, or why not."""
    found = MinutesRemark.objects.visible_to(request.user).select_related("item")
    remark = get_object_or_404(found, uuid=uuid)
    item = _item(request, remark.item.uuid)
    check_may_prepare(request.user, item.meeting)
    remark.item, form, status = item, AnswerForm(request.POST), 400
    if form.is_valid():
        try:
            operations.answer(remark=remark, by=request.user, **form.cleaned_data)
        except NotPossible as no:
            status = refuse(form, no)
        else:
            messages.success(request, "Uw antwoord is opgeslagen.")
            return go_to(request, "meetings:minutes_item", item.uuid)
    return _show(request, item, None, status, answering=(remark.pk, form))


def _item(request: HttpRequest, uuid: Any) -> AgendaItem:
    """The point, for who reads it and sits at this table."""
    found = AgendaItem.objects.visible_to(request.user).filter(slot__withdrawn_at=None)
    found = found.filter(meeting__in=Meeting.objects.open_to(request.user))
    item: AgendaItem = get_object_or_404(found.select_related("case__youth", "meeting__series"), uuid=uuid)
    if not allows(check_may_prepare, request.user, item.meeting):
        check_may_attend(request.user)
    if item.meeting.state not in WITH_MINUTES:
        raise NotPossible("Er is nog geen verslag van dit overleg.")
    return item


def _form(request: HttpRequest, item: AgendaItem) -> RemarkForm | AddendumForm | None:
    """What this reader may add now."""
    if not allows(_check_can_say, request, item):
        return None
    return AddendumForm() if item.meeting.state == MeetingState.CONFIRMED else RemarkForm()


def _check_can_say(request: HttpRequest, item: AgendaItem) -> None:
    if item.meeting.state == MeetingState.CONFIRMED:
        check_can_add(request.user, item.meeting)
    else:
        there = list(ItemPresence.objects.visible_to(request.user).filter(item=item))
        check_can_remark(request.user, item.meeting, there)


def _show(
    request: HttpRequest,
    item: AgendaItem,
    form: RemarkForm | AddendumForm | None,
    status: int = 200,
    answering: tuple[int, AnswerForm] | None = None,
) -> HttpResponse:
    record(MeetingEvent.MINUTES_VIEWED, by=request.user, about=item)
    may_answer = allows(check_can_answer, request.user, item.meeting)
    pk, refused = answering or (0, None)
    point = read_minutes(item.meeting, request.user, only=item).points[0]
    remarks, addenda = remarks_at([item], request.user)[item.pk], addenda_at([item], request.user)[item.pk]
    if not allows(check_may_prepare, request.user, item.meeting):
        point = _keep_names_from(request, item, point, remarks, addenda)
    context = {
        "item": item,
        "meeting": item.meeting,
        "point": point,
        "is_final": item.meeting.state == MeetingState.CONFIRMED,
        "form": form,
        "may_answer": may_answer,
        "remarks": [
            (one, refused if one.pk == pk else _answer_form(one) if may_answer else None) for one in remarks
        ],
        "addenda": addenda,
    }
    return render(request, "meetings/minutes_item.html", context, status=status)


def _keep_names_from(
    request: HttpRequest,
    item: AgendaItem,
    point: Point,
    remarks: list[MinutesRemark],
    addenda: list[Addendum],
) -> Point:
    """The point without a name that slipped; of remarks and addenda only that line is kept back.

    Not of one's own remark: a line that is kept back would tell that who is named stands on the agenda.
    """
    others = [one for one in remarks if one.made_by_id != request.user.pk]
    said = [*((one, "text") for one in (*others, *addenda)), *((one, "answer") for one in remarks)]
    withhold_strangers(item.meeting, said)
    if which_name_a_stranger(item.meeting, list(point.texts())):
        return replace(point, reasons=(), question="", note=WITHHELD, decisions=(), actions=())
    return point


def _answer_form(remark: MinutesRemark) -> AnswerForm | None:
    return None if remark.answered_at else AnswerForm(auto_id=f"answer_{remark.pk}_%s")
