"""Adding a file."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from access.forms import class_field
from accounts.models import User
from accounts.roles import DataClass
from foundation.errors import NotPossible
from foundation.files import kind_of
from foundation.forms import KeyedForm


class SignalFileForm(KeyedForm):
    """One file and what it is."""

    file = forms.FileField(
        label="Bestand",
        help_text=(
            f"Een PDF, JPG of PNG van hoogstens {settings.FILE_BYTES // 1_000_000} MB."
            " Er mag niemand anders herkenbaar op staan dan nodig is."
        ),
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    title = forms.CharField(
        label="Wat is het", max_length=120, help_text="Bijvoorbeeld: brief van school, foto van de schade."
    )
    source = forms.CharField(label="Waar komt het vandaan", max_length=200)

    def clean_file(self) -> UploadedFile:
        sent: UploadedFile = self.cleaned_data["file"]
        try:
            kind_of(sent.read(16))
        except NotPossible as refusal:
            raise forms.ValidationError(refusal.reason) from refusal
        sent.seek(0)
        return sent

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, for the operation."""
        given = dict(self.cleaned_data)
        return given | {"raw": given.pop("file").read()}


class CaseFileForm(SignalFileForm):
    """At a case it also has a class."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["data_class"] = class_field(user)

    @property
    def said(self) -> dict[str, Any]:
        given = super().said
        return given | {"data_class": DataClass(given["data_class"])}
