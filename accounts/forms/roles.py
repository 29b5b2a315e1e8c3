"""A role for somebody."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Municipality
from accounts.roles import DataClass, Level, Role
from accounts.rules import ASSIGNABLE, check_fits
from foundation.errors import NotPossible
from foundation.forms import KeyedForm


def last_day(label: str, help_text: str, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


def check_day(day: date, *, years: int) -> date:
    """A day to come, and not further away than this."""
    if day < timezone.localdate():
        raise forms.ValidationError("Deze dag is voorbij. Kies een dag in de toekomst.")
    if day > timezone.localdate() + timedelta(days=366 * years):
        raise forms.ValidationError(f"Kies een dag binnen {'twee' if years == 2 else 'vijf'} jaar.")
    return day


def end_of(day: date) -> datetime:
    """The midnight that ends this day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


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
    until_on = last_day("Geldig tot en met", "Laat leeg als er geen einddatum is.", required=False)

    def clean_until_on(self) -> date | None:
        day: date | None = self.cleaned_data["until_on"]
        return day and check_day(day, years=5)

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
        return end_of(day) if day else None


class ClearanceForm(KeyedForm):
    """Which stricter class, why, until when."""

    data_class = forms.TypedChoiceField(
        label="Welke gegevens?",
        coerce=lambda value: DataClass(int(value)),
        choices=[(c.value, c.label.capitalize()) for c in DataClass if c != DataClass.BASIS],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Waarop is dit gegrond?",
        max_length=200,
        help_text="Bijvoorbeeld: screening van 3 maart, training Wpg gevolgd.",
    )
    until_on = last_day("Geldig tot en met", "Hoogstens twee jaar. Daarna beoordeelt u opnieuw.")

    def clean_until_on(self) -> date:
        day: date = self.cleaned_data["until_on"]
        return check_day(day, years=2)

    @property
    def until(self) -> datetime:
        """The end of the last day, in our own time."""
        return end_of(self.cleaned_data["until_on"])
