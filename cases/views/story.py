"""The chronology of a case as one list: what was told, agreed, moved and ended, newest first.

Each part is read through `visible_to`; what a reader may not read is not in its story.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from cases.models import (
    Action,
    ActionState,
    Case,
    Closing,
    LevelChange,
    LevelChangeState,
    Nature,
    ToldSignal,
)
from cases.models.actions import FAILED
from cases.rules.told_signals import told_text

SHOWN = 60
FACTS = {Nature.FACT, Nature.OBSERVED}
ENDINGS = {
    ActionState.DONE: ("Actie gedaan", "circle-check"),
    ActionState.COULD_NOT: ("Actie kon niet", "triangle-alert"),
    ActionState.DID_NOT: ("Actie niet gedaan", "triangle-alert"),
    ActionState.WITHDRAWN: ("Actie ingetrokken", "x"),
}
ANSWERS = {
    LevelChangeState.ACCEPTED: "overgenomen",
    LevelChangeState.REFUSED: "niet overgenomen",
    LevelChangeState.WITHDRAWN: "voorstel ingetrokken",
}
Entry = dict[str, Any]


@dataclass(frozen=True)
class Story:
    """The entries, whether these are all, and the level changes among them."""

    entries: list[Entry]
    is_whole: bool
    changes: list[LevelChange]

    @property
    def proposal(self) -> LevelChange | None:
        """The proposal that waits for an answer."""
        return next((c for c in self.changes if c.state == LevelChangeState.PROPOSED), None)


def story_of(case: Case, user: User, *, everything: bool = False) -> Story:
    """The story of this case for this reader. A long one starts with its newest part."""
    limit = None if everything else SHOWN + 1
    told = ToldSignal.objects.visible_to(user).filter(case=case).select_related("source")
    actions = (
        Action.objects.visible_to(user).filter(case=case).select_related("owner_partner", "owner_person")
    )
    changes = (
        LevelChange.objects.visible_to(user).filter(case=case).select_related("proposed_by", "decided_by")
    )
    closings = Closing.objects.visible_to(user).filter(case=case).select_related("closed_by", "reopened_by")
    moves = list(changes.order_by("-proposed_at", "-pk"))
    entries = [
        _opened(case),
        *(_told(signal) for signal in told.order_by("-told_at", "-pk")[:limit]),
        *(entry for action in actions.order_by("-agreed_at", "-pk")[:limit] for entry in _agreed(action)),
        *(entry for change in moves for entry in _moved(change)),
        *(entry for closing in closings for entry in _closed(closing)),
    ]
    entries.sort(key=lambda entry: entry["at"], reverse=True)
    is_whole = everything or len(entries) <= SHOWN
    return Story(entries if is_whole else entries[:SHOWN], is_whole, moves)


def _entry(at: datetime, title: str, icon: str, **more: Any) -> Entry:
    return {"at": at, "date": timezone.localdate(at), "title": title, "icon": icon, **more}


def _opened(case: Case) -> Entry:
    return _entry(case.opened_at, "Dossier geopend", "folder", source=f"door {case.opened_by}")


def _told(signal: ToldSignal) -> Entry:
    """Facts and own observations are told apart from what others said, judged or suspect."""
    is_fact = signal.nature in FACTS
    label, text, reveal_url = told_text(signal)
    seen = f", gezien op {date_format(signal.observed_on, 'j F Y')}" if signal.observed_on else ""
    return _entry(
        signal.told_at,
        "Signaal ingebracht",
        "message-square",
        text=text,
        reveal_url=reveal_url,
        badges=[(signal.get_nature_display(), "info" if is_fact else "warning"), *label],
        source=f"Bron: {signal.source}{seen}, rol van de jongere: {signal.get_role_display().lower()}",
        nature="" if is_fact else "Geen vastgesteld feit",
    )


def _agreed(action: Action) -> Iterator[Entry]:
    owner = (
        f"{action.owner_person}, {action.owner_partner}" if action.owner_person else str(action.owner_partner)
    )
    day = date_format(action.due_on, "j F Y")
    yield _entry(
        action.agreed_at,
        "Actie afgesproken",
        "list-checks",
        text=action.text,
        source=f"{owner}, uiterlijk {day}",
    )
    if action.ended_at:
        title, icon = ENDINGS[ActionState(action.state)]
        badges = [("Terug op de agenda", "warning")] if action.state in FAILED else []
        text = f"{action.text}: {action.result}" if action.result else action.text
        yield _entry(action.ended_at, title, icon, text=text, source=owner, badges=badges)


def _moved(change: LevelChange) -> Iterator[Entry]:
    route = f"{change.get_old_display()} naar {change.get_new_display()}"
    yield _entry(
        change.proposed_at,
        f"Voorstel: van {route}",
        "layers",
        text=f"Reden: {change.reason}\nAl geprobeerd: {change.tried}",
        source=f"door {change.proposed_by}",
    )
    if change.decided_at:
        yield _entry(
            change.decided_at,
            f"Van {route}: {ANSWERS[LevelChangeState(change.state)]}",
            "layers",
            text=change.answer,
            source=f"door {change.decided_by}",
        )


def _closed(closing: Closing) -> Iterator[Entry]:
    after = f"\nNazorg: {closing.aftercare}" if closing.aftercare else ""
    yield _entry(
        closing.closed_at,
        "Dossier gesloten",
        "flag",
        text=f"Bereikt: {closing.evaluation}\nWat hielp: {closing.helped}{after}",
        source=f"door {closing.closed_by}",
    )
    if closing.reopened_at:
        yield _entry(
            closing.reopened_at,
            "Dossier heropend",
            "rotate-ccw",
            text=closing.reopened_because,
            source=f"door {closing.reopened_by}",
        )
