"""Who was there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from django import forms

from accounts.models import Partner
from meetings.models import Attendance, Presence
from meetings.operations.presence import Seen


class Row(NamedTuple):
    """One partner at the table; `deputies` are the buttons that put one there."""

    partner: Partner
    presence: forms.BoundField
    people: forms.BoundField
    seen: forms.BoundField
    deputies: list[tuple[str, str]]


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
        self._expected = expected
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
            self.fields[f"seen_{partner.pk}"] = forms.CharField(
                widget=forms.HiddenInput,
                required=False,
                max_length=220,
                strip=False,
                initial=row.mark if row else "",
            )

    def rows(self) -> list[Row]:
        """One row per partner, for the table."""
        return [
            Row(
                p,
                self[f"presence_{p.pk}"],
                self[f"people_{p.pk}"],
                self[f"seen_{p.pk}"],
                [(f"{p.pk} {name}", name) for name in self.deputies.get(p.pk, ())],
            )
            for p in self.partners
        ]

    def clean(self) -> dict[str, Any]:
        """A name that was filled in is not left out because nobody said that they were there."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for row in self.rows():
            is_open = not data.get(row.presence.name) and row.presence.name not in self.errors
            if is_open and data.get(row.people.name) and self._is_touched(row) and not self._deputy(row):
                self.add_error(row.presence.name, "Kies ook of zij er waren.")
        self._check_was_shown()
        return data

    def _check_was_shown(self) -> None:
        """Refuse what the page that was sent still offered and what is not there any more: else it would go unsaid."""
        if self.data.get("deputy") and not any(self._deputy(row) for row in self.rows()):
            self.add_error(None, "Deze plaatsvervanger kan daar nu niet zitten. Kijk nog eens wie er is.")
        if any(name.startswith("presence_") and name not in self.fields for name in self.data):
            self.add_error(None, "Een organisatie hoort niet meer bij dit overleg. Kijk nog eens wie er is.")

    def _deputy(self, row: Row) -> str | None:
        return dict(row.deputies).get(self.data.get("deputy", ""))

    def seen(self) -> list[Seen]:
        """What was changed on this screen, with the deputy who was pressed; a partner without an answer is left open."""
        found = []
        for row in self.rows():
            before = self.cleaned_data[row.seen.name]
            if name := self._deputy(row):
                found.append(Seen(row.partner, Presence.PRESENT, name, before))
            elif answer := self.cleaned_data[row.presence.name]:
                found.append(Seen(row.partner, Presence(answer), self.cleaned_data[row.people.name], before))
        return [one for one in found if f"{one.presence} {one.people}" != one.before]

    def look_again(self, known: Mapping[int, Attendance], told: Collection[int] = ()) -> None:
        """Back on the screen: the deputy who was pressed is filled in, and a row nobody touched is as it is by now.

        `known`: what is written down. `told`: the partners of which the page says what another wrote; sent once more,
        what stands on the screen counts for them. Any other row that was overtaken is still refused.
        """
        self.data = self.data.copy()
        for row in self.rows():
            now = known.get(row.partner.pk)
            name = self._deputy(row)
            is_touched = bool(name) or self._is_touched(row)
            if name:
                self._fill(row, Presence.PRESENT, name)
            elif now and not is_touched:
                self._fill(row, now.presence, now.people)
            if now and (row.partner.pk in told or not is_touched):
                self.data[row.seen.name] = now.mark

    def _fill(self, row: Row, presence: str, people: str) -> None:
        self.data[row.presence.name] = presence
        self.data[row.people.name] = people

    def _is_touched(self, row: Row) -> bool:
        """Whether the row says something else than it did on the page that was sent."""
        presence, people = (self.data.get(field.name, "").strip() for field in (row.presence, row.people))
        expected = self._expected.get(row.partner.pk, "")
        was, _, who = (self.data.get(row.seen.name) or f" {expected}").partition(" ")
        return (presence or was, people) != (was, who)


class PresenceForm(forms.Form):
    """Which of the invited organisations were at the table for one point."""

    def __init__(self, invited: Iterable[Partner], *args: Any) -> None:
        super().__init__(*args)
        self._invited = {str(partner.pk): partner for partner in invited}
        choices = [(key, partner.name) for key, partner in self._invited.items()]
        self.fields["partners"] = forms.MultipleChoiceField(
            label="Wie was er bij dit punt", choices=choices, required=False
        )

    def present(self) -> list[Partner]:
        """Who was ticked."""
        return self._named("partners")

    def seen(self) -> list[Partner]:
        """Who was ticked when the page was read, as far as they are invited still."""
        return self._named("seen")

    def look_again(self, there: Iterable[int]) -> None:
        """The page says who was there by now; sent once more, what is ticked counts."""
        self.data = self.data.copy()
        self.data.setlist("seen", [str(pk) for pk in there])

    def _named(self, name: str) -> list[Partner]:
        return [partner for key, partner in self._invited.items() if key in self.data.getlist(name)]
