"""Asking for access, and the answers to it."""

from datetime import datetime
from typing import Any

from django import forms

from access.forms import AccessForm
from cases.forms.signals import LongText, words
from cases.models import Need, RequestKind, Verdict
from cases.rules.access_requests import check_reason
from cases.rules.youths import Match
from foundation.errors import NotPossible
from foundation.forms import KeyedForm


def _reason(text: str) -> str:
    try:
        check_reason(text)
    except NotPossible as refusal:
        raise forms.ValidationError(refusal.reason) from refusal
    return text


class RequestForm(KeyedForm):
    """Whom it is about, how urgent it is, and why."""

    use_required_attribute = False

    kind = forms.ChoiceField(label="Wat vraagt u?", choices=RequestKind.choices, widget=forms.RadioSelect)
    first_name = words("Voornaam", 60)
    prefix = words("Tussenvoegsel", 20)
    last_name = words("Achternaam", 80)
    birth_on = forms.DateField(
        label="Geboortedatum", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    need = forms.ChoiceField(
        label="Waarom kan het niet wachten?",
        choices=Need.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text="Alleen bij noodtoegang.",
    )
    reason = LongText(
        label="Waarom is dit nodig?",
        max_length=2000,
        rows=3,
        help_text="Minstens 20 tekens. Een regisseur en de privacy officer lezen dit.",
    )

    def __init__(self, *args: Any, may_break_glass: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = True
        if not may_break_glass:
            self.fields["kind"].choices = [(RequestKind.ORDINARY.value, RequestKind.ORDINARY.label)]
            self.fields["kind"].initial = RequestKind.ORDINARY
            del self.fields["need"]

    def clean_reason(self) -> str:
        return _reason(self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        said.setdefault("need", "")
        if said.get("kind") not in (None, RequestKind.ORDINARY) and not said["need"]:
            self.add_error("need" if "need" in self.fields else None, "Kies waarom dit niet kan wachten.")
        return said


class OntoForm(forms.Form):
    """Which case is meant."""

    onto = forms.ChoiceField(label="Welk dossier wordt bedoeld?", widget=forms.RadioSelect)
    answer = LongText(label="Bericht aan de vrager", max_length=2000, rows=2, required=False)

    def __init__(self, *args: Any, matches: list[tuple[Match, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["onto"].choices = [(str(match.youth.pk), words) for match, words in matches]


class ApproveForm(OntoForm):
    """Break-glass: only which case."""


class GrantForm(OntoForm, AccessForm):
    """Reading along: which case, on what ground, until when."""

    field_order = ("onto", "ground", "until", "answer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]  # the asker wrote it

    def clean_until(self) -> datetime | None:
        return super().clean_until()


class RefuseForm(forms.Form):
    answer = LongText(label="Waarom niet?", max_length=2000, rows=2, help_text="De vrager leest dit.")


class ReviewForm(forms.Form):
    """What a second person says of it."""

    verdict = forms.ChoiceField(label="Uw oordeel", choices=Verdict.choices, widget=forms.RadioSelect)
    text = LongText(label="Toelichting", max_length=2000, rows=3)


class RevealForm(forms.Form):
    """Why what is secret must be opened now."""

    reason = LongText(
        label="Waarom moet u dit nu zien?",
        max_length=300,
        rows=2,
        help_text="Minstens 20 tekens. Een collega van regie kijkt dit na.",
    )

    def clean_reason(self) -> str:
        return _reason(self.cleaned_data["reason"])


class AddressForm(forms.Form):
    address = LongText(
        label="Geheim adres", max_length=400, rows=3, help_text="Straat, nummer, postcode en plaats."
    )


class ReporterForm(forms.Form):
    name = LongText(
        label="Wie vertelde u dit?",
        max_length=400,
        rows=2,
        help_text="Naam en hoe u deze persoon bereikt. Dit staat nergens anders.",
    )


class StepAsideForm(forms.Form):
    reason = words(
        "Waar kent u deze jongere van?",
        300,
        "Bijvoorbeeld: familie, buren, sportclub. Alleen regie leest dit.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
