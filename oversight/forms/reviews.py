"""A line of a review, and which year."""

from django import forms

from oversight.models import Verdict


class DecideForm(forms.Form):
    """Does this person still need this right?"""

    verdict = forms.TypedChoiceField(coerce=Verdict, choices=Verdict.choices)
