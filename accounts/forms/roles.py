"""A role for somebody."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Municipality
from accounts.roles import Level, Role
from accounts.rules import ASSIGNABLE, check_fits
from foundation.errors import NotPossible
from foundation.forms import KeyedForm


class RoleForm(KeyedForm):
    """Which role, at which table or for which municipality, until when."""

    role = forms.TypedChoiceField(
        label="Rol",
        coerce=Role,
        choices=[("", "Kies een rol"), *((role.value, role.label) for role in ASSIGNABLE)],
    )
    level = forms.TypedChoiceField(
        label="Aan welke tafel?",
        coerce=lambda value: Level(int(value)),
        choices=[("", "Geen"), *Level.choices],
        empty_value=None,
        required=False,
        help_text="Alleen voor een deelnemer.",
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label="Voor welke gemeente?",
        empty_label="Geen",
        required=False,
        help_text="Nodig voor een regisseur LJA. Management zonder gemeente ziet de cijfers van Parkstad.",
    )
    until_on = forms.DateField(
        label="Geldig tot en met",
        required=False,
        help_text="Laat leeg als er geen einddatum is.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean_until_on(self) -> date | None:
        day: date | None = self.cleaned_data["until_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError("Deze dag is voorbij. Kies een dag in de toekomst.")
        if day is not None and day.year > timezone.localdate().year + 5:
            raise forms.ValidationError("Kies een dag binnen vijf jaar, of laat dit leeg.")
        return day

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if role := found.get("role"):
            try:
                check_fits(role, found.get("level"), found.get("municipality"))
            except NotPossible as refusal:
                self.add_error("level" if role == Role.DEELNEMER else "municipality", refusal.reason)
        return found

    @property
    def until(self) -> datetime | None:
        """The end of the last day, in our own time."""
        day: date | None = self.cleaned_data["until_on"]
        if day is None:
            return None
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
