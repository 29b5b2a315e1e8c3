"""Who speaks for an organisation, and who its people are."""

from typing import Any

from django import forms

from accounts.models import Partner, User


class ContactForm(forms.Form):
    """One of the organisation's own people."""

    contact = forms.ModelChoiceField(
        User.objects.none(), label="Contactpersoon", to_field_name="uuid", empty_label="Kies iemand"
    )

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = partner.users.filter(is_active=True)  # type: ignore[attr-defined]


class PeopleForm(forms.Form):
    """Tick who works here and needs this."""

    users = forms.ModelMultipleChoiceField(
        User.objects.none(),
        to_field_name="uuid",
        error_messages={"required": "Kruis eerst aan wie er bij uw organisatie werkt."},
    )

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["users"].queryset = users  # type: ignore[attr-defined]
