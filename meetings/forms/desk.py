"""What is written at one item: note, decision, action."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import Partner, User
from accounts.roles import Level
from cases.models import PostponeGround
from foundation.forms import KeyedForm
from meetings.models import DecidedAudience, DecisionKind, Note
from meetings.rules.live import MOVES, NEEDS_DATE, NEEDS_TEXT
from meetings.rules.one_line import read_line

DATE = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
FAR = date(2100, 1, 1)
MOST_LINES = 500
NOBODY_YET = "kies nog wie"


def check_lines(text: str) -> str:
    """More lines than anybody reads would make minutes that cannot be printed."""
    if text.count("\n") >= MOST_LINES:
        raise forms.ValidationError(f"Gebruik niet meer dan {MOST_LINES} regels.")
    return text


class NoteForm(forms.Form):
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Notitie",
        required=False,
        max_length=Note._meta.get_field("text").max_length,
        widget=forms.Textarea(
            attrs={"rows": 4, "data-grow": True, "data-key": "t", "data-key-label": "Notitie"}
        ),
    )

    def clean_text(self) -> str:
        return check_lines(self.cleaned_data["text"])


class DecisionForm(KeyedForm):
    """One decision. What a kind asks besides is shown by the style sheet; without it, all fields are there."""

    kind = forms.ChoiceField(
        label="Besluit",
        choices=[("", "Kies een besluit"), *DecisionKind.choices],
        widget=forms.Select(attrs={"data-key": "b", "data-key-label": "Besluit"}),
    )
    until_on = forms.DateField(label="Tot en met", required=False, widget=DATE)
    to = forms.TypedChoiceField(
        label="Naar niveau", required=False, coerce=lambda value: Level(int(value)), empty_value=None
    )
    casusregisseur = forms.ChoiceField(label="Wie wordt casusregisseur", required=False)
    audience = forms.ChoiceField(
        label="Wie wordt nog niet geïnformeerd",
        choices=[("", "Kies wie"), *DecidedAudience.choices],
        required=False,
    )
    ground = forms.ChoiceField(
        label="Grond van uitstel",
        choices=[("", "Kies een grond"), *PostponeGround.choices],
        required=False,
        help_text="Een tweede regisseur gaat hiermee akkoord; tot dan telt het uitstel niet.",
    )
    text = forms.CharField(
        label="Toelichting of reden",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": True}),
    )
    tried = forms.CharField(
        label="Wat is al geprobeerd",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": True}),
    )
    review_on = forms.DateField(label="Opnieuw bekijken op", required=False, widget=DATE)

    def __init__(
        self, level: Level, people: Sequence[tuple[str, Sequence[User]]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for _, group in people for person in group}
        named = [(name, [(str(p.pk), str(p)) for p in group]) for name, group in people if group]
        self.fields["casusregisseur"].choices = [("", "Kies wie"), *named]  # type: ignore[attr-defined]
        others = [(one.value, one.label) for one in Level if one != level]
        self.fields["to"].choices = [("", "Kies een niveau"), *others]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask what this kind needs, and leave out what it does not."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind = data.get("kind")
        if kind in NEEDS_DATE:
            self._need("until_on", "Vul een datum in.")
        if kind in NEEDS_TEXT:
            self._need("text", NEEDS_TEXT[DecisionKind(kind)])
        if kind == DecisionKind.CASUSREGISSEUR:
            self._need("casusregisseur", "Kies wie casusregisseur wordt.")
        if kind == DecisionKind.POSTPONE_INFORMING:
            self._need("audience", "Kies wie nog niet wordt geïnformeerd.")
            self._need("ground", "Kies de grond van het uitstel.")
        if kind in MOVES:
            self._need("to", "Kies een niveau.")
            self._need("tried", "Vul in wat al is geprobeerd.")
            self._need("review_on", "Vul een datum in.")
        for name in ("until_on", "review_on"):
            if data.get(name):
                self._check_later(name, data[name])
        return data

    def answers(self) -> dict[str, Any]:
        """What the operation wants to know."""
        data = dict(self.cleaned_data)
        kind = data["kind"] = DecisionKind(data["kind"])
        if kind not in NEEDS_DATE:
            data["until_on"] = None
        if kind != DecisionKind.CASUSREGISSEUR:
            data["casusregisseur"] = ""
        data["casusregisseur"] = self._people.get(data["casusregisseur"])
        if kind != DecisionKind.POSTPONE_INFORMING:
            data |= {"audience": "", "ground": ""}
        if kind not in MOVES:
            data |= {"to": None, "tried": "", "review_on": None}
        return data

    def _need(self, name: str, words: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, words)

    def _check_later(self, name: str, day: date) -> None:
        if not timezone.localdate() < day < FAR:
            self.add_error(name, "Kies een datum na vandaag.")


class ActionForm(KeyedForm):
    """One line: who, what, before when. Or the same in three fields; a choice made there goes above the line."""

    text = forms.CharField(
        label="Nieuwe actie",
        max_length=300,
        widget=forms.TextInput(
            attrs={
                "data-key": "a",
                "data-key-label": "Nieuwe actie",
                "data-one-line": "action_owner",
                "autocomplete": "off",
            }
        ),
    )
    owner = forms.ChoiceField(label="Wie", required=False)
    due_on = forms.DateField(label="Voor", widget=DATE)

    def __init__(
        self, owners: Mapping[Partner, Iterable[User]], *args: Any, table: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._table = table
        line = self.fields["text"]
        line.help_text = f"Bijvoorbeeld: JENS huisbezoek @collega voor volgende {table}"
        line.widget.attrs["data-table"] = table
        self._owners: dict[str, tuple[Partner, User | None]] = {}
        choices: list[Any] = [("", "Kies wie")]
        for partner, people in owners.items():
            rows = [(f"{partner.pk}", str(partner))]
            self._owners[f"{partner.pk}"] = (partner, None)
            for person in people:
                rows.append((f"{partner.pk}-{person.pk}", f"{partner}, {person}"))
                self._owners[f"{partner.pk}-{person.pk}"] = (partner, person)
            choices += rows
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take from the line what was not chosen beside it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        next_on = self.get_initial_for_field(self.fields["due_on"], "due_on")
        names = {str(partner): key for key, (partner, person) in self._owners.items() if person is None}
        is_chosen = bool(data.get("owner"))
        line = read_line(
            data.get("text", ""),
            {} if is_chosen else names,
            {} if is_chosen else self._people(),
            today=timezone.localdate(),
            next_on=next_on if data.get("due_on") == next_on else None,
            table=self._table,
        )
        data |= {"text": line.text, "owner": data.get("owner") or line.owner}
        if line.due_on:
            data["due_on"] = line.due_on
        if not data.get("owner") and "owner" not in self.errors:
            self.add_error("owner", "Kies wie, of begin de regel met een organisatie.")
        if not data.get("text") and "text" not in self.errors:
            self.add_error("text", "Zeg ook wat er gebeurt.")
        return data

    def understood(self) -> str:
        """In words how the line is read so far: who, what, by whom and before when. Empty without a line."""
        data = self.cleaned_data
        if not data.get("text"):
            return ""
        partner, person = self._owners.get(data.get("owner", ""), (None, None))
        due_on = data.get("due_on")
        parts = [partner, data["text"], person, due_on and date_format(due_on, "j F")]
        words = " · ".join(str(part) for part in parts if part)
        return words if partner else f"{words} · {NOBODY_YET}"

    def _people(self) -> dict[str, list[str]]:
        found = {key: person for key, (_, person) in self._owners.items() if person}
        return {key: [p.first_name, p.last_name, str(p)] for key, p in found.items()}

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if not timezone.localdate() <= day < FAR:
            raise forms.ValidationError("Kies vandaag of een latere dag.")
        return day

    def answers(self) -> dict[str, Any]:
        """What the operation wants to know."""
        data = dict(self.cleaned_data)
        data["owner_partner"], data["owner_person"] = self._owners[data.pop("owner")]
        return data
