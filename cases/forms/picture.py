"""Saying what worries and what goes well, and taking it back."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from access.forms import class_field, date_input
from accounts.models import User
from cases.models import VOICES, LifeArea, Nature, RemarkKind
from foundation.forms import KeyedForm


def past(day: date) -> date:
    """A day on which something already happened."""
    if day > timezone.localdate():
        raise forms.ValidationError("Kies vandaag of een dag daarvoor.")
    if day.year < 1990:
        raise forms.ValidationError("Kijk het jaar na.")
    return day


class RemarkForm(KeyedForm):
    """One worry, one strength, or one thing that youth or parents say."""

    kind = forms.ChoiceField(
        label="Wat wilt u toevoegen",
        choices=[
            (RemarkKind.STRENGTH, "Een kracht: wat gaat goed, wie helpt"),
            (RemarkKind.WORRY, "Een zorg"),
            (RemarkKind.YOUTH, "Wat de jongere zelf zegt"),
            (RemarkKind.PARENTS, "Wat de ouders zeggen"),
        ],
        widget=forms.RadioSelect,
    )
    area = forms.ModelChoiceField(
        LifeArea.objects.offered(),
        label="Leefgebied",
        to_field_name="code",
        required=False,
        empty_label="Geen: het is de stem van jongere of ouders",
    )
    text = forms.CharField(
        label="Wat",
        max_length=1000,
        help_text="Eén ding, in gewone woorden. Bij een stem: zo veel mogelijk in hun eigen woorden.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    nature = forms.ChoiceField(label="Soort informatie", choices=Nature, widget=forms.RadioSelect)
    source = forms.CharField(label="Bron", max_length=200, help_text="Van wie of waaruit weet u dit?")
    seen_on = forms.DateField(label="Gezien of gehoord op", widget=date_input())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["data_class"] = class_field(user)

    def clean_seen_on(self) -> date:
        return past(self.cleaned_data["seen_on"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        kind, area = said.get("kind"), said.get("area")
        if kind and kind not in VOICES and area is None and "area" not in self.errors:
            self.add_error("area", "Kies een leefgebied.")
        if kind in VOICES:
            said["area"] = None
        return said


class WithdrawForm(forms.Form):
    reason = forms.CharField(label="Waarom neemt u dit terug", max_length=300)


class LifeAreaForm(forms.ModelForm):  # type: ignore[type-arg]
    use_required_attribute = False

    class Meta:
        model = LifeArea
        fields = ("name", "hint")
