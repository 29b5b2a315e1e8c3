"""A signal and a youth as facts on a page, the same for everybody; and where two versions of a signal differ."""

from dataclasses import dataclass
from typing import Any

from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.http import QueryDict

from accounts.models import Municipality
from cases.forms.signals import SignalForm
from cases.models import Case, Signal, SignalState, Theme, Youth
from cases.operations.signals import CONTENT

STATE_KINDS = {
    SignalState.DRAFT: "neutral",
    SignalState.SUBMITTED: "info",
    SignalState.MORE_ASKED: "warning",
    SignalState.ACCEPTED: "positive",
    SignalState.REFERRED: "info",
    SignalState.REJECTED: "neutral",
    SignalState.WITHDRAWN: "neutral",
}


def facts_of(signal: Signal) -> dict[str, list[tuple[str, Any]]]:
    """Who, what and why, as (term, value)."""
    return {
        "youth": [
            ("Naam", signal.youth_name),
            ("Geboren", signal.birth_on or ("onbekend" if signal.is_birth_unknown else "")),
            ("Omschrijving", signal.description),
            ("Woongemeente", signal.municipality or "buiten Parkstad of onbekend"),
            ("School", signal.school),
        ],
        "story": [
            ("Wanneer", signal.observed_on),
            *([("Waar", signal.location)] if signal.location else []),
            ("Soort informatie", signal.get_nature_display()),
            ("Rol van de jongere", signal.get_role_display()),
            ("Thema's", ", ".join(Theme(theme).label for theme in signal.themes)),
            ("Spoed", signal.get_urgency_display()),
        ],
        "why": [
            *([("Vanuit", signal.get_boa_capacity_display())] if signal.boa_capacity else []),
            ("Grond", signal.get_ground_display()),
            ("Doel", signal.purpose),
            ("Weet de jongere dit", signal.get_youth_informed_display()),
            ("Weten de ouders dit", signal.get_parents_informed_display()),
            *([("Waarom niet", signal.not_informed_because)] if signal.not_informed_because else []),
        ],
    }


def youth_facts(case: Case) -> list[tuple[str, object]]:
    """Who the youth of a case is; the municipality is that of the case."""
    return who_is(case.youth, case.municipality)


def who_is(youth: Youth, municipality: Municipality | None) -> list[tuple[str, object]]:
    guess = f"onbekend, geschat {youth.estimated_age} jaar" if youth.estimated_age else "onbekend"
    facts: list[tuple[str, object]] = [
        ("Geboortedatum", youth.birth_on or guess),
        ("Woongemeente", municipality or "onbekend"),
        ("School", youth.school or "onbekend"),
    ]
    return [*facts, ("Omschrijving", youth.description)] if youth.description else facts


@dataclass(frozen=True)
class Difference:
    """One field that says something else here than what is stored."""

    field: str
    label: str
    mine: str
    theirs: str
    value: str | None  # what the browser sends for it; None for text


def conflicts(form: SignalForm, stored: Signal) -> list[Difference]:
    """Where what was typed differs from what is stored."""
    found = []
    for name, mine in form.content().items():
        theirs = getattr(stored, name)
        if name in form.fields and mine != theirs:
            field = form.fields[name]
            is_choice = isinstance(field.widget, (Select, RadioSelect, CheckboxSelectMultiple, CheckboxInput))
            is_text = isinstance(theirs, str) and not is_choice
            value = None if is_text and theirs else _value(theirs)
            found.append(
                Difference(name, str(field.label), _shown(field, mine), _shown(field, theirs), value)
            )
    return found


def _value(stored: Any) -> str:
    """As the browser holds it."""
    if isinstance(stored, list):
        return ",".join(stored)
    if isinstance(stored, bool):
        return "on" if stored else ""
    if isinstance(stored, Municipality):
        return str(stored.pk)
    return "" if stored is None else str(stored)


def _shown(field: Any, value: Any) -> str:
    """As people read it."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return ", ".join(_shown(field, one) for one in value) or "niet ingevuld"
    labels = dict(getattr(field, "choices", ())) if isinstance(value, str) else {}
    return str(labels.get(value) or value or "niet ingevuld")


def typed_in(sent: QueryDict) -> list[tuple[str, str]]:
    """What somebody typed whose session had ended, to copy. Nothing is looked up."""
    fields = SignalForm.base_fields
    texts = [(name, sent.get(name, "").strip()) for name in CONTENT if name in fields]
    is_typed = {
        name for name, field in fields.items() if type(field.widget).__name__ in ("TextInput", "Textarea")
    }
    return [(str(fields[name].label), text) for name, text in texts if text and name in is_typed]
