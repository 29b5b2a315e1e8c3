"""Narrowing the list of cases, keeping that as a view, taking it out as a file; and words to look for."""

from datetime import datetime
from typing import Any

from django import forms

from access.forms import date_input
from accounts.models import Municipality, Partner
from accounts.roles import Level
from cases.list_queries import ALL, CLOSED, REVIEW
from cases.models import CaseExport, ExportPurpose, SavedView, Theme
from foundation.forms import KeyedForm

NO_NAMES = "Noem geen jongere."


class CaseFilterForm(forms.Form):
    """The answers stand in the address, so that a list can be kept and shared. None of them is about a person."""

    niveau = forms.TypedChoiceField(
        label="Niveau", required=False, coerce=int, choices=[("", "Alle niveaus"), *Level.choices]
    )
    gemeente = forms.ModelChoiceField(
        Municipality.objects.all(),
        label="Gemeente",
        required=False,
        to_field_name="code",
        empty_label="Alle gemeenten",
    )
    organisatie = forms.ModelChoiceField(
        Partner.objects.at_the_table(),
        label="Organisatie die meedoet",
        required=False,
        to_field_name="uuid",
        empty_label="Alle organisaties",
    )
    thema = forms.ChoiceField(
        label="Thema van een signaal", required=False, choices=[("", "Alle thema's"), *Theme.choices]
    )
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[
            ("", "Open"),
            (REVIEW, "Open en te bekijken"),
            (CLOSED, "Gesloten"),
            (ALL, "Open en gesloten"),
        ],
    )
    bekijken = forms.DateField(label="Bekijken tot en met", required=False, widget=date_input())

    @property
    def answers(self) -> dict[str, str]:
        """What was answered and fits, as it stands in an address."""
        self.is_valid()
        return {name: self.data[name] for name in self.fields if self.cleaned_data.get(name)}

    @property
    def told(self) -> list[tuple[str, str]]:
        """The same in words, for people."""
        self.is_valid()
        return [(str(self.fields[name].label), self._words(name)) for name in self.answers]

    def _words(self, name: str) -> str:
        choices = getattr(self.fields[name], "choices", ())
        said = {str(getattr(value, "value", value)): str(label) for value, label in choices}
        answer = str(self.data[name])
        return said.get(answer, answer)


class SaveViewForm(forms.Form):
    """The name of a view."""

    name = forms.CharField(
        label="Naam van de weergave",
        max_length=SavedView._meta.get_field("name").max_length,
        help_text=f"Bijvoorbeeld: LJA Heerlen, deze maand bekijken. {NO_NAMES}",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class ExportForm(KeyedForm):
    """Why a list leaves the house. The privacy officer reads it."""

    purpose = forms.ChoiceField(label="Waarvoor", choices=ExportPurpose.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Waarom kan het niet zonder bestand",
        max_length=CaseExport._meta.get_field("reason").max_length,
        help_text=f"In minstens 20 tekens. De privacy officer leest dit. {NO_NAMES}",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_purpose(self) -> ExportPurpose:
        return ExportPurpose(self.cleaned_data["purpose"])


class FindTextForm(forms.Form):
    """Words to look for. Sent with POST: what is looked for may be about a person, and stays out of addresses."""

    words = forms.CharField(
        label="Woorden",
        max_length=120,
        # No browser suggests what was looked for about another youth.
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    na = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def clean_na(self) -> tuple[datetime, int] | None:
        """From which place on; what is no place is the beginning."""
        at, _, number = self.cleaned_data["na"].partition("|")
        try:
            moment, case = datetime.fromisoformat(at), int(number)
        except ValueError:
            return None
        return (moment, case) if moment.tzinfo and abs(case) < 2**63 else None


def filters_in_words(filters: dict[str, Any]) -> str:
    """The filters that were kept with an export, in words."""
    told = CaseFilterForm(filters).told
    return ", ".join(f"{label.lower()}: {answer}" for label, answer in told) or "alle open dossiers"
