"""Logging in and choosing a password."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.db import transaction
from django.http import HttpRequest

from accounts import limits
from accounts.models import User
from foundation.http import address_of

WRONG = "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw."


def proven(request: HttpRequest, name: str, password: str) -> User | None:
    """The user of this name, when the password is right. Who guessed too often waits, and nothing is looked at."""
    address = address_of(request)
    with transaction.atomic():
        limits.take_turn(name, address)
        wait = limits.seconds_to_wait(name, address)
        user = None if wait else authenticate(request, username=name, password=password)
    if wait:
        raise forms.ValidationError(
            f"Er is te vaak een verkeerd wachtwoord ingevuld. Wacht {waiting(wait)} en probeer het opnieuw. "
            "Inloggen met een passkey kan wel.",
            code="wait",
        )
    return user  # type: ignore[return-value]


def waiting(seconds: int) -> str:
    if seconds < 90:
        return "1 seconde" if seconds == 1 else f"{seconds} seconden"
    return f"{round(seconds / 60)} minuten"


class LoginForm(AuthenticationForm):
    """Django's own, in our words. Says the same to an unknown name, a wrong password and a disabled user."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Gebruikersnaam"
        self.fields["username"].widget.attrs.update(
            {"autocomplete": "username webauthn", "spellcheck": "false"}
        )
        self.fields["username"].error_messages["required"] = "Vul uw gebruikersnaam in."
        self.fields["password"].label = "Wachtwoord"
        self.fields["password"].error_messages["required"] = "Vul uw wachtwoord in."
        for field in self.fields.values():
            field.widget.attrs.pop("autofocus", None)

    def clean_username(self) -> str:
        """Phones like to begin with a capital; our names have none."""
        return str(self.cleaned_data["username"]).lower()

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name is not None and password:
            self.user_cache = proven(self.request, name, password)
            if self.user_cache is None:
                raise self.get_invalid_login_error()
        return self.cleaned_data


class _Readable:
    """A new password twice, in our words. It may be pasted, and is never cut off."""

    fields: dict[str, forms.Field]

    def _in_our_words(self) -> None:
        new, again = self.fields["new_password1"], self.fields["new_password2"]
        new.label = "Nieuw wachtwoord"
        new.help_text = (
            "Minstens 15 tekens. Een zin die alleen u kent, werkt goed. Plakken uit een kluis mag."
        )
        again.label = "Nieuw wachtwoord, nog een keer"
        again.help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("autofocus", None)
            field.error_messages["required"] = "Vul dit in."


class PasswordForm(_Readable, PasswordChangeForm):
    """A new password: the old one, and the new one twice."""

    field_order = ["old_password", "new_password1", "new_password2"]
    error_messages = {
        "password_incorrect": "Dit is niet uw huidige wachtwoord.",
        "password_mismatch": "De twee nieuwe wachtwoorden zijn niet gelijk.",
    }

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request.user, *args, **kwargs)
        self.request = request
        self._in_our_words()
        is_temporary = request.user.is_password_temporary
        self.fields["old_password"].label = (
            "Uw tijdelijke wachtwoord" if is_temporary else "Uw huidige wachtwoord"
        )

    def clean_old_password(self) -> str:
        """The old password can be guessed here too, so the same limits hold."""
        old = str(self.cleaned_data["old_password"])
        if proven(self.request, self.user.username, old) != self.user:
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return old


class FirstPasswordForm(_Readable, SetPasswordForm):
    """The first password of somebody who was invited."""

    error_messages = {"password_mismatch": "De twee wachtwoorden zijn niet gelijk."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._in_our_words()
        self.fields["new_password1"].label = "Wachtwoord"
        self.fields["new_password2"].label = "Wachtwoord, nog een keer"


class ConfirmPasswordForm(forms.Form):
    """The password once more, of who is logged in."""

    password = forms.CharField(
        label="Wachtwoord",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Vul uw wachtwoord in."},
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if proven(self.request, self.request.user.username, password) != self.request.user:
            raise forms.ValidationError("Dit is niet uw wachtwoord.", code="wrong")
        return password
