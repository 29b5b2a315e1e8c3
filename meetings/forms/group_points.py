"""What the regisseur sends us about a group at a meeting."""

from typing import Any

from django import forms

from meetings.forms.desk import check_lines
from meetings.models import GroupPoint

NO_NAMES = "Geen namen: wie de groep leest, mag niet elke jongere kennen."


class PutForm(forms.ModelForm):  # type: ignore[type-arg]
    """The question to the table and the time for it; carries the version that was on the screen, 0 for none."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    class Meta:
        model = GroupPoint
        fields = ("question", "minutes")
        labels = {"question": "Vraag aan de tafel", "minutes": "Minuten"}
        help_texts = {"question": f"Wat wilt u weten of besluiten? {NO_NAMES}"}
        widgets = {"question": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, instance: GroupPoint | None, **kwargs: Any) -> None:
        version = instance.version if instance else 0
        super().__init__(*args, instance=instance, initial={"version": version}, **kwargs)


class OutcomeForm(forms.Form):
    """What was discussed and agreed; carries the version that was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    outcome = forms.CharField(
        label="Wat is besproken en afgesproken",
        max_length=4000,
        required=False,
        help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 6, "data-grow": True}),
    )

    def clean_outcome(self) -> str:
        return check_lines(self.cleaned_data["outcome"])
