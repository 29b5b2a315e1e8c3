"""What the beheerder keeps of levels: their regime and the words of their criteria."""

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
        fields = ("ground", "partner_kinds", "data_classes", "letter_text", "verified_on")
        widgets = {"verified_on": date_input(), "letter_text": forms.Textarea(attrs={"rows": 4})}


class CriterionForm(forms.ModelForm):  # type: ignore[type-arg]
    use_required_attribute = False

    class Meta:
        model = LevelCriterion
        fields = ("text", "source", "verified_on")
        widgets = {"verified_on": date_input()}
