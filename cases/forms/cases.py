"""Finding, planning, closing and reopening a case."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from access.forms import date_input
from access.queries import regisseurs_of, seats_at
from accounts.models import User
from accounts.roles import Level
from cases.models import Case, HandOver

EVERYTHING = "alles"


class StoryForm(forms.Form):
    """Which part of the story; the answers stand in the address."""

    sinds = forms.ChoiceField(label="Vanaf", required=False)
    soort = forms.ChoiceField(label="Soort", required=False)
    van = forms.ChoiceField(label="Van wie", required=False)

    def offer(self, *, since: str, kinds: Mapping[str, str], partners: Iterable[str]) -> None:
        """`since`: the day of the previous meeting in words, or nothing when there was none."""
        first = f"Vorige overleg, {since}" if since else "Het nieuwste"
        self.fields["sinds"].choices = [("", first), (EVERYTHING, "Alles")]  # type: ignore[attr-defined]
        self.fields["soort"].choices = [("", "Alle soorten"), *kinds.items()]  # type: ignore[attr-defined]
        names = [(name, name) for name in partners]
        self.fields["van"].choices = [("", "Iedereen"), *names]  # type: ignore[attr-defined]


def future(day: date | None) -> date | None:
    """A day on which something still has to happen."""
    if day and day < timezone.localdate():
        raise forms.ValidationError("Kies vandaag of een dag daarna.")
    if day and day.year > timezone.localdate().year + 5:
        raise forms.ValidationError("Kies een dag binnen vijf jaar.")
    return day


class PlanForm(forms.Form):
    """Who is casusregisseur, and when the case is looked at again. Carries what stood there when it was made."""

    casusregisseur = forms.ChoiceField(label="Casusregisseur", required=False)
    review_on = forms.DateField(label="Opnieuw bekijken op", required=False, widget=date_input())
    seen_casusregisseur = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen_review_on = forms.DateField(required=False, widget=forms.HiddenInput(attrs={"type": "hidden"}))

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        now = {"casusregisseur": case.casusregisseur_id or "", "review_on": case.review_on}
        seen = {"seen_casusregisseur": case.casusregisseur_id, "seen_review_on": case.review_on}
        super().__init__(*args, initial=now | seen, **kwargs)
        self.case = case
        self.people = people_for(case, user)
        self.fields["casusregisseur"].choices = _choices(self.people)

    def clean_casusregisseur(self) -> User | None:
        wanted = self.cleaned_data["casusregisseur"]
        everybody = {str(p.pk): p for _, people in self.people for p in people}
        return everybody[wanted] if wanted else None

    def clean_review_on(self) -> date | None:
        day: date | None = self.cleaned_data["review_on"]
        return day if day == self.case.review_on else future(day)

    @property
    def seen(self) -> tuple[int | None, date | None]:
        return self.cleaned_data["seen_casusregisseur"], self.cleaned_data["seen_review_on"]


def people_for(case: Case, user: User) -> list[tuple[str, list[User]]]:
    """Who can be casusregisseur: regie of this level, and who sits at the table; and who it is now."""
    groups = [(str(partner), people) for partner, people in seats_at(case.room_id, case.level, user=user)]
    groups.insert(0, (f"Regie {Level(case.level).label}", regisseurs_of(case.level, case.municipality_id)))
    known = {person.pk for _, people in groups for person in people}
    if case.casusregisseur and case.casusregisseur.pk not in known:
        groups.insert(0, ("Nu", [case.casusregisseur]))
    return groups


def _choices(groups: list[tuple[str, list[User]]]) -> list[Any]:
    named = [(name, [(str(p.pk), str(p)) for p in people]) for name, people in groups if people]
    return [("", "Nog niemand"), *named]


class CloseForm(forms.Form):
    """The evaluation with which a case ends."""

    evaluation = forms.CharField(
        label="Wat is er bereikt",
        max_length=4000,
        help_text="Schrijf feiten op: wat is er nu anders dan bij de start.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    helped = forms.CharField(
        label="Wat heeft geholpen",
        max_length=2000,
        help_text="Ook wat niet hielp. Zo leren wij van elkaar.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    aftercare = forms.CharField(
        label="Wie houdt contact (nazorg)",
        max_length=200,
        required=False,
        help_text="De organisatie of persoon bij wie de jongere terecht kan.",
    )
    handed_to = forms.ChoiceField(
        label="Gaat het elders verder",
        choices=[("", "Nee"), *HandOver.choices],
        required=False,
        help_text="Naar een andere regio kan altijd; naar het ZLZVH of de aanpak voor volwassenen vanaf de PGA.",
    )
    handed_contact = forms.CharField(
        label="Wie nam het daar over",
        max_length=200,
        required=False,
        help_text="Naam, organisatie en het zaaknummer daar.",
    )
    measures_go_on = forms.BooleanField(
        label="Wie de maatregelen uitvoert die nog lopen, weet dat het dossier sluit",
        error_messages={"required": "Zeg dat wie de maatregel uitvoert, dit weet."},
    )

    def __init__(self, *args: Any, measures: list[str], **kwargs: Any) -> None:
        """`measures`: what still runs, in words; without them nothing is asked about it."""
        super().__init__(*args, **kwargs)
        self.fields["measures_go_on"].help_text = f"Nu loopt: {'; '.join(measures)}."
        if not measures:
            del self.fields["measures_go_on"]

    def clean_handed_to(self) -> HandOver | None:
        return HandOver(self.cleaned_data["handed_to"]) if self.cleaned_data["handed_to"] else None


class ReopenForm(forms.Form):
    """Why a closed case opens again."""

    reason = forms.CharField(
        label="Waarom gaat het dossier weer open",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    review_on = forms.DateField(label="Opnieuw bekijken op", widget=date_input())

    def clean_review_on(self) -> date | None:
        return future(self.cleaned_data["review_on"])
