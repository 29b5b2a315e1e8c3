"""Calling a spoedoverleg from a case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from access.models import Participation
from accounts.models import Partner
from audit.log import record
from cases.models import Case
from foundation.errors import NotPossible
from foundation.forms import refuse
from foundation.http import go_to, sent
from meetings.events import MeetingEvent
from meetings.forms.urgent import UrgentForm
from meetings.models import StandingParticipant
from meetings.operations import urgent as operations
from meetings.permissions.urgent import check_can_call


@require_http_methods(["GET", "POST"])
def urgent_call(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """When, why and with whom; then the meeting is there, with its agenda agreed."""
    cases = Case.objects.visible_to(request.user).select_related("youth", "municipality", "compartment")
    case: Case = get_object_or_404(cases, uuid=uuid)
    check_can_call(request.user, case)
    record(MeetingEvent.CASE_ITEMS_VIEWED, by=request.user, about=case)
    form = UrgentForm(sent(request), offered=_offered(request, case))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            meeting = operations.call(case=case, by=request.user, **form.cleaned_data)
        except NotPossible as no:
            status = refuse(form, no)
        else:
            messages.success(
                request, "Het spoedoverleg staat klaar. Wie u koos, krijgt binnen enkele minuten een mail."
            )
            return go_to(request, "meetings:meeting_detail", meeting.uuid)
    context = {"case": case, "form": form}
    return render(request, "meetings/urgent_call.html", context, status=status)


def _offered(request: HttpRequest, case: Case) -> list[tuple[Partner, bool]]:
    """Who takes part in the case, and who has a seat at its level."""
    room = Participation.objects.visible_to(request.user).active().filter(compartment=case.room_id)
    in_case = set(room.values_list("partner_id", flat=True))
    seats = StandingParticipant.objects.filter(series__level=case.level, ended_at=None)
    others = set(seats.values_list("partner_id", flat=True))
    found = Partner.objects.at_the_table().filter(pk__in=in_case | others).order_by("short_name")
    return [(partner, partner.pk in in_case) for partner in found]
