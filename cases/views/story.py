"""The chronology of a case as one list: what was told, agreed, moved and ended, newest first.

Each part is read through `visible_to`; what a reader may not read is not in its story.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from cases.models import (
    Action,
    Advice,
    Attachment,
    Case,
    Closing,
    Informing,
    LevelChange,
    LevelChangeState,
    Measure,
    Remark,
)
from cases.views import story_entries as entries
from cases.views.story_entries import Entry
from cases.views.told import Pending, pending_of, told_of

SHOWN = 60
KINDS = {
    "signaal": "Signalen",
    "actie": "Acties",
    "overleg": "Overleg",
    "beeld": "Zorgen en krachten",
    "maatregel": "Maatregelen",
    "niveau": "Niveau",
    "informeren": "Informeren",
    "bijlage": "Bijlagen",
    "dossier": "Dossier",
}
# Floors above this one tell what they know of a case: for this reader, newest first, at most so many.
Source = Callable[[Case, User, int | None], Iterable[Entry]]
_sources: list[Source] = []


def add_source(source: Source) -> None:
    """Let another floor tell its part of the story."""
    _sources.append(source)


@dataclass(frozen=True)
class Story:
    """The entries, whether these are all, the level changes among them, and which partners tell in it."""

    entries: list[Entry]
    is_whole: bool
    changes: list[LevelChange]
    partners: list[str]
    pending: Pending

    @property
    def proposal(self) -> LevelChange | None:
        """The proposal that waits for an answer."""
        return next((c for c in self.changes if c.state == LevelChangeState.PROPOSED), None)


@dataclass(frozen=True)
class Asked:
    """Which part of the story somebody wants to read. Nothing: everything since the previous meeting."""

    since: datetime | None = None
    kind: str = ""
    partner: str = ""
    everything: bool = False

    def wants(self, row: Entry) -> bool:
        return (
            (not self.kind or row["kind"] == self.kind)
            and (not self.partner or row.get("partner") == self.partner)
            and (self.since is None or row["at"] > self.since)
        )


def story_of(case: Case, user: User, measures: list[Measure], asked: Asked) -> Story:
    """The story of this case for this reader. A long one starts with its newest part."""
    limit = None if asked.everything or asked.kind or asked.partner else SHOWN + 1
    moves = _moves(case, user)
    rows = [
        entries.opened(case),
        *told_of(case, user, limit),
        *_agreed_and_ended(case, user, limit),
        *_seen_and_informed(case, user, limit),
        *(row for measure in measures for row in entries.imposed(measure)),
        *(row for change in moves for row in entries.moved(change)),
        *_closings(case, user),
        *_advices(case, user),
        *_attachments(case, user, limit),
        *(row for source in _sources for row in source(case, user, limit)),
    ]
    partners = sorted({row["partner"] for row in rows if row.get("partner")})
    rows = sorted(filter(asked.wants, rows), key=lambda row: row["at"], reverse=True)
    is_whole = limit is None or len(rows) <= SHOWN
    return Story(rows if is_whole else rows[:SHOWN], is_whole, moves, partners, pending_of(case, user))


def _moves(case: Case, user: User) -> list[LevelChange]:
    changes = LevelChange.objects.visible_to(user).filter(case=case)
    return list(
        changes.select_related("municipality", "proposed_by", "decided_by").order_by("-proposed_at", "-pk")
    )


def _agreed_and_ended(case: Case, user: User, limit: int | None) -> Iterator[Entry]:
    actions = Action.objects.visible_to(user).filter(case=case)
    actions = actions.select_related("owner_partner", "owner_person").order_by("-agreed_at", "-pk")
    for action in actions[:limit]:
        yield from entries.agreed(action)


def _seen_and_informed(case: Case, user: User, limit: int | None) -> Iterator[Entry]:
    remarks = Remark.objects.visible_to(user).filter(case=case).select_related("area", "partner")
    yield from (entries.seen(remark) for remark in remarks.order_by("-made_at", "-pk")[:limit])
    lines = Informing.objects.visible_to(user).filter(case=case).select_related("noted_by")
    yield from (entries.informed(line) for line in lines.order_by("-noted_at", "-pk")[:limit])


def _closings(case: Case, user: User) -> Iterator[Entry]:
    closings = Closing.objects.visible_to(user).filter(case=case)
    for closing in closings.select_related("closed_by", "reopened_by"):
        yield from entries.closed(closing)


def _advices(case: Case, user: User) -> Iterator[Entry]:
    for advice in Advice.objects.visible_to(user).filter(case=case).select_related("case"):
        yield from entries.asked(advice)


def _attachments(case: Case, user: User, limit: int | None) -> Iterator[Entry]:
    files = Attachment.objects.visible_to(user).standing().filter(case=case).select_related("partner")
    yield from (entries.attached(one) for one in files.order_by("-made_at", "-pk")[:limit])
