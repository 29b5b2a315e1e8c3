"""Reading the log. That it was read stands in the log as well."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.events import LogEvent
from audit.forms import LogFilterForm
from audit.log import record
from audit.models import Event
from audit.permissions import check_may_read
from audit.readable import readable
from foundation.paging import page_of


@require_GET
def event_list(request: HttpRequest) -> HttpResponse:
    """The newest first. The order is that of the ids: it has an index in every month."""
    check_may_read(request.user)
    form = LogFilterForm(request.GET or None)
    page = page_of(Event.objects.filter(form.condition()), request.GET, order=("-id",))
    lines = readable(page.rows)
    record(LogEvent.READ, by=request.user, shown=len(lines), **form.used())
    return render(request, "audit/event_list.html", {"lines": lines, "page": page, "form": form})
