"""What every page needs besides its own content: the menu of this user's roles, and who is logged in.

Everything is worked out when a template asks for it: a page without a menu, an error page among them,
costs no query.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.roles import Permission
from accounts.session_time import seconds_left
from cases.views.access_requests import glass_of
from ijap.demo.people import PASSWORD, PEOPLE


@dataclass(frozen=True)
class Entry:
    """A line of the menu: for who may this, to that page."""

    label: str
    url_name: str
    icon: str
    permission: Permission | None = None


MENU: list[Entry] = [
    Entry("Home", "home", "house"),
    Entry("Signalen", "cases:signal_list", "send", Permission.SIGNAL_REGISTER),
    Entry("Beoordelen", "cases:triage_list", "inbox", Permission.SIGNAL_TRIAGE),
    Entry("Dossiers", "cases:case_list", "folder", Permission.CASE_READ),
    Entry("Groepen", "cases:group_list", "network", Permission.CASE_READ),
    Entry("Signalen ingebracht", "cases:told_signal_list", "message-square", Permission.CASE_READ),
    Entry("Acties", "cases:action_list", "list-checks", Permission.ACTION_OWN),
    Entry("Toegang", "cases:access_request_list", "key-round", Permission.CASE_READ),
    Entry("Toegang", "cases:access_request_list", "key-round", Permission.LOG_READ),
    Entry("Niveauwissels", "cases:level_change_list", "layers", Permission.CASE_LEAD),
    Entry("Overleg", "meetings:meeting_list", "calendar-days", Permission.MEETING_ATTEND),
    Entry("Vernietigen", "retention:proposal_list", "trash-2", Permission.CASE_LEAD),
    Entry("Cijfers", "reports:figure_list", "chart-column", Permission.FIGURES_READ),
    Entry("Beheer", "accounts:admin_overview", "settings", Permission.ADMIN),
    Entry("Logboek", "audit:event_list", "history", Permission.LOG_READ),
    Entry("Logboek", "audit:event_list", "history", Permission.LOG_READ_OWN),
    Entry("Inzage", "oversight:subject_find", "eye", Permission.LOG_READ),
    Entry("Verkeerde jongere", "cases:wrong_youth_list", "x", Permission.LOG_READ),
    Entry("Exports", "cases:case_export_list", "download", Permission.LOG_READ),
    Entry("Vlaggen", "oversight:flag_list", "flag", Permission.LOG_READ),
    Entry("Rechten", "oversight:rights_list", "shield-check", Permission.LOG_READ),
    Entry("Vernietigen", "retention:proposal_list", "trash-2", Permission.LOG_READ),
    Entry("Bewaartermijnen", "retention:term_list", "hourglass", Permission.LOG_READ),
    Entry("Jaaroverzicht", "oversight:year_overview", "file-text", Permission.LOG_READ),
]


def page(request: HttpRequest) -> dict[str, Any]:
    """The demo banner, the navigation of this user's roles, and who is logged in."""
    return {
        "demo_mode": settings.DEMO_MODE,
        "demo_people": PEOPLE if settings.DEMO_MODE else [],
        "demo_password": PASSWORD if settings.DEMO_MODE else "",
        "break_glass_until": break_glass_until(request),
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "page_user_line": SimpleLazyObject(lambda: user_line(request)),
        "session_left": SimpleLazyObject(lambda: seconds_left(request)),
        "session_warning": settings.IDLE_WARNING_SECONDS,
    }


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The menu of whoever is logged in; nobody has none."""
    user = _user(request)
    if user is None:
        return []
    found = [
        (entry, reverse(entry.url_name))
        for entry in MENU
        if entry.permission is None or user.may(entry.permission)
    ]
    current = _current(request.path, found)
    return [
        {"label": entry.label, "url": url, "icon": entry.icon, "is_current": entry is current}
        for entry, url in found
    ]


def break_glass_until(request: HttpRequest) -> datetime | None:
    """While somebody reads with break-glass, every page says so."""
    glass = glass_of(request)
    return timezone.localtime(datetime.fromisoformat(glass["until"])) if glass else None


def user_line(request: HttpRequest) -> str:
    """In which roles somebody is here: "Deelnemer JPP, JENS"."""
    user = _user(request)
    if user is None:
        return ""
    return ", ".join([*(str(held) for held in user.active_roles), str(user.partner)])


def _user(request: HttpRequest) -> User | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, User) or getattr(user, "is_authenticated", False) else None


def _current(path: str, entries: list[tuple[Entry, str]]) -> Entry | None:
    """The entry whose address is the longest beginning of this one. Home is only itself."""
    matches = [
        (len(url), position, entry)
        for position, (entry, url) in enumerate(entries)
        if path == url or (url != "/" and path.startswith(url))
    ]
    return max(matches)[2] if matches else None
