"""Noting a place or a person around a youth, and saying that it is not so any more."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from access.forms import date_input
from cases.forms.picture import past
from cases.models import Place, Relative
from foundation.forms import KeyedForm, in_words


class AroundForm(KeyedForm):
    """What every note about the surroundings has: since when, and from whom one knows."""

    use_required_attribute = False
    since_on = forms.DateField(
        label="Sinds", required=False, widget=date_input(), help_text="Leeg: niet bekend."
    )
    source = forms.CharField(label="Bron", max_length=200, help_text="Van wie of waaruit weet u dit?")

    def clean_since_on(self) -> date | None:
        day = self.cleaned_data["since_on"]
        return past(day) if day else None

    def content(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class PlaceForm(AroundForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Place
        fields = ("kind", "text", "municipality")
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "text": "Straat en nummer, naam van de school, of de plek. Een geheim adres hoort hier niet."
        }

    field_order = ["key", "kind", "text", "municipality", "since_on", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_words(self.fields["kind"])
        self.fields["municipality"].empty_label = "Buiten Parkstad of onbekend"  # type: ignore[attr-defined]


class RelativeForm(AroundForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Relative
        fields = ("kind", "first_name", "prefix", "last_name", "birth_on", "custody", "note")
        widgets = {"birth_on": date_input(), "custody": forms.RadioSelect}
        help_texts = {
            "birth_on": "Bij broers en zussen: zo is later te zien wie jonger is.",
            "note": "Bijvoorbeeld: voetbaltrainer, ziet hem twee keer per week.",
        }

    field_order = ["key", "kind", "first_name", "prefix", "last_name", "birth_on", "custody", "note", "since_on", "source"]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_words(self.fields["kind"])
        in_words(self.fields["custody"])

    def clean_birth_on(self) -> date | None:
        day = self.cleaned_data["birth_on"]
        if day and (day.year < 1900 or day > timezone.localdate()):
            raise forms.ValidationError("Kijk de datum na.")
        return day


class EndForm(forms.Form):
    ended_on = forms.DateField(label="Niet meer sinds", widget=date_input())
    because = forms.CharField(
        label="Waarom", max_length=200, help_text="Bijvoorbeeld: verhuisd, of: dit klopte niet."
    )

    def clean_ended_on(self) -> date:
        return past(self.cleaned_data["ended_on"])
