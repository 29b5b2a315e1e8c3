"""Health for machines, where finders of leaks can go, and the gallery of building blocks for people who build."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
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


@login_not_required
@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where a leak can be reported (RFC 9116). It is good for half a year from now, so it never grows old."""
    until = datetime.now(UTC) + timedelta(days=180)
    fields = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": until.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "nl, en",
        "Canonical": settings.BASE_URL.rstrip("/") + "/.well-known/security.txt",
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every building block with its usage."""
    return render(request, "foundation/gallery.html", examples.context())


@require_GET
def gallery_meeting(request: HttpRequest) -> HttpResponse:
    """The screen of the meeting, filled with made-up content."""
    return render(request, "foundation/gallery_meeting.html", examples.meeting_context())
