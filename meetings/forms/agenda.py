"""What the regisseur sends us about one point of the agenda."""

from typing import Any

from django import forms

from accounts.models import Partner
from meetings.rules.preparing import Prepared


class PointForm(forms.Form):
    """The question to the table, the time, and who sits there."""

    question = forms.CharField(
        label="Vraag aan de tafel",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Wat wilt u van de deelnemers weten of besluiten?",
    )
    minutes = forms.IntegerField(label="Minuten", min_value=1, max_value=120)
    partners = forms.ModelMultipleChoiceField(
        label="Wie zit aan tafel voor dit punt",
        queryset=Partner.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Na het vaststellen van de agenda lezen alleen deze organisaties dit punt en de naam van de jongere.",
    )

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, now: Prepared, offered: list[tuple[Partner, bool]], **kwargs: Any) -> None:
        """`now`: how it stands; `offered`: the partners to choose from, and whether each takes part in the case."""
        stands = {"question": now.question, "minutes": now.minutes, "seen": now.mark}
        super().__init__(*args, initial=stands | {"partners": sorted(now.partners)}, **kwargs)
        takes_part = {partner.pk for partner, in_case in offered if in_case}
        field = self.fields["partners"]
        field.queryset = Partner.objects.filter(pk__in=[p.pk for p, _ in offered]).order_by("short_name")
        field.label_from_instance = lambda p: str(p) if p.pk in takes_part else f"{p} (niet in het dossier)"


class MoveForm(forms.Form):
    """One place up or down, from the place where the page showed it."""

    direction = forms.ChoiceField(choices=[("op", "omhoog"), ("neer", "omlaag")])
    seen = forms.IntegerField(min_value=1)


class BreakForm(forms.Form):
    """A break after one of the points."""

    after = forms.TypedChoiceField(label="Pauze na punt", coerce=int)
    minutes = forms.IntegerField(label="Minuten pauze", min_value=1, max_value=120)

    def __init__(self, *args: Any, points: int, **kwargs: Any) -> None:
        """`points`: how many there are; a break comes before the last one."""
        super().__init__(*args, auto_id="pauze_%s", **kwargs)
        self.fields["after"].choices = [(n, str(n)) for n in range(1, points)]  # type: ignore[attr-defined]


class SeenForm(forms.Form):
    """The place where the page showed it."""

    seen = forms.IntegerField(min_value=1)


class AddForm(forms.Form):
    case = forms.UUIDField()


class KeyForm(forms.Form):
    """The key of the form that asked: asking twice is asking once."""

    key = forms.UUIDField()
