"""Noting a measure, saying how it goes, laying a warning to rest; and the catalogue."""

from typing import Any

from django import forms
from django.utils import timezone

from access.forms import date_input
from access.queries import seats_at
from accounts.models import Municipality, Partner, User
from accounts.roles import DataClass
from cases.forms.cases import future
from cases.models import Case, Measure, MeasureKind, MeasureState
from cases.operations.measures import CONTENT
from cases.rules.measures import NEXT_STATES, STARTS
from foundation.forms import KeyedForm

FIRST_YEAR = 1990


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=date_input(), help_text=help_text)


def _line(label: str, length: int, help_text: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text)


class MeasureContentForm(forms.Form):
    """What is known of a measure."""

    use_required_attribute = False

    imposed_by = _line(
        "Wie legde op", 120, "Bijvoorbeeld: burgemeester van Heerlen. Leeg bij een vrijwillig aanbod."
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(), label="Gemeente die oplegt", required=False, empty_label="Geen gemeente"
    )
    ground = _line("Grondslag", 120, "Leeg: zoals in de catalogus.")
    place = _line("Plaats of gebied", 200, "Waar de jongere moet zijn, of juist niet mag komen.")
    days = _line("Dagen en tijden", 120, "Bijvoorbeeld: zaterdag van 9 tot 12 uur.")
    starts_on = _day("Van")
    ends_on = _day("Tot en met")
    fact_on = _day("Dag van het feit", "Bij een straf: de leeftijd op deze dag telt.")
    is_confessed = forms.NullBooleanField(
        label="Heeft de jongere bekend",
        required=False,
        widget=forms.Select(choices=[("unknown", "Niet bekend bij ons"), ("true", "Ja"), ("false", "Nee")]),
    )
    source = _line("Bron", 200, "Van wie of waaruit weet u dit?", required=True)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name in ("starts_on", "ends_on", "fact_on"):
            day = said.get(name)
            if day and not FIRST_YEAR <= day.year <= timezone.localdate().year + 25:
                self.add_error(name, "Kijk het jaar na.")
        if said.get("fact_on") and said["fact_on"] > timezone.localdate():
            self.add_error("fact_on", "Een feit ligt niet in de toekomst.")
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", "De laatste dag ligt voor de eerste.")
        return said

    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CONTENT}


class NoteForm(MeasureContentForm, KeyedForm):
    """Which measure, by whom, and how it stands."""

    kind = forms.ModelChoiceField(
        MeasureKind.objects.none(),
        label="Welke maatregel",
        to_field_name="code",
        empty_label="Kies een maatregel",
    )
    owner = forms.ModelChoiceField(
        Partner.objects.none(),
        label="Wie voert uit",
        to_field_name="uuid",
        empty_label="Kies een organisatie",
        help_text="Staat de organisatie er niet bij? Laat haar eerst deelnemen aan het dossier.",
    )
    state = forms.ChoiceField(
        label="Hoe staat het ervoor",
        choices=[(state.value, state.label.capitalize()) for state in STARTS],
        widget=forms.RadioSelect,
    )
    field_order = ["key", "kind", "owner", "state"]

    def __init__(self, *args: Any, case: Case, user: User, may_lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readable = [DataClass.BASIS, *user.cleared_classes]
        self.fields["kind"].queryset = MeasureKind.objects.offered().filter(data_class__in=readable)  # type: ignore[attr-defined]
        owners = Partner.objects.at_the_table()
        if may_lead:
            sitting = [partner.pk for partner, _ in seats_at(case.room_id, case.level, user=user)]
            owners = owners.filter(pk__in=sitting)
        else:
            owners = owners.filter(pk=user.partner_id)
            self.fields["owner"].initial = user.partner.uuid
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        kind = said.get("kind")
        if said.get("state") == MeasureState.RUNNING:
            if not said.get("starts_on"):
                self.add_error("starts_on", "Vul in vanaf wanneer de maatregel loopt.")
            if kind and not (said.get("ground") or kind.ground or said.get("imposed_by")):
                self.add_error("ground", "Vul in op welke grond de maatregel loopt.")
        if kind and not said.get("ground"):
            said["ground"] = kind.ground
        return said


class ChangeForm(MeasureContentForm):
    """Corrects; carries the version that was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        now = {name: getattr(measure, name) for name in CONTENT} | {"version": measure.version}
        super().__init__(*args, initial=now, **kwargs)


class StateForm(forms.Form):
    """The next state, and the result when it ends."""

    to = forms.ChoiceField(label="Hoe staat het ervoor", widget=forms.RadioSelect)
    result = forms.CharField(
        label="Resultaat of reden",
        max_length=500,
        required=False,
        help_text="Nodig als de maatregel eindigt of niet doorgaat. Alleen feiten.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = NEXT_STATES[MeasureState(measure.state)]
        self.fields["to"].choices = [(state.value, state.label.capitalize()) for state in states]


class RenewForm(forms.Form):
    until = forms.DateField(label="Nieuwe laatste dag", widget=date_input())

    def clean_until(self) -> Any:
        return future(self.cleaned_data["until"])


class ClashForm(forms.Form):
    """Which warning, and why it may stay so."""

    rule = forms.CharField(max_length=3, widget=forms.HiddenInput)
    measures = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label="Waarom kan dit zo blijven", max_length=300)


class KindForm(forms.ModelForm):  # type: ignore[type-arg]
    """One entry of the catalogue."""

    use_required_attribute = False

    class Meta:
        model = MeasureKind
        fields = (
            "code", "name", "imposer", "nature", "family", "ground", "min_age", "max_age", "age_moment", "younger_advice",
            "max_days", "max_renewals", "max_total_days", "conditions", "excludes", "requires", "data_class", "source",
            "verified_on",
        )  # fmt: skip
        widgets = {"verified_on": date_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family"].label = "Welke waarschuwingen"
        self.fields["family"].required = True
        classes = [choice for choice in DataClass.choices if choice[0] != DataClass.GEHEIM]
        self.fields["data_class"] = forms.TypedChoiceField(label="Klasse", choices=classes, coerce=int)
        others = MeasureKind.objects.exclude(pk=self.instance.pk).values_list("pk", "name")
        for name in ("excludes", "requires"):
            self.fields[name] = forms.TypedMultipleChoiceField(
                label=self.fields[name].label,
                choices=others,
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        for name in ("min_age", "max_age", "max_renewals"):
            self.fields[name].max_value = 99  # type: ignore[attr-defined]
            self.fields[name].validators.append(forms.fields.validators.MaxValueValidator(99))
        for name in ("max_days", "max_total_days"):
            self.fields[name].validators.append(forms.fields.validators.MaxValueValidator(20_000))


class NewKindForm(KeyedForm, KindForm):
    """Also a key: sent twice makes one entry."""


class TermForm(forms.Form):
    days = forms.IntegerField(label="Dagen", min_value=1, max_value=1000)


class AgeLimitForm(forms.Form):
    consequence = forms.CharField(label="Wat verandert er", max_length=200)
