"""What somebody says of minutes."""

from typing import Any

from django import forms

from foundation.forms import KeyedForm
from meetings.forms.desk import check_lines
from meetings.models import Addendum, MinutesRemark


class RemarkForm(KeyedForm):
    """What should be different in the concept minutes of one point."""

    title, button, thanks = (
        "Klopt er iets niet?",
        "Stuur naar de regisseur",
        "De regisseur leest uw opmerking.",
    )
    text = forms.CharField(
        label="Wat moet er anders",
        max_length=MinutesRemark._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3, "data-grow": True}),
    )

    def clean_text(self) -> str:
        return check_lines(self.cleaned_data["text"])


class AnswerForm(forms.Form):
    """What regie does with a remark."""

    is_taken = forms.TypedChoiceField(
        label="Wat doet u ermee",
        choices=[("ja", "Overgenomen in het verslag"), ("nee", "Niet overgenomen")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="Antwoord",
        required=False,
        max_length=MinutesRemark._meta.get_field("answer").max_length,
        help_text="Nodig als u het niet overneemt.",
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": True}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("is_taken") is False and not data.get("words") and "words" not in self.errors:
            self.add_error("words", "Schrijf waarom u dit niet overneemt.")
        return data


class AddendumForm(KeyedForm):
    """A correction of minutes that are final."""

    title, button, thanks = "Voeg een addendum toe", "Voeg toe", "Het addendum staat bij het verslag."
    # A remark that comes too late must not be taken for one: an addendum stands for good.
    is_addendum = forms.BooleanField(initial=True, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Wat is er anders dan in het verslag",
        max_length=Addendum._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4, "data-grow": True}),
        help_text="Het verslag zelf verandert niet. Dit komt er genummerd naast te staan, voor iedereen die dit punt leest.",
    )

    def clean_text(self) -> str:
        return check_lines(self.cleaned_data["text"])
