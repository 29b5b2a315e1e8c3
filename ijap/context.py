"""What every page needs besides its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The demo banner, the navigation of this user's roles, and who is logged in."""
    return {"demo_mode": settings.DEMO_MODE, "navigation": [], "page_user_line": ""}
