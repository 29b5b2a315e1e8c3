"""One line of the story of a case, whoever tells it."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cases.models import Nature

FACTS = {Nature.FACT, Nature.OBSERVED}
Entry = dict[str, Any]


def entry(kind: str, at: datetime, title: str, icon: str, **more: Any) -> Entry:
    """One line of the story: of which kind (see KINDS), when, what; if any `partner` and what the timeline shows."""
    return {"kind": kind, "at": at, "date": timezone.localdate(at), "title": title, "icon": icon, **more}
