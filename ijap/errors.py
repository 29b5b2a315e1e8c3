"""Pages for when it does not work: what happened, why, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

REASONS = {
    400: "De browser stuurde iets wat wij niet kunnen lezen.",
    403: "U mag dit niet.",
    404: "Deze pagina bestaat niet, of u kunt haar niet zien.",
    405: "Dit kan niet op deze manier.",
    413: "Wat u stuurt is te groot.",
    500: "Er ging iets mis bij ons.",
}


def page(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    """The error page for this status, with a reference that also stands in our log."""
    context = {
        "status": status,
        "reason": reason or REASONS.get(status, REASONS[500]),
        "reference": str(getattr(request, "reference", ""))[:8],
    }
    known = status if status in (400, 403, 404, 409, 413) else 500
    return render(request, f"errors/{known}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was sent from a page of an earlier login, or from another site."""
    text = "Dit formulier hoort bij een eerdere sessie. Ga terug, laad de pagina opnieuw en sla nog eens op."
    return page(request, 403, text)
