"""Asking about a paper: by its code, and with the file."""

from typing import Any

from django import forms
from django.conf import settings

from meetings.proofs import read_code


class CodeForm(forms.Form):
    """The code at the end of a paper."""

    code = forms.CharField(
        label="Controlecode",
        max_length=40,
        help_text="Twaalf letters en cijfers, op de laatste bladzijde. Bijvoorbeeld 7KQM-3XRD-9TPW.",
        error_messages={"required": "Vul de controlecode in."},
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                "Dit is geen controlecode. Kijk op de laatste bladzijde van het verslag."
            )
        return code


class PrintForm(forms.Form):
    """The file, or what a browser with scripts made of it: then the file stays where it is."""

    file = forms.FileField(
        label="Het bestand",
        required=False,
        allow_empty_file=False,
        help_text=f"Een PDF van hoogstens {settings.FILE_BYTES // 1_000_000} MB.",
        error_messages={"empty": "Dit bestand is leeg."},
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )
    fingerprint = forms.RegexField(
        regex="^[0-9a-fA-F]{64}$", required=False, max_length=64, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("file") and not given.get("fingerprint") and not self.errors:
            self.add_error("file", "Kies een bestand.")
        return given
