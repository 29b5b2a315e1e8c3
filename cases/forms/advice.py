"""A question to those above or beside the table, and the answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from access.forms import date_input
from cases.forms.picture import past
from cases.models import AdviceKind
from foundation.forms import KeyedForm


class AskForm(KeyedForm):
    use_required_attribute = False

    kind = forms.ChoiceField(
        label="Wat vraagt u",
        choices=[(kind.value, kind.label.capitalize()) for kind in AdviceKind],
        widget=forms.RadioSelect,
    )
    asked_of = forms.CharField(
        label="Aan wie", max_length=120, help_text="Bijvoorbeeld: stuurgroep, burgemeester van Heerlen, RAC."
    )
    question = forms.CharField(
        label="De vraag",
        max_length=3000,
        help_text="Hoogstens één bladzijde: waar zit het vast, wat is geprobeerd, wat heeft u nodig.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_kind(self) -> AdviceKind:
        return AdviceKind(self.cleaned_data["kind"])


class AnswerForm(forms.Form):
    use_required_attribute = False

    text = forms.CharField(label="Het antwoord", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    answered_on = forms.DateField(label="Geantwoord op", widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"answered_on": timezone.localdate()}, **kwargs)

    def clean_answered_on(self) -> date:
        return past(self.cleaned_data["answered_on"])
