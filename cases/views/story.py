"""The chronology of a case as one list: what was told, agreed, moved and ended, newest first.

Each part is read through `visible_to`; what a reader may not read is not in its story.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from cases.models import (
    VOICES,
    Action,
    ActionState,
    Case,
    Closing,
    Informing,
    LevelChange,
    LevelChangeState,
    Measure,
    Nature,
    Remark,
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
KINDS = {
    "signaal": "Signalen",
    "actie": "Acties",
    "overleg": "Overleg",
    "beeld": "Zorgen en krachten",
    "maatregel": "Maatregelen",
    "niveau": "Niveau",
    "informeren": "Informeren",
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
    entries = [
        _opened(case),
        *_told_and_agreed(case, user, limit),
        *_seen_and_informed(case, user, limit),
        *(row for measure in measures for row in _imposed(measure)),
        *(row for change in moves for row in _moved(change)),
        *_closings(case, user),
        *(row for source in _sources for row in source(case, user, limit)),
    ]
    partners = sorted({row["partner"] for row in entries if row.get("partner")})
    entries = [row for row in entries if asked.wants(row)]
    entries.sort(key=lambda row: row["at"], reverse=True)
    is_whole = limit is None or len(entries) <= SHOWN
    return Story(entries if is_whole else entries[:SHOWN], is_whole, moves, partners)


def _moves(case: Case, user: User) -> list[LevelChange]:
    changes = LevelChange.objects.visible_to(user).filter(case=case)
    return list(changes.select_related("proposed_by", "decided_by").order_by("-proposed_at", "-pk"))


def _told_and_agreed(case: Case, user: User, limit: int | None) -> Iterator[Entry]:
    told = ToldSignal.objects.visible_to(user).filter(case=case).select_related("source")
    yield from (_told(signal) for signal in told.order_by("-told_at", "-pk")[:limit])
    actions = Action.objects.visible_to(user).filter(case=case)
    actions = actions.select_related("owner_partner", "owner_person").order_by("-agreed_at", "-pk")
    for action in actions[:limit]:
        yield from _agreed(action)


def _seen_and_informed(case: Case, user: User, limit: int | None) -> Iterator[Entry]:
    remarks = Remark.objects.visible_to(user).filter(case=case).select_related("area", "partner")
    yield from (_seen(remark) for remark in remarks.order_by("-made_at", "-pk")[:limit])
    lines = Informing.objects.visible_to(user).filter(case=case).select_related("noted_by")
    yield from (_informed(line) for line in lines.order_by("-noted_at", "-pk")[:limit])


def _closings(case: Case, user: User) -> Iterator[Entry]:
    closings = Closing.objects.visible_to(user).filter(case=case)
    for closing in closings.select_related("closed_by", "reopened_by"):
        yield from _closed(closing)


def entry(kind: str, at: datetime, title: str, icon: str, **more: Any) -> Entry:
    """One line of the story: of which kind (see KINDS), when, what; if any `partner` and what the timeline shows."""
    return {"kind": kind, "at": at, "date": timezone.localdate(at), "title": title, "icon": icon, **more}


def _opened(case: Case) -> Entry:
    return entry("dossier", case.opened_at, "Dossier geopend", "folder", source=f"door {case.opened_by}")


def _told(signal: ToldSignal) -> Entry:
    """Facts and own observations are told apart from what others said, judged or suspect."""
    is_fact = signal.nature in FACTS
    label, text, reveal_url = told_text(signal)
    seen = f", gezien op {date_format(signal.observed_on, 'j F Y')}" if signal.observed_on else ""
    return entry(
        "signaal",
        signal.told_at,
        "Signaal ingebracht",
        "message-square",
        text=text,
        reveal_url=reveal_url,
        badges=[(signal.get_nature_display(), "info" if is_fact else "warning"), *label],
        source=f"Bron: {signal.source}{seen}, rol van de jongere: {signal.get_role_display().lower()}",
        nature="" if is_fact else "Geen vastgesteld feit",
        partner=str(signal.source),
    )


def _agreed(action: Action) -> Iterator[Entry]:
    owner = (
        f"{action.owner_person}, {action.owner_partner}" if action.owner_person else str(action.owner_partner)
    )
    day = date_format(action.due_on, "j F Y")
    whose = str(action.owner_partner)
    yield entry(
        "actie",
        action.agreed_at,
        "Actie afgesproken",
        "list-checks",
        text=action.text,
        source=f"{owner}, uiterlijk {day}",
        partner=whose,
    )
    if action.ended_at:
        title, icon = ENDINGS[ActionState(action.state)]
        badges = [("Terug op de agenda", "warning")] if action.state in FAILED else []
        text = f"{action.text}: {action.result}" if action.result else action.text
        yield entry(
            "actie", action.ended_at, title, icon, text=text, source=owner, badges=badges, partner=whose
        )


def _moved(change: LevelChange) -> Iterator[Entry]:
    route = f"{change.get_old_display()} naar {change.get_new_display()}"
    yield entry(
        "niveau",
        change.proposed_at,
        f"Voorstel: van {route}",
        "layers",
        text=f"Reden: {change.reason}\nAl geprobeerd: {change.tried}",
        source=f"door {change.proposed_by}",
    )
    if change.decided_at:
        yield entry(
            "niveau",
            change.decided_at,
            f"Van {route}: {ANSWERS[LevelChangeState(change.state)]}",
            "layers",
            text=change.answer,
            source=f"door {change.decided_by}",
        )


def _closed(closing: Closing) -> Iterator[Entry]:
    title, text = closing.story
    yield entry("dossier", closing.closed_at, title, "flag", text=text, source=f"door {closing.closed_by}")
    if closing.reopened_at:
        yield entry(
            "dossier",
            closing.reopened_at,
            "Dossier heropend",
            "rotate-ccw",
            text=closing.reopened_because,
            source=f"door {closing.reopened_by}",
        )


def _seen(remark: Remark) -> Entry:
    where = f": {str(remark.area).lower()}" if remark.area else ""
    is_fact = remark.nature in FACTS
    badges = [(remark.get_nature_display(), "info" if is_fact else "warning")]
    if remark.withdrawn_at:
        badges.append(("Teruggenomen", "warning"))
    return entry(
        "beeld",
        remark.made_at,
        f"{remark.get_kind_display().capitalize()}{where}",
        "message-square" if remark.kind in VOICES else "eye",
        text="" if remark.is_masked else remark.text,
        reveal_url=reverse("cases:remark_detail", args=[remark.uuid]) if remark.is_masked else "",
        badges=badges,
        source=f"Bron: {remark.source}, {date_format(remark.seen_on, 'j F Y')}",
        nature="" if is_fact else "Geen vastgesteld feit",
        partner=str(remark.partner),
    )


def _imposed(measure: Measure) -> Iterator[Entry]:
    """That it was noted and that it ended; what is kept strictly by its class only."""
    owner, url = str(measure.owner_partner), reverse("cases:measure_detail", args=[measure.uuid])
    yield entry(
        "maatregel",
        measure.noted_at,
        f"Maatregel: {measure.label}",
        "list-checks",
        url=url,
        source=owner,
        partner=owner,
    )
    if measure.ended_at:
        yield entry(
            "maatregel",
            measure.ended_at,
            f"Maatregel {measure.get_state_display()}: {measure.label}",
            "flag",
            url=url,
            text="" if measure.is_masked else measure.result,
            source=owner,
            partner=owner,
        )


def _informed(line: Informing) -> Entry:
    told = f"{line.get_channel_display()}, door {line.told_by}" if line.told_by else line.reason
    waits = [] if line.counts else [("Wacht op akkoord", "warning")]
    return entry(
        "informeren",
        line.noted_at,
        f"{line.get_audience_display().capitalize()} {line.get_outcome_display()}",
        "message-square",
        text=told,
        badges=waits,
        source=f"door {line.noted_by}",
    )
