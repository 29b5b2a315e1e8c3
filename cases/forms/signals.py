"""What people may send us about signals."""

from datetime import date
from typing import Any

from django import forms

from accounts.models import Municipality, PartnerKind
from cases.models import BoaCapacity, Informed, Nature, Role, Signal, SignalGround, Theme, Urgency
from cases.operations.signals import CONTENT
from cases.rules.signals import ReferTo, RejectReason

SENTENCE_HELP = "De melder leest dit. Schrijf niet of een jongere al bekend is."


class LongText(forms.CharField):
    """Text of several lines. A browser sends each line end as two characters; we count and keep one."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value)
        return text.replace("\r\n", "\n")


def day(label: str, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget, required=False)


def choice(label: str, choices: Any, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, help_text=help_text, widget=forms.RadioSelect, required=False
    )


def words(label: str, length: int, help_text: str = "") -> forms.CharField:
    # No browser suggests what was typed about another youth.
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=length, help_text=help_text, widget=widget, required=False)


def town() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Municipality.objects.order_by("name"),
        label="Woongemeente",
        empty_label="Buiten Parkstad of onbekend",
        required=False,
    )


class SignalForm(forms.Form):
    """The one form of the melder. Everything may be left open while writing; sending asks for the rest."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    first_name = words("Voornaam", 60)
    prefix = words("Tussenvoegsel", 20)
    last_name = words("Achternaam", 80)
    birth_on = day("Geboortedatum")
    is_birth_unknown = forms.BooleanField(label="Ik weet de geboortedatum niet", required=False)
    description = words(
        "Omschrijving",
        300,
        "Weet u de naam of de geboortedatum niet? Bijvoorbeeld: ongeveer 14 jaar, bijnaam.",
    )
    municipality = town()
    school = words("School", 120)
    observed = LongText(
        label="Wat is er gezien of gehoord?",
        max_length=20_000,
        rows=6,
        help_text="Schrijf op wat er gebeurde. Houd feiten en mening uit elkaar.",
        required=False,
    )
    observed_on = day("Wanneer was dit?")
    location = words(
        "Waar was dit?", 120, "Een plek die ieder kent, zoals een plein of station. Geen woonadres."
    )
    nature = choice("Wat voor informatie is dit?", Nature.choices)
    role = choice("Wat is de rol van de jongere?", Role.choices)
    themes = forms.MultipleChoiceField(
        label="Waar gaat het over?",
        choices=Theme.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    urgency = choice("Hoe snel is dit nodig?", Urgency.choices, "Is er nu gevaar? Bel eerst 112.")
    boa_capacity = choice("Zag u dit bij toezicht of bij opsporing?", BoaCapacity.choices)
    ground = choice("Op welke grond deelt u dit?", SignalGround.choices)
    purpose = LongText(label="Wat moet het overleg bereiken?", max_length=2000, rows=3, required=False)
    youth_informed = choice("Weet de jongere van deze melding?", Informed.choices)
    parents_informed = choice("Weten de ouders van deze melding?", Informed.choices)
    not_informed_because = words("Als zij het niet weten: waarom niet?", 300)

    OPTIONAL = {
        "prefix",
        "description",
        "municipality",
        "school",
        "location",
        "themes",
        "not_informed_because",
    }

    def __init__(self, *args: Any, signal: Signal, **kwargs: Any) -> None:
        content = {name: getattr(signal, name) for name in CONTENT} | {"version": signal.version}
        super().__init__(*args, initial=content, **kwargs)
        if signal.sender_partner.kind != PartnerKind.ENFORCEMENT:
            del self.fields["boa_capacity"]

    def story(self) -> list[forms.BoundField]:
        """The fields of what happened, in their order on the page."""
        names = ("observed", "observed_on", "location", "nature", "role", "themes", "urgency", "boa_capacity")
        return [self[name] for name in names if name in self.fields]

    def why(self) -> list[forms.BoundField]:
        """The fields of why it is shared."""
        names = ("ground", "purpose", "youth_informed", "parents_informed", "not_informed_because")
        return [self[name] for name in names]

    def clean_urgency(self) -> str:
        return self.cleaned_data["urgency"] or Urgency.NORMAL

    def clean_birth_on(self) -> date | None:
        return _real_day(self.cleaned_data["birth_on"])

    def clean_observed_on(self) -> date | None:
        return _real_day(self.cleaned_data["observed_on"])

    def content(self) -> dict[str, Any]:
        """What was typed, as the operation stores it."""
        return {name: self.cleaned_data.get(name, "") for name in CONTENT}

    def mark_needed(self) -> "SignalForm":
        """For the eye only, after validation: what sending will ask for does not say 'niet verplicht'."""
        for name, field in self.fields.items():
            field.required = name not in self.OPTIONAL
        return self


def _real_day(value: date | None) -> date | None:
    if value is not None and value.year < 1900:
        raise forms.ValidationError("Vul het jaar in met vier cijfers.")
    return value


class AnswerForm(forms.Form):
    """The sender's answer to a question of regie."""

    text = LongText(label="Uw antwoord", max_length=4000)


class QuestionForm(forms.Form):
    text = LongText(label="Uw vraag aan de melder", max_length=4000, help_text=SENTENCE_HELP)


class ReferForm(forms.Form):
    """Where it belongs, and what the sender reads."""

    to = forms.ChoiceField(label="Waar hoort dit signaal?", choices=ReferTo.choices, widget=forms.RadioSelect)
    feedback = LongText(label="Bericht aan de melder", max_length=3500, help_text=SENTENCE_HELP)


class RejectForm(forms.Form):
    """Why not, and what the sender reads."""

    reason = forms.ChoiceField(
        label="Waarom gaat dit signaal niet naar het overleg?",
        choices=RejectReason.choices,
        widget=forms.RadioSelect,
        help_text="De melder leest deze reden ook.",
    )
    feedback = LongText(label="Bericht aan de melder", max_length=3500, help_text=SENTENCE_HELP)


class ToldFilter(forms.Form):
    """Narrows the list of told signals; stands in the address and holds no names."""

    gemeente = forms.ModelChoiceField(
        Municipality.objects.order_by("name"),
        label="Gemeente",
        to_field_name="code",
        empty_label="Alle",
        required=False,
    )
    thema = forms.ChoiceField(label="Thema", choices=[("", "Alle"), *Theme.choices], required=False)
    aard = forms.ChoiceField(
        label="Aard van de informatie", choices=[("", "Alle"), *Nature.choices], required=False
    )
