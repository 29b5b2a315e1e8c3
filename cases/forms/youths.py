"""What regie makes of a signal: who it is about, and how it is told."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.template.defaultfilters import date as format_date
from django.utils import timezone

from access.forms import date_input
from accounts.roles import DataClass, Level
from cases.forms.signals import SENTENCE_HELP, LongText, day, town, words
from cases.models import Case, Role, Signal, Youth
from cases.operations.told_signals import NewYouth
from cases.rules.signals import OUTSIDE, missing_for_accept
from cases.rules.youths import Identity, Match
from foundation.forms import KeyedForm

NEW = "new"
FEEDBACK = "Dank voor uw signaal. Wij nemen het mee naar het overleg."


class IdentityForm(forms.Form):
    """Who the signal is about. Also what is searched with."""

    first_name = words("Voornaam", 60)
    prefix = words("Tussenvoegsel", 20)
    last_name = words("Achternaam", 80)
    birth_on = day("Geboortedatum")
    description = words("Omschrijving", 300)
    municipality = town()
    school = words("School", 120)

    @classmethod
    def of(cls, signal: Signal) -> "IdentityForm":
        """What the sender wrote, to start from."""
        return cls(initial={name: getattr(signal, name) for name in cls.base_fields})

    def identity(self) -> Identity:
        """Who to look for; an answer that cannot be read is left out."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else self.initial
        town = said.get("municipality")
        return Identity(
            first_name=said.get("first_name", ""),
            prefix=said.get("prefix", ""),
            last_name=said.get("last_name", ""),
            birth_on=said.get("birth_on"),
            municipality_id=town.pk if town else None,
            school=said.get("school", ""),
        )


class TellForm(IdentityForm, KeyedForm):
    """Onto which youth, in which words, and why the table is needed."""

    use_required_attribute = False

    onto = forms.ChoiceField(label="Over welke jongere gaat dit?", widget=forms.RadioSelect)
    is_other = forms.BooleanField(
        label="Ik heb gekeken: dit is iemand anders dan de jongeren hierboven", required=False
    )
    text = LongText(
        label="Wat leest het overleg?",
        max_length=20_000,
        rows=6,
        help_text="Haal weg wat de deelnemers niet nodig hebben, zoals namen van anderen.",
    )
    summary = LongText(
        label="Wat mag de hele tafel hiervan weten?",
        max_length=2000,
        rows=3,
        required=False,
        help_text="In uw eigen woorden, zonder zinnen over te nemen. Leeg: de anderen zien niet dat dit signaal er is.",
    )
    role = forms.ChoiceField(label="Rol van de jongere", choices=Role.choices, widget=forms.RadioSelect)
    need = LongText(
        label="Waarom is de eigen keten niet genoeg?",
        max_length=500,
        rows=2,
        help_text="De deelnemers aan dit dossier lezen dit. De melder niet.",
    )
    exception = words("Woont de jongere niet in Parkstad: waarom bespreken wij dit toch?", 300)
    takes_part = forms.BooleanField(required=False)
    feedback = LongText(
        label="Bericht aan de melder", max_length=4000, rows=2, initial=FEEDBACK, help_text=SENTENCE_HELP
    )

    def __init__(
        self,
        *args: Any,
        matches: list[Match],
        cases: dict[int, Case],
        may_sit: bool,
        partner: str,
        data_class: DataClass,
        is_again: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.matches = {str(match.youth.uuid): match for match in matches}
        found = [(key, described(match, cases.get(match.youth.pk))) for key, match in self.matches.items()]
        self.fields["onto"].choices = [*found, (NEW, "Een nieuwe jongere")]
        if not matches:
            self.fields["onto"].initial = NEW
        if not self.has_strong:
            del self.fields["is_other"]
        if not may_sit:
            del self.fields["takes_part"]
        else:
            self.fields["takes_part"].label = f"{partner} neemt deel aan dit dossier"
        if data_class == DataClass.BASIS:
            del self.fields["summary"]
        else:
            self.fields["text"].label = f"Wat leest wie {data_class.label} mag zien?"
        if is_again:
            del self.fields["feedback"]

    def table(self) -> list[forms.BoundField]:
        """The fields of what is read at the table."""
        return [
            self[name] for name in ("text", "summary", "role", "need", "takes_part") if name in self.fields
        ]

    @property
    def has_strong(self) -> bool:
        return any(match.is_strong for match in self.matches.values())

    @property
    def chosen(self) -> Match | None:
        """The known youth that was chosen; None for a new one."""
        return self.matches.get(self.cleaned_data.get("onto", ""))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.chosen:
            self._clean_known(self.chosen, said)
        elif said.get("onto") == NEW:
            self._clean_new(said)
        return said

    def _clean_known(self, match: Match, said: dict[str, Any]) -> None:
        if match.youth.municipality_id is None and not said.get("exception"):
            self.add_error("exception", OUTSIDE)

    def _clean_new(self, said: dict[str, Any]) -> None:
        for field, what_to_do in missing_for_accept(
            has_name=bool(said.get("first_name") and said.get("last_name")),
            has_birth_or_description=bool(said.get("birth_on") or said.get("description")),
            in_parkstad=said.get("municipality") is not None,
            exception=said.get("exception", ""),
        ):
            if field not in self.errors:
                self.add_error(field, what_to_do)
        if "is_other" in self.fields and not said.get("is_other"):
            text = "Er is een jongere die hier sterk op lijkt. Kies die, of zeg dat dit iemand anders is."
            self.add_error("is_other", text)

    def new_youth(self) -> NewYouth | None:
        """Who is made; None when a known youth was chosen."""
        if self.chosen:
            return None
        return NewYouth(**{name: self.cleaned_data[name] for name in NewYouth.__annotations__})  # type: ignore[typeddict-item]


def described(match: Match, case: Case | None) -> str:
    """A known youth in one line: who, why we think so, and where the case is."""
    youth = match.youth
    born = f"geboren {format_date(youth.birth_on, 'j F Y')}" if youth.birth_on else "geboortedatum onbekend"
    where = f"Dossier open bij {Level(case.level).label}" if case else "Geen open dossier"
    reasons = ", ".join(reason[0].lower() + reason[1:] for reason in match.reasons)
    return f"{youth.name}, {born}, {youth.municipality or 'buiten Parkstad'}. Waarom: {reasons}. {where}."


class YouthForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who the youth is; carries the version that was on the screen."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    class Meta:
        model = Youth
        fields = ("first_name", "prefix", "last_name", "birth_on", "estimated_age", "description")
        widgets = {"birth_on": date_input()}
        help_texts = {
            "estimated_age": "Alleen als niemand de geboortedatum weet.",
            "description": "Waaraan u de jongere herkent. Niets over afkomst of geloof.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        age = self.fields["estimated_age"]
        age.max_value = 40  # type: ignore[attr-defined]
        age.validators.append(MaxValueValidator(40))

    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def clean_birth_on(self) -> date | None:
        day = self.cleaned_data["birth_on"]
        today = timezone.localdate()
        if day and not (today.year - 40 <= day.year and day <= today):
            raise forms.ValidationError("Kijk de datum na.")
        return day
