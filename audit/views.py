"""Reading the log. That it was read stands in the log as well."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.events import LogEvent
from audit.forms import LogFilterForm
from audit.log import record
from audit.models import Event
from audit.permissions import check_may_read, own_partner_only
from audit.readable import readable
from foundation.paging import page_of


@require_GET
def event_list(request: HttpRequest) -> HttpResponse:
    """The newest first. The order is that of the ids: it has an index in every month.

    A privacy contact gets the rows of the own organisation: by this filter and by the database itself.
    """
    check_may_read(request.user)
    only = own_partner_only(request.user)
    form = LogFilterForm(request.GET or None, partner_id=only)
    events = Event.objects.all() if only is None else Event.objects.of_partner(only)
    page = page_of(form.narrow(events), request.GET, order=("-id",))
    lines = readable(page.rows)
    record(LogEvent.READ, by=request.user, shown=len(lines), **form.used())
    context = {"lines": lines, "page": page, "form": form, "is_own": only is not None}
    return render(request, "audit/event_list.html", context)
