"""Where the people of an organisation log in."""

import os
from typing import Any

from django import forms

from accounts.models import IdentityProvider, Partner
from accounts.rules import check_can_be_issuer
from foundation.errors import NotPossible
from foundation.forms import KeyedForm


class ProviderForm(forms.Form):
    """How we present ourselves, and what proof of a second step we ask."""

    client_id = forms.CharField(
        label="Client-id", max_length=120, help_text="Zoals de inlogdienst die aan IJAP gaf."
    )
    secret_variable = forms.RegexField(
        r"^OIDC_SECRET_[A-Z0-9_]{1,60}$",
        label="Omgevingsvariabele met het geheim",
        help_text="Begint met OIDC_SECRET_. Het geheim zelf staat niet in IJAP, alleen op de server.",
        error_messages={"invalid": "Begin met OIDC_SECRET_, gevolgd door hoofdletters, cijfers of _."},
    )
    amr_values = forms.CharField(
        label="Waarden van amr die een tweede stap bewijzen",
        max_length=200,
        required=False,
        help_text="Eén waarde is genoeg. Met spaties ertussen. Bijvoorbeeld: mfa hwk",
    )
    acr_values = forms.CharField(
        label="Waarden van acr die een tweede stap bewijzen",
        max_length=400,
        required=False,
        help_text="Eén waarde is genoeg. Met spaties ertussen.",
    )

    def clean_secret_variable(self) -> str:
        name = str(self.cleaned_data["secret_variable"])
        if not os.environ.get(name):
            raise forms.ValidationError(
                "Op de server staat geen geheim onder deze naam. Laat het daar eerst zetten."
            )
        return name

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for field in ("amr_values", "acr_values"):
            found[field] = " ".join(str(found.get(field) or "").split())
        if not found["amr_values"] and not found["acr_values"]:
            self.add_error("amr_values", "Vul in hoe de inlogdienst laat zien dat er een tweede stap was.")
        return found


class NewProviderForm(ProviderForm, KeyedForm):
    """Also: whose, and which."""

    partner = forms.ModelChoiceField(
        Partner.objects.open(), label="Organisatie", to_field_name="uuid", empty_label="Kies een organisatie"
    )
    issuer = forms.URLField(
        label="Adres van de inlogdienst (issuer)",
        max_length=200,
        assume_scheme="https",
        help_text="Dit kan later niet veranderen: bij een ander adres horen andere mensen.",
    )
    field_order = ["key", "partner", "issuer", "client_id", "secret_variable", "amr_values", "acr_values"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].label_from_instance = lambda partner: partner.name  # type: ignore[attr-defined]

    def clean_partner(self) -> Partner:
        partner: Partner = self.cleaned_data["partner"]
        others = IdentityProvider.objects.open().exclude(uuid=self.cleaned_data.get("key"))
        if others.filter(partner=partner).exists():
            raise forms.ValidationError("Deze organisatie heeft al een inlogdienst.")
        return partner

    def clean_issuer(self) -> str:
        issuer = str(self.cleaned_data["issuer"]).rstrip("/")
        try:
            check_can_be_issuer(issuer)
        except NotPossible as refusal:
            raise forms.ValidationError(refusal.reason) from refusal
        return issuer
