"""Holding back what was proposed."""

from datetime import date

from django import forms
from django.utils import timezone

from access.forms import date_input
from retention.models import RefusalGround
from retention.rules import SHORTEST_REASON


class RefuseForm(forms.Form):
    """Why it stays, and when it is proposed again."""

    ground = forms.TypedChoiceField(
        label="Waarom niet?", coerce=RefusalGround, choices=RefusalGround.choices, widget=forms.RadioSelect
    )
    explanation = forms.CharField(
        label="Toelichting",
        min_length=SHORTEST_REASON,
        max_length=500,
        help_text="Noem geen naam. De toelichting verdwijnt als het later toch wordt vernietigd.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    postponed_until = forms.DateField(label="Opnieuw voorstellen op", widget=date_input())

    def clean_postponed_until(self) -> date:
        day: date = self.cleaned_data["postponed_until"]
        today = timezone.localdate()
        if day <= today:
            raise forms.ValidationError("Kies een dag na vandaag.")
        if day.year >= today.year + 5:
            raise forms.ValidationError("Kies een dag binnen vijf jaar.")
        return day
