"""The picture as it is laid out, and what is possible in it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from cases.models import VOICES, LifeArea, Remark, RemarkKind
from foundation.errors import NotPossible


@dataclass
class AreaPicture:
    """One part of life: what worries and what goes well, the newest first. No sum and no score."""

    area: LifeArea
    worries: list[Remark] = field(default_factory=list)
    strengths: list[Remark] = field(default_factory=list)


@dataclass(frozen=True)
class Picture:
    areas: list[AreaPicture]
    voices: list[Remark]

    @property
    def filled(self) -> list[AreaPicture]:
        return [one for one in self.areas if one.worries or one.strengths]

    @property
    def empty(self) -> list[LifeArea]:
        """Of which nobody said anything yet: not known is something else than nothing the matter."""
        return [one.area for one in self.areas if not one.worries and not one.strengths]


def picture_of(remarks: Iterable[Remark], areas: Sequence[LifeArea]) -> Picture:
    """Lay out remarks by part of life; one that is not in use any more shows while something stands in it."""
    remarks = list(remarks)
    by_id = {area.pk: AreaPicture(area) for area in areas}
    voices = []
    for remark in remarks:
        if remark.kind in VOICES:
            voices.append(remark)
        elif remark.area:
            place = by_id.setdefault(remark.area.pk, AreaPicture(remark.area))
            (place.worries if remark.kind == RemarkKind.WORRY else place.strengths).append(remark)
    return Picture(sorted(by_id.values(), key=lambda one: one.area.position), voices)


def check_area(kind: RemarkKind, area: LifeArea | None) -> None:
    if (kind in VOICES) == (area is not None):
        raise NotPossible(
            "Kies een leefgebied bij een zorg of een kracht, en geen bij de stem van jongere of ouders."
        )
    if area and area.closed_at:
        raise NotPossible("Dit leefgebied is niet meer in gebruik.")


def check_seen(seen_on: date, today: date) -> None:
    if seen_on > today:
        raise NotPossible("Wat gezien of gehoord is, ligt niet in de toekomst.")


def check_standing(remark: Remark) -> None:
    if remark.withdrawn_at:
        raise NotPossible("Deze opmerking is al teruggenomen.")
