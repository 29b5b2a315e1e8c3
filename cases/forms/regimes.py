"""What the beheerder keeps of levels: their regime and the words of their criteria."""

from typing import Any

from django import forms

from access.forms import date_input
from accounts.models import PartnerKind
from accounts.roles import DataClass
from cases.models import LevelCriterion, LevelRegime


class RegimeForm(forms.ModelForm):  # type: ignore[type-arg]
    use_required_attribute = False
    partner_kinds = forms.MultipleChoiceField(
        label="Wie mogen meedoen",
        choices=[choice for choice in PartnerKind.choices if choice[0] != PartnerKind.REGIE],
        widget=forms.CheckboxSelectMultiple,
    )
    data_classes = forms.TypedMultipleChoiceField(
        label="Welke klassen",
        choices=[choice for choice in DataClass.choices if choice[0] != DataClass.GEHEIM],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = LevelRegime
        fields = ("ground", "retention_months", "partner_kinds", "data_classes", "letter_text", "verified_on")
        widgets = {"verified_on": date_input(), "letter_text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = self.fields["retention_months"]
        months.validators.append(forms.fields.validators.MaxValueValidator(240))
        months.validators.append(forms.fields.validators.MinValueValidator(1))


class CriterionForm(forms.ModelForm):  # type: ignore[type-arg]
    use_required_attribute = False

    class Meta:
        model = LevelCriterion
        fields = ("text", "source", "verified_on")
        widgets = {"verified_on": date_input()}
