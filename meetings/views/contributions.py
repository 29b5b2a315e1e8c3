"""The partner round: each organisation says of its own youths what the table should know, in one list."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audit.log import record
from foundation.errors import NotPossible, allows
from foundation.forms import refuse
from foundation.http import go_to
from meetings.contribution_queries import own_items, said_at, unanswered_at
from meetings.events import MeetingEvent
from meetings.forms.contributions import ContributionForm
from meetings.models import AgendaItem, Answer, Contribution, Meeting
from meetings.operations import contributions as operations
from meetings.permissions.contributions import check_can_contribute, check_may_contribute
from meetings.rules.contributions import check_is_open
from meetings.stranger_queries import withhold_strangers
from meetings.views.agenda_page import when

# One letter for each answer, while the focus is in the line of that youth.
KEYS = {Answer.KNOWN: "b", Answer.UNKNOWN: "o", Answer.NOTHING: "n"}


@dataclass
class Button:
    """One answer. `id` brings the focus back to it when its line was drawn anew."""

    id: str
    value: str
    label: str
    key: str
    stands: bool


@dataclass
class Line:
    """One youth: what one said oneself, what colleagues said, and the form."""

    item: AgendaItem
    mine: Contribution | None
    colleagues: list[Contribution]
    form: ContributionForm

    @property
    def buttons(self) -> list[Button]:
        now = self.mine.answer if self.mine else ""
        return [
            Button(f"p{self.item.pk}_{one.value}", one.value, one.label, KEYS[one], stands=one == now)
            for one in Answer
        ]

    @property
    def is_open(self) -> bool:
        """Whether the part that says more is unfolded: there is something in it, or something wrong with it."""
        return bool(self.form.errors or (self.mine and (self.mine.text or self.mine.is_for_regie)))


def _lines(
    request: HttpRequest, meeting: Meeting, items: list[AgendaItem], said: Mapping[int, list[Contribution]]
) -> list[Line]:
    withhold_strangers(meeting, [(item, "question") for item in items])
    return [_line(request, item, said[item.pk]) for item in items]


def _line(request: HttpRequest, item: AgendaItem, said: list[Contribution]) -> Line:
    mine = next((row for row in said if row.written_by_id == request.user.pk), None)
    of_us = [row for row in said if row.partner_id == request.user.partner_id and row != mine]
    return Line(item, mine, of_us, ContributionForm(mine=mine, auto_id=f"p{item.pk}_%s"))


def _progress(request: HttpRequest, meeting: Meeting) -> dict[str, int]:
    """At how many points one's organisation said something, and how many there are."""
    items = own_items(meeting, request.user)
    left = unanswered_at(items, said_at(items, request.user), request.user)
    return {"done": len(items) - left, "total": len(items)}


@require_GET
def contribution_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All youths of a meeting for which one's organisation is invited."""
    meeting = get_object_or_404(Meeting.objects.open_to(request.user).select_related("series"), uuid=uuid)
    check_may_contribute(request.user, meeting)
    items = own_items(meeting, request.user)
    said = said_at(items, request.user)
    record(MeetingEvent.CONTRIBUTIONS_VIEWED, by=request.user, about=items, meeting=meeting.pk)
    context = {
        "meeting": meeting,
        "when": f"{meeting.series}. {when(meeting)}",
        "lines": _lines(request, meeting, items, said),
        "is_open": allows(check_is_open, meeting),
        "done": len(items) - unanswered_at(items, said, request.user),
        "total": len(items),
    }
    return render(request, "meetings/contribution_list.html", context)


@require_POST
def contribute(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One answer. With HTMX its line comes back; without it the list, at this line."""
    found = AgendaItem.objects.visible_to(request.user).filter(slot__withdrawn_at=None)
    item = get_object_or_404(
        found.select_related("slot", "meeting__series", "case__youth", "case__municipality"), uuid=uuid
    )
    check_can_contribute(request.user, item)
    form = ContributionForm(request.POST, auto_id=f"p{item.pk}_%s")
    status = 400
    if form.is_valid():
        try:
            operations.contribute(item=item, by=request.user, **form.answers())
        except NotPossible as no:
            status = refuse(form, no, "text")
        else:
            status = 200
            if not request.htmx:
                page = reverse("meetings:contribution_list", args=[item.meeting.uuid])
                return go_to(request, f"{page}#punt-{item.uuid}")
    record(MeetingEvent.CONTRIBUTIONS_VIEWED, by=request.user, about=item)
    [line] = _lines(request, item.meeting, [item], said_at([item], request.user))
    if status != 200:
        line.form = form
    template = "meetings/contribution_answer.html" if request.htmx else "meetings/contribution_one.html"
    context = {"line": line, "is_open": True, "meeting": item.meeting, **_progress(request, item.meeting)}
    return render(request, template, context, status=status)
