"""What our forms share."""

import uuid
from typing import Any

from django import forms


class KeyedForm(forms.Form):
    """A form that makes something. Its hidden key becomes the uuid of what is made: sending twice makes one."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
