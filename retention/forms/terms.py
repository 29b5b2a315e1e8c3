"""A term of the table, and keeping one case longer."""

from django import forms

from access.forms import date_input
from foundation.forms import KeyedForm
from retention.models import RetentionTerm
from retention.rules import LONGEST_TERM, SHORTEST_REASON


class TermForm(forms.Form):
    """How long, on what ground, and whether somebody looked it up."""

    months = forms.IntegerField(label="Hoeveel maanden bewaren", min_value=1, max_value=LONGEST_TERM)
    regime = forms.CharField(
        label="Grond", max_length=120, help_text="Staat op het dossier en op het certificaat."
    )
    source = forms.CharField(
        label="Bron",
        max_length=300,
        help_text="Waar dit staat: wet, convenant, selectielijst of besluit.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    verified_on = forms.DateField(
        label="Geverifieerd op",
        required=False,
        widget=date_input(),
        help_text="Laat leeg zolang niemand dit heeft vastgesteld.",
    )

    @classmethod
    def of(cls, term: RetentionTerm) -> dict[str, object]:
        """What stands there now."""
        return {name: getattr(term, name) for name in cls.base_fields}


class ExtendForm(KeyedForm):
    """Until when, and why."""

    kept_until = forms.DateField(label="Bewaren tot", widget=date_input())
    reason = forms.CharField(
        label="Waarom langer",
        min_length=SHORTEST_REASON,
        max_length=500,
        help_text="Wie dit dossier leest, ziet deze reden. Herhaald verlengen vraagt steeds een nieuwe afweging.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
