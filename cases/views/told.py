"""What was told at the table of a case, and what its source said of it later: material for pages, no page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import User
from accounts.roles import Permission
from cases.models import Case, Correction, CorrectionKind, CorrectionTask, ToldSignal
from cases.permissions.corrections import check_may_process, check_may_word, reads_earlier
from cases.queries import with_corrections
from cases.rules.corrections import check_can_word
from cases.rules.told_signals import BADGES, standing_of, told_text, words_of
from cases.views.story_entries import FACTS, Entry, entry
from foundation.errors import allows

TITLES = {
    CorrectionKind.WITHDRAWN: "Signaal teruggenomen door de bron",
    CorrectionKind.CORRECTED: "Signaal verbeterd door de bron",
}


@dataclass(frozen=True)
class Pending:
    """Corrections that were not processed: by the reader's own organisation, and (for regie) by others."""

    own: list[CorrectionTask] = field(default_factory=list)
    others: list[CorrectionTask] = field(default_factory=list)


def pending_of(case: Case, user: User) -> Pending:
    tasks = CorrectionTask.objects.visible_to(user).pending().filter(case=case)
    rows = list(tasks.select_related("partner", "correction__told").order_by("made_at", "pk"))
    is_asked, leads = user.may(Permission.ACTION_OWN), user.may(Permission.CASE_LEAD)
    return Pending(
        own=[task for task in rows if is_asked and task.partner_id == user.partner_id],
        others=[task for task in rows if leads and task.partner_id != user.partner_id],
    )


def told_of(case: Case, user: User, limit: int | None) -> Iterator[Entry]:
    """What was told, and as lines of their own what the source said of it later."""
    told = ToldSignal.objects.visible_to(user).filter(case=case).select_related("source")
    for signal in with_corrections(told.order_by("-told_at", "-pk")[:limit], user):
        yield _told(signal, user)
        yield from (_corrected(signal, one) for one in signal.all_corrections)


def _told(signal: ToldSignal, user: User) -> Entry:
    """Facts and own observations are told apart from what others said, judged or suspect."""
    is_fact = signal.nature in FACTS
    telling = told_text(signal, shows_earlier=reads_earlier(user, signal))
    seen = f", gezien op {date_format(signal.observed_on, 'j F Y')}" if signal.observed_on else ""
    return entry(
        "signaal",
        signal.told_at,
        "Signaal ingebracht",
        "message-square",
        text=telling.text,
        struck=telling.struck,
        reveal_url=telling.reveal_url,
        badges=[(signal.get_nature_display(), "info" if is_fact else "warning"), *telling.badges],
        source=f"Bron: {signal.source}{seen}, rol van de jongere: {signal.get_role_display().lower()}",
        nature="" if is_fact else "Geen vastgesteld feit",
        partner=str(signal.source),
    )


def _corrected(signal: ToldSignal, correction: Correction) -> Entry:
    return entry(
        "signaal",
        correction.made_at,
        TITLES[CorrectionKind(correction.kind)],
        "rotate-ccw",
        url=reverse("cases:told_signal_detail", args=[signal.uuid]),
        text="" if signal.is_masked else correction.reason,
        source=f"Bron: {signal.source}, ingebracht op {date_format(signal.told_at, 'j F Y')}",
        partner=str(signal.source),
    )


def telling_of(signal: ToldSignal, user: User) -> dict[str, Any]:
    """What the page of one told signal shows of it: in full, also when it is kept strictly."""
    standing = standing_of(signal)
    text, struck = words_of(signal, shows_earlier=reads_earlier(user, signal))
    tasks = list(standing.tasks.all()) if standing else []
    own = [task for task in tasks if task.done_at is None and allows(check_may_process, user, task)]
    return {
        "text": text,
        "struck": struck,
        "correction": standing,
        "badge": BADGES[CorrectionKind(standing.kind)] if standing else None,
        "tasks": [task for task in tasks if _sees_task(user, task)],
        "own_task": own[0] if own else None,
        "may_word": bool(standing)
        and allows(check_can_word, standing)
        and allows(check_may_word, user, standing),
    }


def _sees_task(user: User, task: CorrectionTask) -> bool:
    """Who processed it already is for regie; everybody else knows of the own organisation."""
    return user.may(Permission.CASE_LEAD) or task.partner_id == user.partner_id
