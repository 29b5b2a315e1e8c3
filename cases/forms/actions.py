"""Agreeing an action, telling how it ended, and narrowing the list."""

from datetime import date
from typing import Any

from django import forms

from access.forms import date_input
from access.queries import seats_at
from accounts.models import Partner, User
from cases.forms.cases import future
from cases.models import Action, ActionState, Case
from cases.rules.actions import NEEDS_REASON
from foundation.forms import KeyedForm

MINE, PARTNER = "mij", "organisatie"
LATE, SOON, ENDED = "te-laat", "week", "afgerond"


class AgreeForm(KeyedForm):
    """What, who, before when. Only who takes part now can own an action."""

    text = forms.CharField(
        label="Wat is er afgesproken",
        max_length=300,
        help_text="Eén handeling, met een werkwoord. Bijvoorbeeld: Neemt contact op met vader.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.ChoiceField(label="Wie doet het")
    due_on = forms.DateField(label="Uiterlijk", widget=date_input())

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners: dict[str, tuple[Partner, User | None]] = {}
        choices: list[Any] = [("", "Kies een organisatie of persoon")]
        for partner, people in seats_at(case.room_id, case.level, user=user):
            rows = [(f"o{partner.pk}", f"{partner} (wie er aan tafel zit)")]
            rows += [(f"p{person.pk}", f"{person}, {partner}") for person in people]
            self.owners |= {rows[0][0]: (partner, None)} | {f"p{p.pk}": (partner, p) for p in people}
            choices.append((str(partner), rows))
        self.fields["owner"].choices = choices

    def clean_owner(self) -> tuple[Partner, User | None]:
        return self.owners[self.cleaned_data["owner"]]

    def clean_due_on(self) -> date | None:
        return future(self.cleaned_data["due_on"])


class EndForm(forms.Form):
    """Three endings: done, could not, did not. Regie can also take an action back."""

    to = forms.ChoiceField(label="Hoe is het gegaan", widget=forms.RadioSelect)
    result = forms.CharField(
        label="Resultaat of reden",
        max_length=500,
        required=False,
        help_text="Alleen feiten. Is het niet gelukt of niet gedaan? Zeg dan waarom: het komt terug op de agenda.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, action: Action, may_withdraw: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (ActionState.DONE.value, "Gedaan"),
            (ActionState.COULD_NOT.value, "Kon niet: het lag buiten onze macht"),
            (ActionState.DID_NOT.value, "Niet gedaan"),
        ]
        if may_withdraw:
            choices.append((ActionState.WITHDRAWN.value, "Ingetrokken: niet meer nodig"))
        self.fields["to"].choices = choices

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("to") in NEEDS_REASON and not data.get("result"):
            self.add_error("result", "Zeg waarom.")
        if "to" in data:
            data["to"] = ActionState(data["to"])
        return data


class MoveForm(forms.Form):
    """One button: taken on, or started."""

    to = forms.TypedChoiceField(
        choices=[(s.value, s.label) for s in (ActionState.ACCEPTED, ActionState.IN_PROGRESS)],
        coerce=ActionState,
    )


class ActionFilterForm(forms.Form):
    """Whose actions, and until when; the answers stand in the address and none is about a person."""

    wie = forms.ChoiceField(label="Van wie", required=False)
    stand = forms.ChoiceField(
        label="Wanneer",
        required=False,
        choices=[
            ("", "Wat loopt"),
            (LATE, "Te laat"),
            (SOON, "Te laat of binnen een week"),
            (ENDED, "Afgerond"),
        ],
    )
    organisatie = forms.ModelChoiceField(
        Partner.objects.at_the_table(),
        label="Organisatie die het doet",
        required=False,
        to_field_name="uuid",
        empty_label="Alle organisaties",
    )

    def __init__(self, *args: Any, is_lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wide = [("", "Alle acties die ik zie"), (MINE, "Van mij")]
        own = [("", "Van mij"), (PARTNER, "Van mijn organisatie")]
        self.fields["wie"].choices = wide if is_lead else own
        if not is_lead:
            del self.fields["organisatie"]
