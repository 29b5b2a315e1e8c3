"""What our forms share."""

import uuid
from typing import Any

from django import forms

from foundation.errors import KeyUsed, NotPossible


class KeyedForm(forms.Form):
    """A form that makes something. Its hidden key becomes the uuid of what is made: sending twice makes one."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


def refuse(form: forms.BaseForm, no: NotPossible, field: str | None = None) -> int:
    """Say no in the form, with what was typed still in it. Returns the status of the answer.

    It writes no line of its own in the log: nobody tried what they may not, and the page with the form is one already.
    """
    form.add_error(field, no.reason)
    if isinstance(no, KeyUsed):  # what is sent next is something new
        form.data = form.data.copy()
        form.data[form.add_prefix("key")] = str(uuid.uuid4())
    return no.status


def in_words(field: Any) -> None:
    """Choices of a model as people read them: with a capital, and nothing that is only dashes.

    Radio buttons have no empty choice; a list begins with the question.
    """
    named = [(value, str(label)[:1].upper() + str(label)[1:]) for value, label in field.choices if value]
    is_list = type(field.widget) is forms.Select
    field.choices = [("", "Kies"), *named] if is_list else named
