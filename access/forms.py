"""Letting somebody read a compartment: an organisation, or one person by name."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from access.models import Ground, PoliceData
from access.permissions import check_may_be_given
from accounts.models import Partner, User
from accounts.roles import ROLE_PERMISSIONS, DataClass, Permission
from foundation.errors import NotPossible
from foundation.forms import KeyedForm


def date_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AccessForm(forms.Form):
    """On what ground, why, until when."""

    ground = forms.ChoiceField(label="Op welke grond", choices=Ground, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Waarom is dit nodig",
        max_length=300,
        help_text="Eén zin. Wie dit deel leest, ziet deze reden.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until = forms.DateField(label="Tot en met", widget=date_input())

    def clean_until(self) -> datetime | None:
        """The end of that day, as people mean it."""
        day: date | None = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError("Kies vandaag of een dag daarna.")
        if day.year > timezone.localdate().year + 5:
            raise forms.ValidationError("Kies een dag binnen vijf jaar.")
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


_READS = {
    DataClass.BASIS: "Het dossier, zonder strengere gegevens",
    DataClass.WPG: "Ook de politiegegevens in dit dossier",
    DataClass.ZORG: "Ook de zorggegevens in dit dossier",
}


class ParticipationForm(AccessForm):
    """An organisation takes part: its people at the table of this level read along."""

    partner = forms.ModelChoiceField(
        Partner.objects.none(), label="Welke organisatie", empty_label="Kies een organisatie"
    )
    data_class = forms.TypedChoiceField(
        label="Wat leest deze organisatie",
        coerce=lambda value: DataClass(int(value)),
        widget=forms.RadioSelect,
        initial=DataClass.BASIS.value,
        help_text="Een organisatie die al deelneemt, kan daarnaast strengere gegevens lezen.",
    )
    field_order = ("partner", "data_class", "ground", "reason", "until")

    def __init__(self, *args: Any, classes: list[DataClass], taking_part: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = Partner.objects.at_the_table().exclude(pk__in=taking_part)
        self.fields["data_class"].choices = [(c.value, _READS[c]) for c in classes]
        if len(classes) == 1:
            del self.fields["data_class"]
        self.fields["until"].required = False
        self.fields["until"].help_text = "Leeg: tot u de deelname beëindigt."


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        function = f", {obj.function}" if obj.function else ""
        return f"{obj} ({obj.partner}{function})"


class GrantForm(AccessForm):
    """One person by name, with a reason and an end."""

    user = PersonChoice(User.objects.none(), label="Wie", empty_label="Kies een persoon")
    field_order = ("user", "ground", "reason", "until")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_youths = {Permission.SIGNAL_REGISTER, Permission.CASE_READ}
        roles = [
            role
            for role, may in ROLE_PERMISSIONS.items()
            if may & with_youths and Permission.ROBOT not in may
        ]
        found = User.objects.filter(is_active=True, assignments__role__in=roles, assignments__ended_at=None)
        found = found.exclude(pk=by.pk).select_related("partner").distinct()
        self.fields["user"].queryset = found.order_by("partner__name", "last_name", "first_name", "pk")
        self.fields["until"].help_text = "Daarna stopt de toegang vanzelf."

    def clean_user(self) -> User:
        user: User = self.cleaned_data["user"]
        try:
            check_may_be_given(user)
        except NotPossible as refusal:
            raise forms.ValidationError(refusal.reason) from refusal
        return user


class EndForm(forms.Form):
    """One button: this line of the page ends."""

    row = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class PoliceDecisionForm(KeyedForm):
    """A decision to provide police data: what, about whom, to whom, how long (Wpg art. 20)."""

    reference = forms.CharField(label="Kenmerk van het besluit", max_length=80)
    interest = forms.CharField(
        label="Zwaarwegend algemeen belang", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    conditions = forms.CharField(
        label="Voorwaarden", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    covers = forms.MultipleChoiceField(
        label="Gegevens over", choices=PoliceData.choices, widget=forms.CheckboxSelectMultiple
    )
    recipients = forms.ModelMultipleChoiceField(
        Partner.objects.none(), label="Wie mag ze ontvangen", widget=forms.CheckboxSelectMultiple
    )
    valid_from = forms.DateField(label="Geldig vanaf", widget=date_input())
    valid_until = forms.DateField(label="Geldig tot en met", widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipients"].queryset = Partner.objects.at_the_table()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = said.get("valid_from"), said.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", "Deze dag ligt voor de eerste dag.")
        return said


def class_field(user: User) -> forms.TypedChoiceField:
    """How strictly it is kept: one of the classes for which its maker is cleared. Secret has pages of its own."""
    classes = [c for c in DataClass if c != DataClass.GEHEIM and user.is_cleared(c)]
    return forms.TypedChoiceField(
        label="Klasse",
        choices=[(c.value, c.label.capitalize()) for c in classes],
        coerce=int,
        initial=DataClass.BASIS,
        help_text="Strenger dan basis leest alleen wie daarvoor een bevoegdheid heeft.",
    )
