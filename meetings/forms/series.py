"""What the beheerder sends us about series, seats and closing days."""

import datetime
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format

from accounts.models import Municipality, Partner, RoleAssignment, User
from accounts.roles import Level, Role
from foundation.errors import NotPossible
from foundation.forms import KeyedForm
from meetings.models import ClosingDay, Series, SeriesKind, StandingParticipant
from meetings.models.series import https_link
from meetings.rules.rhythm import ProposedDay, check_can_repeat
from meetings.rules.series import check_can_begin_at, check_has_town

WEEKS = [(1, "Elke week"), (2, "Om de twee weken"), (3, "Om de drie weken"), (4, "Om de vier weken")]

KINDS = [
    (SeriesKind.RHYTHM, "Jongeren"),
    (SeriesKind.PARTNERS, "De samenwerking (partneroverleg, zonder jongeren)"),
]


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def video_field() -> forms.URLField:
    return forms.URLField(
        label="Videolink",
        max_length=300,
        required=False,
        assume_scheme="https",
        validators=[https_link],
        help_text="Wie mag deelnemen ziet deze link, ook in de eigen agenda. Begint met https://.",
    )


class SeriesChangeForm(forms.Form):
    """What may change while the rhythm stays."""

    name = forms.CharField(label="Naam", max_length=80, help_text="Bijvoorbeeld: JPP Parkstad.")
    minutes = forms.IntegerField(label="Duur in minuten", min_value=15, max_value=480, initial=120)
    location = forms.CharField(label="Plaats", max_length=120, required=False, help_text="Een zaal.")
    video_url = video_field()
    break_after_minutes = forms.IntegerField(
        label="Pauze na ongeveer (minuten)",
        min_value=15,
        max_value=480,
        required=False,
        help_text="Duurt een overleg langer, dan komt er een pauze in de agenda. Leeg: geen pauze.",
    )
    break_minutes = forms.IntegerField(
        label="Duur van de pauze (minuten)", min_value=1, max_value=120, required=False
    )

    def __init__(self, *args: Any, series: Series | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.series = series

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        taken = Series.objects.filter(name__iexact=name)
        if self.series:
            taken = taken.exclude(pk=self.series.pk)
        elif key := self.data.get("key"):
            taken = taken.exclude(uuid=forms.UUIDField().clean(key))  # the same form, sent twice
        if taken.exists():
            raise forms.ValidationError("Er is al een reeks met deze naam.")
        return name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        pair = {name: data.get(name) for name in ("break_after_minutes", "break_minutes")}
        for name, value in pair.items():
            if value is None and any(pair.values()) and name not in self.errors:
                self.add_error(name, "Vul allebei in, of geen van beide.")
        return data


class SeriesForm(SeriesChangeForm, KeyedForm):
    """A new rhythm."""

    kind = forms.TypedChoiceField(label="Waarover", choices=KINDS, coerce=SeriesKind)
    level = forms.TypedChoiceField(label="Niveau", choices=Level.choices, coerce=lambda v: Level(int(v)))
    municipality = forms.ModelChoiceField(
        label="Gemeente",
        queryset=Municipality.objects.order_by("name"),
        required=False,
        empty_label="Heel Parkstad",
        help_text="Nodig bij LJA.",
    )
    first_on = forms.DateField(
        label="Eerste keer op", widget=DateInput, help_text="De dag van de week blijft steeds dezelfde."
    )
    time = forms.TimeField(label="Aanvang", widget=TimeInput, initial=datetime.time(9, 30))
    every_weeks = forms.TypedChoiceField(label="Hoe vaak", choices=WEEKS, coerce=int, initial=2)

    field_order = (
        "key", "name", "kind", "level", "municipality", "first_on", "time", "every_weeks", "minutes", "location",
        "video_url", "break_after_minutes", "break_minutes",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if level := data.get("level"):
            try:
                check_has_town(level, data.get("municipality"))
            except NotPossible as no:
                self.add_error("municipality", no.reason)
        return data

    def clean_first_on(self) -> date:
        on: date = self.cleaned_data["first_on"]
        _ask(check_can_repeat, first_on=on, every_weeks=1)
        return on

    def clean_time(self) -> datetime.time:
        at: datetime.time = self.cleaned_data["time"]
        _ask(check_can_begin_at, at)
        return at


def _ask(check: Any, *args: Any, **kwargs: Any) -> None:
    """A rule that says no is an error at the field."""
    try:
        check(*args, **kwargs)
    except NotPossible as no:
        raise forms.ValidationError(no.reason) from no


class StandingForm(forms.Form):
    """A seat at every meeting of a series."""

    partner = forms.ModelChoiceField(label="Organisatie", queryset=Partner.objects.none(), empty_label="Kies")
    person = forms.ModelChoiceField(
        label="Vaste persoon", queryset=User.objects.none(), required=False, empty_label="Wisselend"
    )

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = Partner.objects.at_the_table().order_by("short_name")
        self.fields["person"].queryset = _seated([series.level])
        self.fields["person"].label_from_instance = _with_partner

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        person, partner = data.get("person"), data.get("partner")
        if person and partner and person.partner_id != partner.pk:
            self.add_error("person", f"Deze persoon werkt niet bij {partner}.")
        return data


class DeputyForm(forms.Form):
    """Who comes when the fixed person of a seat cannot."""

    person = forms.ModelChoiceField(
        label="Plaatsvervanger",
        queryset=User.objects.none(),
        empty_label="Kies",
        help_text="Iemand van dezelfde organisatie, aan dezelfde tafel.",
    )

    def __init__(self, *args: Any, seats: Iterable[StandingParticipant], **kwargs: Any) -> None:
        """`seats`: those with a fixed person."""
        super().__init__(*args, auto_id="deputy_%s", **kwargs)
        self.seats = {seat.partner_id: seat for seat in seats}
        seated = _seated({seat.series.level for seat in self.seats.values()}).filter(partner__in=self.seats)
        people = seated.exclude(pk__in=[seat.person_id for seat in self.seats.values()])
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = _with_partner  # type: ignore[attr-defined]


def _seated(levels: Iterable[int]) -> QuerySet[User]:
    """Who sits at a table of these levels."""
    held = RoleAssignment.objects.active().filter(role=Role.DEELNEMER, level__in=list(levels))
    return User.objects.filter(is_active=True, pk__in=held.values("user")).select_related("partner")


def _with_partner(user: User) -> str:
    return f"{user} ({user.partner})"


class ClosingDayForm(forms.Form):
    on = forms.DateField(label="Datum", widget=DateInput)
    name = forms.CharField(label="Naam", max_length=80, help_text="Bijvoorbeeld: Carnaval of Studiedag.")

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if ClosingDay.objects.filter(on=on).exists():
            raise forms.ValidationError("Deze dag is al een sluitingsdag.")
        return on


class ProposedDaysForm(forms.Form):
    """The days of a year that the beheerder takes over. Nothing is closed before that."""

    days = forms.MultipleChoiceField(
        label="Dagen",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één dag."},
    )

    def __init__(self, *args: Any, proposed: list[ProposedDay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = {day.on.isoformat(): day for day in proposed}
        self.fields["days"].choices = [(key, _words(day)) for key, day in self.proposed.items()]
        self.fields["days"].initial = [key for key, day in self.proposed.items() if not day.is_optional]

    def chosen(self) -> list[ProposedDay]:
        return [self.proposed[key] for key in self.cleaned_data["days"]]


def _words(day: ProposedDay) -> str:
    choice = " (keuze)" if day.is_optional else ""
    return f"{date_format(day.on, 'l j F')}: {day.name}{choice}"


class PlaceForm(forms.Form):
    """Where one meeting is."""

    location = forms.CharField(label="Plaats", max_length=120, required=False, help_text="Een zaal.")
    video_url = video_field()


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Waarom gaat dit overleg niet door?",
        max_length=200,
        help_text="Iedereen die mag deelnemen leest dit. Noem geen namen.",
    )
