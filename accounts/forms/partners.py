"""An organisation."""

from typing import Any

from django import forms

from accounts.models import Municipality, Partner, PartnerKind
from accounts.roles import DataClass
from foundation.forms import KeyedForm


class PartnerForm(forms.Form):
    """What an organisation is called, what it is, where it works."""

    name = forms.CharField(label="Naam", max_length=120)
    short_name = forms.CharField(
        label="Korte naam", max_length=40, help_text="Zo staat de organisatie in lijsten en verslagen."
    )
    kind = forms.ChoiceField(label="Soort")
    brings = forms.TypedChoiceField(
        label="Wat voor gegevens brengt deze organisatie in?",
        coerce=lambda value: DataClass(int(value)),
        choices=[
            (DataClass.BASIS.value, "Gewone gegevens"),
            (DataClass.WPG.value, "Politiegegevens (Wpg)"),
            (DataClass.ZORG.value, "Zorggegevens (beroepsgeheim)"),
        ],
        initial=DataClass.BASIS.value,
        help_text="Daarvan hangt af wie de signalen van deze organisatie mag lezen.",
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label="Gemeente",
        required=False,
        empty_label="Heel Parkstad",
        help_text="Kies een gemeente als de organisatie maar in één gemeente werkt.",
    )

    def __init__(self, *args: Any, partner: Partner | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partner = partner
        leads = partner is not None and partner.kind == PartnerKind.REGIE
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            *([] if leads else [("", "Kies een soort")]),
            *((k.value, k.label) for k in PartnerKind if (k == PartnerKind.REGIE) == leads),
        ]

    def clean_name(self) -> str:
        return self._free("name", "naam")

    def clean_short_name(self) -> str:
        return self._free("short_name", "korte naam")

    def _free(self, field: str, word: str) -> str:
        value: str = " ".join(self.cleaned_data[field].split())
        # The same form sent twice is not a second organisation with this name.
        me = self.partner.uuid if self.partner else self.cleaned_data.get("key")
        if any(other.uuid != me for other in Partner.objects.filter(**{f"{field}__iexact": value})):
            raise forms.ValidationError(f"Er is al een organisatie met deze {word}.")
        return value


class NewPartnerForm(PartnerForm, KeyedForm):
    """The same, with the key that makes sending twice the same as sending once."""
