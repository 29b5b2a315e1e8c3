"""Who was there."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django import forms

from accounts.models import Partner
from meetings.models import Attendance, Presence
from meetings.operations.presence import Seen


class AttendanceForm(forms.Form):
    """For each partner that was invited: present, excused or absent, and who sat there."""

    def __init__(
        self,
        partners: Iterable[Partner],
        known: dict[int, Attendance],
        expected: dict[int, str],
        *args: Any,
        deputies: Mapping[int, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """`deputies`: the names of who can sit there instead, by partner."""
        super().__init__(*args)
        self.partners = list(partners)
        self.deputies = deputies
        for partner in self.partners:
            row = known.get(partner.pk)
            self.fields[f"presence_{partner.pk}"] = forms.ChoiceField(
                label=f"{partner.name}: aanwezig?",
                choices=Presence.choices,
                required=False,
                initial=row.presence if row else None,
                widget=forms.RadioSelect(attrs={"class": "choices--inline"}),
            )
            self.fields[f"people_{partner.pk}"] = forms.CharField(
                label=f"Wie namens {partner.name}",
                max_length=200,
                required=False,
                initial=row.people if row else expected.get(partner.pk, ""),
            )

    def rows(self) -> list[tuple[Partner, forms.BoundField, forms.BoundField, list[tuple[str, str]]]]:
        """One row per partner, for the table; with the buttons that put a deputy there."""
        return [
            (
                p,
                self[f"presence_{p.pk}"],
                self[f"people_{p.pk}"],
                [(f"{p.pk} {number}", name) for number, name in enumerate(self.deputies.get(p.pk, ()))],
            )
            for p in self.partners
        ]

    def seen(self) -> list[Seen]:
        """What was filled in, with the deputy who was pressed; a partner without an answer is left open."""
        pressed, found = self.data.get("deputy"), []
        for p, presence, people, deputies in self.rows():
            if name := dict(deputies).get(pressed):
                found.append(Seen(p, Presence.PRESENT, name))
            elif answer := self.cleaned_data[presence.name]:
                found.append(Seen(p, Presence(answer), self.cleaned_data[people.name]))
        return found


class PresenceForm(forms.Form):
    """Which of the invited organisations were at the table for one point."""

    def __init__(self, invited: Iterable[Partner], *args: Any) -> None:
        super().__init__(*args)
        self._invited = {str(partner.pk): partner for partner in invited}
        self.fields["partners"] = forms.MultipleChoiceField(
            label="Wie was er bij dit punt",
            choices=[(key, partner.name) for key, partner in self._invited.items()],
            required=False,
        )

    def present(self) -> list[Partner]:
        """Who was ticked."""
        return [self._invited[key] for key in self.cleaned_data["partners"]]
