"""Rows of the log as people read them. The log knows ids; the names are looked up when it is read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from audit.models import Event, Outcome
from audit.words import DETAILS, class_text, kind_text

MANY = 12
_BADGES = {
    Outcome.REFUSED: "warning",
    Outcome.NOT_FOUND: "neutral",
    Outcome.NOT_POSSIBLE: "neutral",
    Outcome.FAILED: "negative",
}


@dataclass
class Line:
    """One event in Dutch."""

    at: datetime
    what: str
    outcome: str  # empty when it simply went well
    outcome_kind: str
    who: str
    who_uuid: str
    partner: str
    roles: str
    about: str
    youths: list[str]
    more_youths: int
    is_emergency: bool
    facts: list[tuple[str, str]] = field(default_factory=list)


def partners() -> QuerySet[Any]:
    """The organisations: a floor above this one, known through Django only."""
    related: Any = get_user_model()._meta.get_field("partner").related_model
    found: QuerySet[Any] = related.objects.all()
    return found


def readable(events: Iterable[Event]) -> list[Line]:
    """These events with the names of today, in two queries however many there are."""
    rows = list(events)
    users = get_user_model().objects.in_bulk({r.actor_id for r in rows if r.actor_id})
    named = partners().in_bulk({p for r in rows for p in (r.actor_partner_id, *r.recipients) if p})
    roles = _role_labels()
    return [_line(row, users, named, roles) for row in rows]


def _line(row: Event, users: dict[Any, Any], named: dict[Any, Any], roles: dict[str, str]) -> Line:
    user = users.get(row.actor_id)
    outcome = Outcome(row.outcome)
    return Line(
        at=row.at,
        what=kind_text(row.kind),
        outcome="" if outcome == Outcome.DONE else outcome.label,
        outcome_kind=_BADGES.get(outcome, "neutral"),
        who=str(user) if user else "niemand (niet ingelogd)",
        who_uuid=str(user.uuid) if user else "",
        partner=str(named.get(row.actor_partner_id, "")),
        roles=", ".join(roles.get(word, word) for word in row.actor_role.split(",") if word),
        about=_about(row),
        youths=[str(youth) for youth in row.youth_ids[:MANY]],
        more_youths=max(0, len(row.youth_ids) - MANY),
        is_emergency=row.break_glass_id is not None,
        facts=_facts(row, named),
    )


def _about(row: Event) -> str:
    if not row.subject_type:
        return ""
    model = apps.get_model(row.subject_type)
    return f"{model._meta.verbose_name} {row.subject_id}"


def _facts(row: Event, named: dict[Any, Any]) -> list[tuple[str, str]]:
    """The small facts beside an event, as (term, text); what is empty is left out."""
    facts: list[tuple[str, Any]] = [
        ("dossier", row.case_id),
        ("klasse", class_text(row.data_classes)),
        ("grondslag", row.ground),
        ("noodtoegang", row.break_glass_id),
        ("gegeven aan", [named.get(partner, partner) for partner in row.recipients]),
        *((DETAILS.get(key, key), value) for key, value in row.details.items()),
        ("internetadres", row.ip),
        ("sessie", row.session_hash[:8]),
        ("verzoek", str(row.request_id or "")[:8]),
    ]
    texts = [
        (term.capitalize(), ", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for term, value in facts
        if value is not None
    ]
    return [(term, text) for term, text in texts if text]


def _role_labels() -> dict[str, str]:
    assignment: Any = get_user_model()._meta.get_field("assignments").related_model
    return dict(assignment._meta.get_field("role").flatchoices)
