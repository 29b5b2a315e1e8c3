"""Logging in and choosing a password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm


class LoginForm(AuthenticationForm):
    """Django's own, in our words. Says the same to an unknown name, a wrong password and a disabled user."""

    error_messages = {
        "invalid_login": "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw.",
        "inactive": "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Gebruikersnaam"
        self.fields["username"].widget.attrs.update({"autocomplete": "username", "spellcheck": "false"})
        self.fields["username"].error_messages["required"] = "Vul uw gebruikersnaam in."
        self.fields["password"].label = "Wachtwoord"
        self.fields["password"].error_messages["required"] = "Vul uw wachtwoord in."
        for field in self.fields.values():
            field.widget.attrs.pop("autofocus", None)

    def clean_username(self) -> str:
        """Phones like to begin with a capital; our names have none."""
        return str(self.cleaned_data["username"]).lower()


class PasswordForm(PasswordChangeForm):
    """A new password: the old one, and the new one twice."""

    field_order = ["old_password", "new_password1", "new_password2"]
    error_messages = {
        "password_incorrect": "Dit is niet uw huidige wachtwoord.",
        "password_mismatch": "De twee nieuwe wachtwoorden zijn niet gelijk.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["old_password"]
        old.label = "Uw tijdelijke wachtwoord" if self.user.is_password_temporary else "Uw huidige wachtwoord"
        old.widget.attrs.pop("autofocus", None)
        _ask_twice(self)


class FirstPasswordForm(SetPasswordForm):
    """A first password, twice: there is no old one."""

    error_messages = {"password_mismatch": PasswordForm.error_messages["password_mismatch"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_twice(self)


def _ask_twice(form: forms.Form) -> None:
    new, again = form.fields["new_password1"], form.fields["new_password2"]
    new.label = "Nieuw wachtwoord"
    new.help_text = "Minstens 15 tekens. Een zin die alleen u kent, werkt goed. Plakken uit een kluis mag."
    again.label = "Nieuw wachtwoord, nog een keer"
    again.help_text = ""
    for field in form.fields.values():
        assert isinstance(field, forms.CharField)
        field.error_messages["required"] = "Vul dit in."
