"""What people may send us about groups."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from access.forms import date_input
from accounts.models import Municipality, Partner
from accounts.roles import Level
from cases.forms.cases import future
from cases.models import Group, Stage
from cases.operations.groups import CONTENT
from cases.rules.groups import next_stages
from foundation.forms import KeyedForm

NO_NAME = "De plek of een bijnaam voor de groep. Nooit de naam van een persoon."
FIRST_YEAR = 2000


def _line(label: str, length: int, help_text: str = "", *, required: bool = True) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=label, max_length=length, required=required, help_text=help_text, widget=widget
    )


def _text(
    label: str, length: int, help_text: str = "", *, rows: int = 4, required: bool = True
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=length, required=required, help_text=help_text, widget=widget
    )


def _day(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=date_input(), help_text=help_text)


def _real(day: date | None) -> date | None:
    if day and not FIRST_YEAR <= day.year <= timezone.localdate().year + 25:
        raise forms.ValidationError("Kijk het jaar na.")
    return day


def _behaviour(*, required: bool) -> forms.CharField:
    hint = "Wat is er gezien, hoe vaak, op welke tijden? Alleen gedrag op een plek, geen namen."
    return _text("Welk gedrag", 2000, hint, required=required)


class StartForm(KeyedForm):
    """A group at step 1."""

    name = _line("Naam van de groep", 80, NO_NAME)
    place = forms.ChoiceField(label="Welke gemeente leidt", help_text="De burgemeester daar heeft de regie.")
    behaviour = _behaviour(required=True)

    def __init__(self, *args: Any, led: list[tuple[Level, Municipality]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.led = {f"{level.value}-{town.code}": (level, town) for level, town in led}
        several = len({level for level, _ in self.led.values()}) > 1
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (key, f"{town} ({level.label})" if several else str(town))
            for key, (level, town) in self.led.items()
        ]

    def clean_place(self) -> tuple[Level, Municipality]:
        return self.led[self.cleaned_data["place"]]


class GroupForm(forms.Form):
    """What is known of a group; carries the version that was on the screen."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    name = _line("Naam van de groep", 80, NO_NAME)
    behaviour = _behaviour(required=False)
    scan_on = _day("Groepsscan van de politie", "Nodig vanaf stap 2B.", required=False)
    convenant = _line(
        "Convenant", 200, "Op welk convenant de namenlijst rust. Nodig vanaf stap 2B.", required=False
    )
    convenant_until = _day("Convenant geldig tot en met", required=False)
    picture = _text(
        "Duiding",
        4000,
        "Wat maakt dit een groep, en wat houdt haar in stand? Geen hulp of zorg van één jongere.",
        rows=6,
        required=False,
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        now = {name: getattr(group, name) for name in CONTENT} | {"version": group.version}
        super().__init__(*args, initial=now, **kwargs)

    def clean_scan_on(self) -> date | None:
        day = _real(self.cleaned_data["scan_on"])
        if day and day > timezone.localdate():
            raise forms.ValidationError("De scan ligt niet in de toekomst.")
        return day

    def clean_convenant_until(self) -> date | None:
        return _real(self.cleaned_data["convenant_until"])

    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CONTENT}


class MoveForm(forms.Form):
    """To which step, and why."""

    to = forms.TypedChoiceField(
        label="Naar welke stap", widget=forms.RadioSelect, coerce=lambda value: Stage(int(value))
    )
    reason = _text("Waarom", 500, "Bijvoorbeeld: besluit van de driehoek van 3 november.", rows=3)

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = next_stages(Stage(group.stage))
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (stage.value, stage.label if stage > group.stage else f"Terug naar {stage.label}")
            for stage in stages
        ]


class GroupCloseForm(forms.Form):
    evaluation = _text(
        "Wat heeft de aanpak opgeleverd", 4000, "Of waarom die niet nodig was. Zonder namen.", rows=5
    )


class PlaceForm(KeyedForm):
    """Where a group is seen."""

    name = _line("Plek", 120, "Een plek in de openbare ruimte, zoals een plein. Geen woonadres.")
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(), label="Gemeente", empty_label="Kies een gemeente"
    )
    since_on = _day("Sinds")

    def clean_since_on(self) -> date | None:
        day = _real(self.cleaned_data["since_on"])
        if day and day > timezone.localdate():
            raise forms.ValidationError("Deze dag is nog niet geweest.")
        return day


class LetInForm(forms.Form):
    """An organisation that is a party of the convenant."""

    partner = forms.ModelChoiceField(
        Partner.objects.none(),
        label="Welke organisatie",
        to_field_name="uuid",
        empty_label="Kies een organisatie",
        help_text="Alleen partijen van het convenant. School, zorg en jeugdgezondheidszorg doen niet mee.",
    )
    reason = _text("Waarom doet deze organisatie mee", 300, rows=2)

    def __init__(self, *args: Any, kinds: set[str], taking_part: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Partner.objects.at_the_table().filter(kind__in=kinds).exclude(pk__in=taking_part)
        self.fields["partner"].queryset = found  # type: ignore[attr-defined]


class LetOutForm(forms.Form):
    """One button: this organisation leaves."""

    partner = forms.ModelChoiceField(Partner.objects.all(), to_field_name="uuid")


class MemberForm(KeyedForm):
    """Who is in the group, and from whom we know it."""

    surname = _line("Achternaam", 80)
    first_name = _line("Voornaam", 60, "Nodig als er meer jongeren zijn.", required=False)
    birth_on = _day("Geboortedatum")
    source = _line("Bron", 200, "Van wie of waaruit weet u dat deze jongere bij de groep hoort?")
    position = _line(
        "Rol in de groep",
        80,
        "Een oordeel, met uw bron en de dag erbij. Leeg als u het niet weet.",
        required=False,
    )
    review_on = _day("Opnieuw bekijken op", "Dan kijkt u of dit nog klopt.")
    ends_on = _day("Tot en met", required=False)

    def clean_birth_on(self) -> date | None:
        return _real(self.cleaned_data["birth_on"])

    def clean_review_on(self) -> Any:
        return future(self.cleaned_data["review_on"])

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        return future(day) if day else None


class GoalForm(KeyedForm):
    """A line of the plan: what, who, when."""

    text = _line("Wat", 300, "Eén zin. Over de groep of de plek, zonder namen.")
    owner = forms.ModelChoiceField(
        Partner.objects.none(), label="Wie", to_field_name="uuid", empty_label="Kies een organisatie"
    )
    due_on = _day("Wanneer klaar")

    def __init__(self, *args: Any, owners: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Partner.objects.open().filter(pk__in=owners)  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        return future(self.cleaned_data["due_on"])


class ReportForm(forms.Form):
    result = _text("Resultaat", 500, "Alleen feiten, zonder namen.", rows=3)


class PartyForm(forms.Form):
    is_party = forms.BooleanField(label="Doet mee aan een groepsaanpak", required=False)


class ThresholdForm(forms.Form):
    number = forms.IntegerField(label="Getal", min_value=1, max_value=1000)
