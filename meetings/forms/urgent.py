"""What the regisseur sends us to call a spoedoverleg."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Partner
from foundation.forms import KeyedForm
from meetings.forms.series import video_field

QUARTER = timedelta(minutes=15)


def next_quarter() -> datetime:
    """An hour from now, at a quarter. Counted in UTC: in local time it could be a moment that a night skips."""
    later = timezone.now() + timedelta(hours=1)
    quarter = later + (QUARTER - timedelta(minutes=later.minute % 15))
    return timezone.localtime(quarter.replace(second=0, microsecond=0))


class UrgentForm(KeyedForm):
    """When, where, why, and with whom."""

    use_required_attribute = False

    starts_at = forms.DateTimeField(
        label="Wanneer",
        initial=next_quarter,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    minutes = forms.IntegerField(label="Minuten", min_value=10, max_value=120, initial=30)
    location = forms.CharField(
        label="Plaats",
        max_length=120,
        required=False,
        help_text="Een zaal of een telefoonnummer.",
    )
    video_url = video_field()
    question = forms.CharField(
        label="Waarom kan dit niet wachten?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="De vraag aan wie erbij is.",
    )
    partners = forms.ModelMultipleChoiceField(
        label="Wie is erbij",
        queryset=Partner.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Zo weinig mogelijk. Zij lezen dit punt en de naam van de jongere, en krijgen een mail zonder naam.",
        error_messages={"required": "Kies wie erbij is. Houd de kring klein."},
    )

    def __init__(self, *args: Any, offered: list[tuple[Partner, bool]], **kwargs: Any) -> None:
        """`offered`: the partners to choose from, and whether each takes part in the case."""
        super().__init__(*args, **kwargs)
        takes_part = {partner.pk for partner, in_case in offered if in_case}
        field = self.fields["partners"]
        field.queryset = Partner.objects.filter(pk__in=[p.pk for p, _ in offered]).order_by("short_name")
        field.label_from_instance = lambda p: str(p) if p.pk in takes_part else f"{p} (niet in het dossier)"
