"""Taking a signal away from the wrong youth, and the note about it."""

from typing import Any

from django import forms
from django.template.defaultfilters import date as format_date
from django.utils.timezone import localtime

from cases.forms.signals import LongText
from cases.models import ToldSignal
from foundation.forms import KeyedForm


class UnlinkForm(KeyedForm):
    """Which signal, and why it is about somebody else."""

    use_required_attribute = False

    told = forms.ChoiceField(label="Welk signaal gaat over een ander?", widget=forms.RadioSelect)
    reason = LongText(
        label="Waarom is dit de verkeerde jongere?",
        max_length=500,
        rows=3,
        help_text="Zonder namen: de privacy officer leest dit.",
    )
    is_sure = forms.BooleanField(
        label="Ik heb het signaal met deze jongere vergeleken: het gaat over iemand anders",
        error_messages={"required": "Vergelijk het signaal met deze jongere en kruis dit aan."},
    )

    def __init__(self, *args: Any, told: list[ToldSignal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(one.uuid): one for one in told}
        self.fields["told"].choices = [(key, _label(one)) for key, one in self.found.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> ToldSignal:
        return self.found[self.cleaned_data["told"]]


def _label(told: ToldSignal) -> str:
    """Where it came from, when, and its first words; of what is kept strictly only the class."""
    words = told.get_data_class_display() if told.is_masked else _beginning(told.text)
    return f"{told.source}, ingebracht op {format_date(localtime(told.told_at), 'j F Y, H:i')}: {words}"


def _beginning(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80].rsplit(' ', 1)[0]} …"


class NoteForm(forms.Form):
    """The note for the privacy officer; carries the version that was on the screen."""

    use_required_attribute = False

    note = LongText(
        label="Notitie", max_length=6000, rows=20, help_text="Zonder naam van de jongere of van anderen."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
