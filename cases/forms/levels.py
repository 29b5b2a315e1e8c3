"""Proposing another level, and answering."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from access.forms import date_input
from access.queries import regisseurs_of
from accounts.models import Partner
from accounts.roles import Level
from cases.forms.cases import future
from cases.models import Case, LevelChange, LevelCriterion
from cases.rules.levels import check_criteria, skips_lja
from foundation.errors import NotPossible
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
        offered = LevelCriterion.objects.filter(old=case.level, new__in=levels, closed_at=None)
        self.fields["criteria"] = criteria_field(offered, named=True)
        self.order_fields(["key", "to", "criteria", "reason"])
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
            self._keep_criteria_of(data)
        return data

    def _keep_criteria_of(self, data: dict[str, Any]) -> None:
        """Only those of the way that was chosen; and they must be enough."""
        if "criteria" in self.errors:
            return
        asked = LevelCriterion.objects.between(self.case.level, data["to"])
        data["criteria"] = [one for one in data.get("criteria", ()) if one.new == data["to"]]
        try:
            check_criteria([one.text for one in data["criteria"]], asked)
        except NotPossible as refusal:
            self.add_error("criteria", refusal.reason)


class CriteriaField(forms.ModelMultipleChoiceField):
    """Criteria with the level they lead to, where more than one can be chosen."""

    named = False

    def label_from_instance(self, obj: LevelCriterion) -> str:
        return f"Naar {obj.get_new_display()}: {obj.text}" if self.named else obj.text


def criteria_field(offered: QuerySet[LevelCriterion], *, named: bool = False) -> CriteriaField:
    field = CriteriaField(
        offered,
        label="Welke criteria gelden",
        to_field_name="uuid",
        error_messages={"required": "Kruis aan waarom het dossier op het andere niveau hoort."},
        widget=forms.CheckboxSelectMultiple,
        help_text="Naar PGA: de eerste drie samen, of het vierde. Omlaag: allebei.",
    )
    field.named = named
    field.required = offered.exists()  # a route for which none are kept asks none
    return field


class CriteriaForm(forms.Form):
    """Ticked afterwards, for what was proposed in a meeting."""

    def __init__(self, *args: Any, change: LevelChange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"] = criteria_field(LevelCriterion.objects.between(change.old, change.new))


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
    casusregisseur = forms.TypedChoiceField(
        label="Wie wordt casusregisseur",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="U wordt procesregisseur. De casusregisseur gaat over de inhoud; u kunt dit later wijzigen.",
    )
    decision = forms.ChoiceField(
        choices=[(ACCEPT, "Overnemen"), (REFUSE, "Niet overnemen")],
        widget=forms.HiddenInput,
        error_messages={"required": "Kies: overnemen of niet overnemen."},
    )

    def __init__(self, *args: Any, change: LevelChange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = regisseurs_of(Level(change.new), change.case.municipality_id)
        self.fields["casusregisseur"].choices = [("", "Ikzelf"), *((one.pk, str(one)) for one in people)]  # type: ignore[attr-defined]
        self.people = {one.pk: one for one in people}
        before = Partner.objects.at_the_table().filter(pk__in=change.partner_ids).order_by("name")
        self.fields["partners"].queryset = before
        if not change.partner_ids:
            del self.fields["partners"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == REFUSE and not data.get("answer"):
            self.add_error("answer", "Zeg waarom u het dossier niet overneemt.")
        return data
