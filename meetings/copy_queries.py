"""Who of each organisation opened its part of the minutes, and when: from the copies that were given."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Min

from accounts.models import User
from meetings.models import Document, DocumentCopy, Meeting


@dataclass(frozen=True)
class Opened:
    """One part: whose it is, when they were told, and who of them opened it first at which moment."""

    partner: str
    told_at: datetime | None
    people: list[tuple[User, datetime]]


def who_opened(meeting: Meeting, user: User) -> list[Opened]:
    """Per organisation with a part, by name. Of regie, who may open all of them, nobody stands here."""
    parts = Document.objects.visible_to(user).filter(meeting=meeting, partner__isnull=False)
    copies = DocumentCopy.objects.visible_to(user).filter(
        document__in=parts, person__partner=F("document__partner")
    )
    first = list(copies.values("document", "person").annotate(at=Min("made_at")).order_by("at"))
    people = User.objects.select_related("partner").in_bulk({row["person"] for row in first})
    return [
        Opened(
            str(part.partner),
            part.told_at,
            [(people[row["person"]], row["at"]) for row in first if row["document"] == part.pk],
        )
        for part in parts.defer("content").select_related("partner").order_by("partner__name")
    ]
