"""Where the beheerder begins."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import Partner
from accounts.permissions import check_may_admin
from accounts.robots import people
from accounts.roles import ROLE_PERMISSIONS
from accounts.rules import ASSIGNABLE


@require_GET
def admin_overview(request: HttpRequest) -> HttpResponse:
    """What can be looked after, and which role may do what."""
    check_may_admin(request.user)
    roles = [
        (role.label, sorted(permission.label for permission in ROLE_PERMISSIONS[role])) for role in ASSIGNABLE
    ]
    return render(request, "accounts/admin_overview.html", {"entries": _entries(), "roles": roles})


def _entries() -> list[dict[str, Any]]:
    users, partners = people().filter(is_active=True).count(), Partner.objects.open().count()
    return [
        {
            "count": users,
            "title": "gebruikers",
            "text": "Wie kan inloggen, en met welke rol.",
            "url": reverse("accounts:user_list"),
        },
        {
            "count": partners,
            "title": "organisaties",
            "text": "Wie meedoet in Parkstad.",
            "url": reverse("accounts:partner_list"),
        },
    ]
