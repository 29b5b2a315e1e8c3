"""Health for machines, and the gallery of building blocks for people who build."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation import gallery as examples


@login_not_required
@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """The process can reach its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every building block with its usage."""
    return render(request, "foundation/gallery.html", examples.context())


@require_GET
def gallery_meeting(request: HttpRequest) -> HttpResponse:
    """The screen of the meeting, filled with made-up content."""
    return render(request, "foundation/gallery_meeting.html", examples.meeting_context())
