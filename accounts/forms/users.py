"""A user, and finding one."""

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator

from accounts.models import Partner, User
from foundation.forms import KeyedForm


class PersonForm(forms.Form):
    """How somebody is called and reached at work."""

    first_name = forms.CharField(label="Voornaam", max_length=60)
    last_name = forms.CharField(label="Achternaam, met tussenvoegsel", max_length=80)
    function = forms.CharField(label="Functie", max_length=80, required=False)
    email = forms.EmailField(
        label="E-mailadres van het werk",
        max_length=200,
        required=False,
        help_text="Voor de uitnodiging en herinneringen. Daarin staat nooit een naam. Zonder adres krijgt u een wachtwoord dat u zelf doorgeeft.",
    )


class NewUserForm(PersonForm, KeyedForm):
    """A new user: also with which name to log in and for which organisation."""

    partner = forms.ModelChoiceField(
        Partner.objects.open(),
        label="Organisatie",
        to_field_name="uuid",
        empty_label="Kies een organisatie",
        help_text="Dit kan later niet veranderen. Wie ergens anders gaat werken, krijgt een nieuw account.",
    )
    username = forms.CharField(
        label="Gebruikersnaam",
        max_length=60,
        help_text="Kleine letters, cijfers, punt en streepje. Bijvoorbeeld: a.voorbeeld",
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    field_order = ["key", "partner", "first_name", "last_name", "function", "email", "username"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].label_from_instance = lambda partner: partner.name  # type: ignore[attr-defined]

    def clean_username(self) -> str:
        value = str(self.cleaned_data["username"]).strip().lower()
        UnicodeUsernameValidator(message="Gebruik alleen letters, cijfers, punt, streepje of apenstaartje.")(
            value
        )
        # The same form sent twice is not a second user with this name.
        same = User.objects.filter(username__iexact=value)
        if any(user.uuid != self.cleaned_data.get("key") for user in same):
            raise forms.ValidationError("Er is al een gebruiker met deze gebruikersnaam.")
        return value


class UserSearchForm(forms.Form):
    """Sent with POST: a name does not belong in an address."""

    words = forms.CharField(
        label="Zoek op naam of gebruikersnaam",
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class UserFilterForm(forms.Form):
    """Narrows the list of users; the answers stand in the address."""

    organisatie = forms.ModelChoiceField(
        Partner.objects.all(),
        label="Organisatie",
        to_field_name="uuid",
        required=False,
        empty_label="Alle organisaties",
    )
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[
            ("", "Alle gebruikers"),
            ("actief", "Kan inloggen"),
            ("uit", "Uitgeschakeld"),
            ("zonder-rol", "Zonder rol"),
            ("eindigt", "Rol eindigt binnen dertig dagen"),
            ("tijdelijk", "Met een tijdelijk wachtwoord"),
        ],
    )
