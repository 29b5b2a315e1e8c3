"""Narrowing the log. The answers stand in the address: ids and words only."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone

from audit.models import EventQuerySet, Outcome
from audit.readable import partners
from audit.words import KINDS

FAR = date(2200, 1, 1)  # nothing of ours is later; beyond the last day there is no midnight


class LogFilterForm(forms.Form):
    """Who, for whom, what, how it ended, when, about which youth or case."""

    persoon: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        None, label="Persoon", required=False, empty_label="Iedereen", to_field_name="uuid"
    )
    organisatie: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        None, label="Organisatie", required=False, empty_label="Alle organisaties", to_field_name="uuid"
    )
    soort = forms.ChoiceField(
        label="Gebeurtenis",
        required=False,
        choices=[("", "Alles"), *sorted(KINDS.items(), key=lambda kind: kind[1])],
    )
    uitkomst = forms.ChoiceField(label="Uitkomst", required=False, choices=[("", "Alle"), *Outcome.choices])
    van = forms.DateField(
        label="Van", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    tot = forms.DateField(
        label="Tot en met", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    jongere = forms.IntegerField(label="Nummer van de jongere", required=False, min_value=1, max_value=2**62)
    dossier = forms.IntegerField(label="Nummer van het dossier", required=False, min_value=1, max_value=2**62)
    nood = forms.ChoiceField(
        label="Noodtoegang", required=False, choices=[("", "Met en zonder"), ("ja", "Alleen met")]
    )

    def __init__(self, *args: Any, partner_id: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.all()
        if partner_id is not None:  # of the own organisation only
            people = people.filter(partner_id=partner_id)  # type: ignore[misc]
            del self.fields["organisatie"]
        else:
            self.fields["organisatie"].queryset = partners()  # type: ignore[attr-defined]
        self.fields["persoon"].queryset = people  # type: ignore[attr-defined]

    def narrow(self, events: EventQuerySet) -> EventQuerySet:
        """The events that the answers ask for. An answer that cannot be read asks for nothing."""
        youth = self.cleaned_data.get("jongere") if self.is_valid() else None
        return (events.of_youth(youth) if youth else events).filter(self._condition())

    def _condition(self) -> Q:
        found: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        wanted = {
            "actor_id": found.get("persoon") and found["persoon"].pk,
            "actor_partner_id": found.get("organisatie") and found["organisatie"].pk,
            "kind": found.get("soort"),
            "outcome": found.get("uitkomst"),
            # Moments, not days: only then does PostgreSQL skip the months outside them.
            "at__gte": _midnight(found.get("van"), 0),
            "at__lt": _midnight(found.get("tot"), 1),
            "case_id": found.get("dossier"),
            "break_glass_id__isnull": False if found.get("nood") else None,
        }
        return Q(**{name: value for name, value in wanted.items() if value not in (None, "")})

    def used(self) -> dict[str, Any]:
        """Which filters were used, for the log itself: ids and words."""
        found: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        used: dict[str, Any] = {"filters": sorted(name for name, value in found.items() if value)}
        if found.get("persoon"):
            used["person"] = found["persoon"].pk
        if found.get("jongere"):
            used["youth"] = found["jongere"]
        if found.get("dossier"):
            used["case"] = found["dossier"]
        return used


def _midnight(day: date | None, days_later: int) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(min(day, FAR) + timedelta(days=days_later), time.min))
