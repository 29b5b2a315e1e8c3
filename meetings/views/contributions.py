"""The partner round: each organisation says of its own youths what the table should know, in one list."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audit.log import record
from foundation.errors import NotPossible, allows
from foundation.http import go_to
from meetings.contribution_queries import own_items, said_at
from meetings.events import MeetingEvent
from meetings.forms.contributions import ContributionForm
from meetings.models import AgendaItem, Answer, Contribution, Meeting
from meetings.operations import contributions as operations
from meetings.permissions.contributions import check_can_contribute, check_may_contribute
from meetings.rules.contributions import check_is_open
from meetings.views.agenda_page import when


@dataclass
class Line:
    """One youth: what one said oneself, what colleagues said, and the form."""

    item: AgendaItem
    mine: Contribution | None
    colleagues: list[Contribution]
    form: ContributionForm

    @property
    def buttons(self) -> list[tuple[str, str, bool]]:
        """Each answer: its value, its words, and whether it is the one that stands."""
        now = self.mine.answer if self.mine else ""
        return [(value, label, value == now) for value, label in Answer.choices]

    @property
    def is_open(self) -> bool:
        """Whether the part that says more is unfolded: there is something in it, or something wrong with it."""
        return bool(self.form.errors or (self.mine and (self.mine.text or self.mine.is_for_regie)))


def _line(request: HttpRequest, item: AgendaItem, said: list[Contribution]) -> Line:
    mine = next((row for row in said if row.written_by_id == request.user.pk), None)
    of_us = [row for row in said if row.partner_id == request.user.partner_id and row != mine]
    return Line(item, mine, of_us, ContributionForm(mine=mine, auto_id=f"p{item.pk}_%s"))


@require_GET
def contribution_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All youths of a meeting for which one's organisation is invited."""
    meeting = get_object_or_404(Meeting.objects.open_to(request.user).select_related("series"), uuid=uuid)
    check_may_contribute(request.user, meeting)
    items = own_items(meeting, request.user)
    said = said_at(items, request.user)
    record(MeetingEvent.CONTRIBUTIONS_VIEWED, by=request.user, about=items, meeting=meeting.pk)
    lines = [_line(request, item, said[item.pk]) for item in items]
    context = {
        "meeting": meeting,
        "when": f"{meeting.series}. {when(meeting)}",
        "lines": lines,
        "done": sum(bool(line.mine or line.colleagues) for line in lines),
        "is_open": allows(check_is_open, meeting),
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
        except NotPossible as refusal:
            form.add_error("text", refusal.reason)
            status = refusal.status
        else:
            status = 200
            if not request.htmx:
                page = reverse("meetings:contribution_list", args=[item.meeting.uuid])
                return go_to(request, f"{page}#punt-{item.uuid}")
    record(MeetingEvent.CONTRIBUTIONS_VIEWED, by=request.user, about=item)
    line = _line(request, item, said_at([item], request.user)[item.pk])
    if status != 200:
        line.form = form
    template = "meetings/contribution_line.html" if request.htmx else "meetings/contribution_one.html"
    context = {"line": line, "is_open": True, "meeting": item.meeting}
    return render(request, template, context, status=status)
