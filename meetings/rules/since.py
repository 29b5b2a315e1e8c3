"""What changed around a youth since the table last spoke of it. Pure: gets the rows, orders and words them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, TypedDict

from django.utils.timezone import localdate

from cases.models import Action, LevelChange, LevelChangeState, Theme, ToldSignal
from cases.models.actions import FAILED
from cases.rules.told_signals import told_text
from meetings.models import AgendaItem, Decision

ALWAYS = datetime(1, 1, 1, tzinfo=UTC)


class Entry(TypedDict):
    """One line of the chronology, as the timeline component takes it."""

    date: date
    icon: str
    title: str
    text: str
    struck: str
    reveal_url: str
    source: str
    nature: str
    badges: list[tuple[str, str]]


def since_of(previous: AgendaItem | None) -> datetime:
    """The moment the table last spoke of this youth; the beginning of time when it never did."""
    if previous is None:
        return ALWAYS
    return previous.discussed_at or previous.meeting.starts_at


def entries(
    *,
    told: Iterable[ToldSignal],
    actions: Iterable[Action],
    changes: Iterable[LevelChange],
    decisions: Iterable[Decision],
) -> list[Entry]:
    """Everything that happened, the newest first. What the table decided the last time closes the row."""
    rows = [
        *(_told(signal) for signal in told),
        *(_ended(action) for action in actions),
        *(_moved(change) for change in changes),
    ]
    rows.sort(key=lambda row: row["date"], reverse=True)
    return [*rows, *(_decided(decision) for decision in decisions)]


def action_badge(action: Action, today: date) -> tuple[str, str]:
    """How an action stands, in a word."""
    if action.due_on < today:
        return ("Over tijd", "warning")
    return (action.get_state_display().capitalize(), "info")


def _told(signal: ToldSignal) -> Entry:
    themes = [(label, "neutral") for label in _theme_labels(signal)]
    telling = told_text(signal, shows_earlier=True)  # who leads the meeting is regie
    return _entry(
        localdate(signal.told_at),
        "message-square",
        f"Signaal van {signal.source}",
        text=telling.text,
        struck=telling.struck,
        reveal_url=telling.reveal_url,
        source=signal.get_role_display(),
        nature=signal.get_nature_display(),
        badges=[*themes, *telling.badges],
    )


def _ended(action: Action) -> Entry:
    badge = (action.get_state_display().capitalize(), "warning" if action.state in FAILED else "positive")
    return _entry(
        localdate(action.ended_at),
        "list-checks",
        f"Actie: {action.text}",
        text=action.result,
        source=str(action.owner_partner),
        badges=[badge],
    )


def _moved(change: LevelChange) -> Entry:
    on = localdate(change.decided_at or change.proposed_at)
    title = f"Van {change.get_old_display()} naar {change.get_new_display()}"
    is_open = change.state == LevelChangeState.PROPOSED
    badge = (change.get_state_display().capitalize(), "info" if is_open else "neutral")
    return _entry(on, "layers", title, text=change.answer or change.reason, badges=[badge])


def _decided(decision: Decision) -> Entry:
    return _entry(localdate(decision.decided_at), "gavel", f"Besloten: {decision.title}", text=decision.text)


def _entry(on: date, icon: str, title: str, **more: Any) -> Entry:
    empty: dict[str, Any] = {
        "text": "",
        "struck": "",
        "reveal_url": "",
        "source": "",
        "nature": "",
        "badges": [],
    }
    row: Entry = {"date": on, "icon": icon, "title": title, **(empty | more)}  # type: ignore[typeddict-item]
    return row


def _theme_labels(signal: ToldSignal) -> list[str]:
    return [Theme(theme).label for theme in signal.themes if theme in Theme.values]
