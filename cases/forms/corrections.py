"""Taking back or correcting what was told, and the words of regie beside it."""

from typing import Any

from django import forms

from cases.forms.signals import LongText
from cases.models import Signal


class TakeBackForm(forms.Form):
    """Why it is not right. The version says which signal its sender looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Wat klopte er niet?",
        max_length=300,
        help_text="Wie het signaal las, leest dit ook. Noem geen namen.",
    )

    def __init__(self, *args: Any, signal: Signal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = signal.version

    def upon(self, version: int) -> None:
        """The same answers, to be saved upon this version."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class CorrectForm(TakeBackForm):
    text = LongText(
        label="Hoe is het wel?",
        max_length=20_000,
        rows=6,
        help_text="De hele tekst zoals die er moet staan. Ging uw signaal over meer jongeren, dan brengt de regisseur "
        "de juiste tekst per jongere in.",
    )

    field_order = ("version", "text", "reason")

    def __init__(self, *args: Any, signal: Signal, **kwargs: Any) -> None:
        super().__init__(*args, signal=signal, **kwargs)
        self.fields["text"].initial = signal.corrected or signal.observed


class WordForm(forms.Form):
    text = LongText(
        label="Hoe is het wel?",
        max_length=20_000,
        rows=6,
        help_text="Alleen wat over deze jongere gaat, en alleen wat deze tafel nodig heeft.",
    )
