"""Which youth, and what its paper leaves to a count."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from oversight.models import WithheldGround


class SubjectForm(forms.Form):
    """Somebody who is known already: the whole last name and the birth date. Sent with POST, kept nowhere."""

    last_name = forms.CharField(
        label="Achternaam",
        max_length=100,
        help_text="De hele achternaam, zoals die in het dossier staat.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_on = forms.DateField(
        label="Geboortedatum", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    first_name = forms.CharField(
        label="Voornaam",
        max_length=60,
        required=False,
        help_text="Alleen nodig bij een tweeling.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_birth_on(self) -> date:
        day: date = self.cleaned_data["birth_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Deze dag is nog niet geweest.")
        return day


class PaperForm(forms.Form):
    """Which organisations the paper does not name, and on what ground."""

    withheld = forms.TypedMultipleChoiceField(
        label="Welke organisaties noemt het stuk niet?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hun gebeurtenissen worden wel geteld. Het aantal en de grond staan op het stuk.",
    )
    ground = forms.TypedChoiceField(
        label="Op welke grond?",
        coerce=WithheldGround,
        choices=[("", "Geen: alles staat erop"), *WithheldGround.choices],
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, organisations: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["withheld"].choices = list(organisations.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("withheld") and not found.get("ground"):
            self.add_error("ground", "Kies op welke grond u deze organisaties niet noemt.")
        return found
