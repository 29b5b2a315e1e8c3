"""Comparing two youths, and saying that they are one or two."""

from typing import Any

from django import forms

from cases.forms.signals import LongText
from cases.merge_queries import Side


class MergeForm(forms.Form):
    """Who stays, why it is the same one, and that somebody compared. Carries what stood on the screen."""

    use_required_attribute = False

    keep = forms.ChoiceField(label="Wie blijft?", widget=forms.RadioSelect)
    reason = LongText(
        label="Waarom is dit dezelfde jongere?",
        max_length=500,
        rows=3,
        help_text="Alleen wie beide jongeren mag zien, leest dit.",
    )
    is_same = forms.BooleanField(
        label="Ik heb naam, geboortedatum, gemeente, school en dossiers vergeleken: dit is dezelfde jongere",
        error_messages={"required": "Vergelijk de twee en kruis dit aan."},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=100)

    def __init__(self, *args: Any, sides: tuple[Side, Side], seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = [(str(side.youth.uuid), _label(side)) for side in sides]  # type: ignore[attr-defined]
        first = next((side for side in sides if side.open_case), sides[0])
        self.fields["keep"].initial = str(first.youth.uuid)
        self.fields["seen"].initial = seen


def _label(side: Side) -> str:
    what = f"open dossier bij {side.open_case.get_level_display()}" if side.open_case else "geen open dossier"
    return f"{side.youth.name}, {what}"


class NumberForm(forms.Form):
    """A BSN, to compare with those of others."""

    use_required_attribute = False

    number = forms.CharField(
        label="BSN",
        max_length=12,
        help_text="Negen cijfers.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


class UndoForm(forms.Form):
    """Why they are two after all."""

    use_required_attribute = False

    reason = LongText(label="Waarom zijn dit toch twee jongeren?", max_length=500, rows=3)
