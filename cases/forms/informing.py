"""A line in the ledger of who was informed."""

from datetime import date
from typing import Any

from django import forms

from access.forms import date_input
from cases.forms.cases import future
from cases.forms.picture import past
from cases.models import Informing, InformOutcome
from foundation.forms import KeyedForm, in_words

NEEDED = {
    InformOutcome.TOLD: ("told_on", "told_by", "channel"),
    InformOutcome.POSTPONED: ("ground", "reason", "recheck_on"),
    InformOutcome.EXCEPTED: ("reason",),
    InformOutcome.HELD: ("recheck_on",),
}


class InformingForm(KeyedForm, forms.ModelForm):  # type: ignore[type-arg]
    """Which fields are needed depends on how it stands; what does not belong to that is not kept."""

    use_required_attribute = False

    class Meta:
        model = Informing
        fields = (
            "audience", "outcome", "told_on", "told_by", "channel", "ground", "reason", "recheck_on"
        )  # fmt: skip
        widgets = {
            "audience": forms.RadioSelect,
            "outcome": forms.RadioSelect,
            "told_on": date_input(),
            "recheck_on": date_input(),
        }
        help_texts = {
            "told_on": "Als het is verteld.",
            "told_by": "Wie het vertelde: naam en organisatie.",
            "ground": "Bij uitstel.",
            "reason": "Bij uitstel of als het niet hoeft. Een andere regisseur moet akkoord gaan.",
            "recheck_on": "Bij uitstel of overleg met politie of OM: wanneer kijkt u opnieuw?",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("audience", "outcome", "channel", "ground"):
            in_words(self.fields[name])

    def clean_told_on(self) -> date | None:
        day = self.cleaned_data["told_on"]
        return past(day) if day else None

    def clean_recheck_on(self) -> date | None:
        return future(self.cleaned_data["recheck_on"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        needed = NEEDED.get(said.get("outcome") or "", ())  # type: ignore[call-overload]
        for name in needed:
            if not said.get(name) and name not in self.errors:
                self.add_error(name, "Vul dit in.")
        return said

    def content(self) -> dict[str, Any]:
        said = self.cleaned_data
        kept = ("audience", "outcome", *NEEDED[said["outcome"]])
        return {name: said[name] for name in kept}

    def _post_clean(self) -> None:
        """The form saves nothing: what the database asks is asked by the operation."""
