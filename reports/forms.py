"""Which figures somebody wants to see."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import slugify

from accounts.models import Municipality
from reports.periods import Period

WHOLE = "parkstad"


def area_slug(municipality: Municipality | None) -> str:
    """The area as it stands in an address."""
    return slugify(municipality.name) if municipality else WHOLE


class FigureFilter(forms.Form):
    """Area and period, both in the address. Nothing chosen is Parkstad, the last twelve months."""

    gebied = forms.ChoiceField(label="Gebied", required=False)
    periode = forms.ChoiceField(label="Periode", required=False)

    def __init__(
        self, *args: Any, municipalities: Sequence[Municipality], periods: Sequence[Period], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {area_slug(area): area for area in (None, *municipalities)}
        self.periods = {period.slug: period for period in periods}
        areas = [(slug, area.name if area else "Heel Parkstad") for slug, area in self.areas.items()]
        self.fields["gebied"].choices = areas  # type: ignore[attr-defined]
        self.fields["periode"].choices = [(p.slug, p.label) for p in periods]  # type: ignore[attr-defined]

    @property
    def municipality(self) -> Municipality | None:
        """The municipality chosen; None is Parkstad as a whole. Of a valid form."""
        return self.areas[self.cleaned_data["gebied"] or WHOLE]

    @property
    def period(self) -> Period:
        """The period chosen. Of a valid form."""
        return self.periods[self.cleaned_data["periode"] or next(iter(self.periods))]
