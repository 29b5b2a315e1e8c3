"""Proposing another level, and answering."""

from datetime import date
from typing import Any

from django import forms

from access.forms import date_input
from accounts.models import Partner
from accounts.roles import Level
from cases.forms.cases import future
from cases.models import Case, LevelChange
from cases.rules.levels import skips_lja
from foundation.forms import KeyedForm

ACCEPT, REFUSE = "overnemen", "niet-overnemen"
WHY_SKIP = "Waarom LJA wordt overgeslagen:"


class ProposeForm(KeyedForm):
    """To which level, why, and what was tried. Straight from JPP to PGA asks for one more reason."""

    to = forms.TypedChoiceField(label="Naar welk niveau", coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Reden",
        max_length=1400,
        help_text="Bijvoorbeeld: herhaling, ernst, stilstand, veiligheid, meer leefgebieden. Of: doelen gehaald.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    skipping = forms.CharField(
        label="Waarom wordt LJA overgeslagen",
        max_length=500,
        required=False,
        help_text="Alleen invullen als u van JPP meteen naar PGA wilt.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    tried = forms.CharField(
        label="Wat is al geprobeerd",
        max_length=2000,
        help_text="En wat kwam daarvan. De ontvangende regisseur kan het dossier van nu niet lezen.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    review_on = forms.DateField(
        label="Opnieuw bekijken op", widget=date_input(), help_text="Op het nieuwe niveau."
    )

    def __init__(self, *args: Any, case: Case, levels: list[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["to"].choices = [(level.value, _named(Level(case.level), level)) for level in levels]
        if not any(skips_lja(Level(case.level), level) for level in levels):
            del self.fields["skipping"]

    def clean_review_on(self) -> date | None:
        return future(self.cleaned_data["review_on"])

    def clean(self) -> dict[str, Any]:
        """The reason for skipping a level becomes part of the reason."""
        data: dict[str, Any] = super().clean() or {}
        skipping = data.pop("skipping", "")
        if "to" in data:
            data["to"] = Level(data["to"])
            if skips_lja(Level(self.case.level), data["to"]):
                if not skipping:
                    self.add_error("skipping", "Zeg waarom LJA wordt overgeslagen.")
                data["reason"] = f"{data.get('reason', '')}\n\n{WHY_SKIP} {skipping}"
        return data


def _named(old: Level, new: Level) -> str:
    if skips_lja(old, new):
        return f"{new.label} (slaat LJA over)"
    return f"{new.label} ({'opschalen' if new > old else 'afschalen'})"


class AnswerForm(forms.Form):
    """The answer of the receiving regisseur. Two buttons decide; a refusal needs its reason."""

    answer = forms.CharField(
        label="Uw antwoord",
        max_length=2000,
        required=False,
        help_text="Bij niet overnemen is een reden nodig. De voorsteller leest dit.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    partners = forms.ModelMultipleChoiceField(
        Partner.objects.none(),
        label="Wie doet ook op dit niveau mee?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Zij deden mee op het oude niveau. Niemand komt vanzelf mee. U kunt dit later ook nog doen.",
    )
    decision = forms.ChoiceField(
        choices=[(ACCEPT, "Overnemen"), (REFUSE, "Niet overnemen")],
        widget=forms.HiddenInput,
        error_messages={"required": "Kies: overnemen of niet overnemen."},
    )

    def __init__(self, *args: Any, change: LevelChange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = Partner.objects.at_the_table().filter(pk__in=change.partner_ids).order_by("name")
        self.fields["partners"].queryset = before
        if not change.partner_ids:
            del self.fields["partners"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == REFUSE and not data.get("answer"):
            self.add_error("answer", "Zeg waarom u het dossier niet overneemt.")
        return data
