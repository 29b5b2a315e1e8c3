"""Codes and passkeys: allauth's forms, in our words."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

_HELP = "Zes cijfers uit uw app, of een herstelcode van acht cijfers."


def _ask_for_code(field: forms.Field, help_text: str) -> None:
    field.label = "Code"
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
    field.error_messages["required"] = "Vul de code in."
    field.max_length = 20  # type: ignore[attr-defined]


class CodeForm(AuthenticateForm):
    """The second step of logging in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self.fields["code"], _HELP)


class ConfirmCodeForm(ReauthenticateForm):
    """A code once more, of who is logged in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self.fields["code"], _HELP)


class AppForm(ActivateTOTPForm):
    """The first code of a new app shows that it works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self.fields["code"], "Zes cijfers, zoals de app ze nu toont.")


class PasskeyForm(AddWebAuthnForm):
    """A new passkey; the browser fills in the hidden field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"name": ""}, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"] = forms.CharField(
            label="Naam van deze passkey",
            max_length=40,
            help_text="Zodat u hem later herkent. Bijvoorbeeld: laptop van het werk.",
            error_messages={"required": "Geef de passkey een naam."},
        )
        self.fields["credential"].error_messages["required"] = (
            "Uw browser maakte geen passkey. Probeer het opnieuw."
        )

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())
