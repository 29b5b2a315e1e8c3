"""The lines of the story: how each kind of row is told. What to read is decided in story.py."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cases.models import (
    VOICES,
    Action,
    ActionState,
    Advice,
    Attachment,
    Case,
    Closing,
    Informing,
    LevelChange,
    LevelChangeState,
    Measure,
    Nature,
    Remark,
)
from cases.models.actions import FAILED

Entry = dict[str, Any]
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


def entry(kind: str, at: datetime, title: str, icon: str, **more: Any) -> Entry:
    """One line of the story: of which kind (see KINDS), when, what; if any `partner` and what the timeline shows."""
    return {"kind": kind, "at": at, "date": timezone.localdate(at), "title": title, "icon": icon, **more}


def opened(case: Case) -> Entry:
    return entry("dossier", case.opened_at, "Dossier geopend", "folder", source=f"door {case.opened_by}")


def agreed(action: Action) -> Iterator[Entry]:
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


def moved(change: LevelChange) -> Iterator[Entry]:
    route = change.route
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


def closed(closing: Closing) -> Iterator[Entry]:
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


def asked(advice: Advice) -> Iterator[Entry]:
    """A question to those above or beside the table, and what came of it."""
    url = reverse("cases:advice_list", args=[advice.case.uuid])
    what = advice.get_kind_display()
    yield entry(
        "niveau", advice.asked_at, f"Gevraagd: {what}", "layers", url=url, source=f"aan {advice.asked_of}"
    )
    if advice.answered_at:
        title = f"Antwoord: {what}"
        yield entry("niveau", advice.answered_at, title, "layers", url=url, source=f"van {advice.asked_of}")


def seen(remark: Remark) -> Entry:
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


def attached(attachment: Attachment) -> Entry:
    """That a file was added. What it is shows only when it is not kept strictly."""
    return entry(
        "bijlage",
        attachment.made_at,
        "Bijlage toegevoegd",
        "file-text",
        text="" if attachment.is_masked else attachment.title,
        url=reverse("cases:attachment_detail", args=[attachment.uuid]),
        source=str(attachment.partner),
        partner=str(attachment.partner),
    )


def imposed(measure: Measure) -> Iterator[Entry]:
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


def informed(line: Informing) -> Entry:
    told = f"{line.get_channel_display()}, door {line.told_by}" if line.told_by else line.reason
    waits = [("Wacht op akkoord", "warning")] if line.needs_agreement else []
    if line.withdrawn_at:
        waits = [("Teruggenomen", "neutral")]
    return entry(
        "informeren",
        line.noted_at,
        f"{line.get_audience_display().capitalize()} {line.get_outcome_display()}",
        "message-square",
        text=told,
        badges=waits,
        source=f"door {line.noted_by}",
    )
