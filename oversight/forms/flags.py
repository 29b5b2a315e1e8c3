"""What a flag was, and from which numbers on flags are raised."""

from typing import Any

from django import forms

from oversight.models import FlagKind, FlagOutcome
from oversight.rules import SHORTEST_EXPLANATION, THRESHOLDS


class CloseFlagForm(forms.Form):
    """What it was."""

    outcome = forms.TypedChoiceField(
        label="Wat was het?", coerce=FlagOutcome, choices=FlagOutcome.choices, widget=forms.RadioSelect
    )
    explanation = forms.CharField(
        label="Uitleg",
        min_length=SHORTEST_EXPLANATION,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wat u vond en met wie u sprak. Noem geen jongere.",
    )


class ThresholdForm(forms.Form):
    """All numbers on one page: a field per threshold, `kind.name`."""

    def __init__(self, *args: Any, values: dict[tuple[str, str], int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, names in THRESHOLDS.items():
            for name, (label, _) in names.items():
                self.fields[f"{kind.value}.{name}"] = forms.IntegerField(
                    label=label.capitalize(),
                    min_value=0 if name == "from_hour" else 1,
                    max_value=24 if name.endswith("_hour") else 365 if name in ("term", "days") else 10_000,
                    initial=values[kind, name],
                )

    def values(self) -> dict[tuple[FlagKind, str], int]:
        """What was sent, per threshold. Of a valid form."""
        return {
            (FlagKind(kind), name): self.cleaned_data[f"{kind.value}.{name}"]
            for kind in FlagKind
            for name in THRESHOLDS[kind]
        }

    def groups(self) -> list[tuple[str, str, list[Any]]]:
        """Per kind of flag: its name, a number for the page, and its fields."""
        return [
            (kind.label, f"V{number}", [self[f"{kind.value}.{name}"] for name in THRESHOLDS[kind]])
            for number, kind in enumerate(FlagKind, 1)
        ]
