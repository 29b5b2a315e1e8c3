"""Setting a goal, and saying how it went."""

from datetime import date
from typing import Any

from django import forms

from access.forms import date_input
from access.queries import seats_at
from accounts.models import Partner, User
from cases.forms.cases import future
from cases.models import Case, GoalResult, LifeArea
from foundation.forms import KeyedForm


class GoalForm(KeyedForm):
    area = forms.ModelChoiceField(
        LifeArea.objects.offered(),
        label="Leefgebied",
        to_field_name="code",
        empty_label="Kies een leefgebied",
    )
    text = forms.CharField(
        label="Wat willen we bereiken",
        max_length=500,
        help_text="Zo dat jongere en ouders het herkennen, en zo dat te zien is of het gelukt is.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    partner = forms.ModelChoiceField(
        Partner.objects.none(),
        label="Wie zorgt ervoor",
        to_field_name="uuid",
        empty_label="Kies een organisatie",
    )
    due_on = forms.DateField(label="Wanneer is het zover", widget=date_input())

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sitting = [partner.pk for partner, _ in seats_at(case.room_id, case.level, user=user)]
        self.fields["partner"].queryset = Partner.objects.at_the_table().filter(pk__in=sitting)  # type: ignore[attr-defined]

    def clean_due_on(self) -> date | None:
        return future(self.cleaned_data["due_on"])


class EvaluateForm(forms.Form):
    result = forms.ChoiceField(label="Resultaat", choices=GoalResult, widget=forms.RadioSelect)
    evaluation = forms.CharField(
        label="Hoe ging het", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
