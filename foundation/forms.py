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


def in_words(field: Any) -> None:
    """Choices of a model as people read them: with a capital, and nothing that is only dashes.

    Radio buttons have no empty choice; a list begins with the question.
    """
    named = [(value, str(label)[:1].upper() + str(label)[1:]) for value, label in field.choices if value]
    is_list = type(field.widget) is forms.Select
    field.choices = [("", "Kies"), *named] if is_list else named
