"""Who reads a compartment, why and until when: told from the same rows from which the readers are derived."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from access.models import Compartment, EndedGrant, Exclusion, Grant, Participation
from accounts.keys import regie_key
from accounts.models import Clearance, Partner, RoleAssignment, User
from accounts.roles import REGIE_LEVELS, DataClass, Level, Role

WHOLE_REGION = {Role.REGISSEUR_JPP, Role.REGISSEUR_PGA}


@dataclass(frozen=True)
class Reader:
    """One line of the answer. `row` is the participation or grant behind it; regie has none."""

    kind: str  # regie, partner, person
    who: str
    people: list[str]
    why: str
    reason: str
    since: datetime | None
    until: datetime | None
    row: Any = None
    ended_at: datetime | None = None

    @property
    def last_day(self) -> date | None:
        """The day people name: access until midnight is access up to and including the day before."""
        return timezone.localdate(self.until - timedelta(seconds=1)) if self.until else None

    @property
    def people_text(self) -> str:
        return ", ".join(self.people) or "nu niemand met deze rol"

    @property
    def row_text(self) -> str:
        """The id for a hidden field, without a thousands separator."""
        return str(self.row.pk) if self.row else ""


@dataclass
class ReadersOf:
    """Who reads this compartment now, who did earlier, and who is kept out."""

    compartment: Compartment
    now: list[Reader] = field(default_factory=list)
    earlier: list[Reader] = field(default_factory=list)
    kept_out: list[Exclusion] = field(default_factory=list)


def who_reads(compartments: Iterable[Compartment], *, user: User) -> list[ReadersOf]:
    """Per compartment its readers, as far as this user sees the rows. A constant number of queries."""
    answers = {c.pk: ReadersOf(c) for c in compartments}
    participations = list(
        Participation.objects.visible_to(user)
        .filter(compartment__in=answers)
        .select_related("partner")
        .order_by("partner__name", "starts_at")
    )
    active = {p.pk for p in Participation.objects.visible_to(user).active().filter(compartment__in=answers)}
    seats = _seats({p.partner_id for p in participations})
    regie = _regie()
    cleared = _cleared()
    for answer in answers.values():
        if answer.compartment.closed_at is None:
            answer.now.append(_regie_reader(answer.compartment, regie, cleared))
    for p in participations:
        answer = answers[p.compartment_id]
        data_class = answer.compartment.data_class
        sitting = seats[p.partner_id, answer.compartment.level]
        people = [str(who) for who in sitting if not data_class or data_class in cleared[who.pk]]
        (answer.now if p.pk in active else answer.earlier).append(_partner_reader(p, people))
    for given in Grant.objects.filter(content_object__in=answers).select_related("user__partner"):
        answer, is_over = answers[given.content_object_id], given.until <= timezone.now()
        (answer.earlier if is_over else answer.now).append(_person_reader(given, given.until))
    for ended in _visible(EndedGrant, answers, user).select_related("user__partner"):
        answers[ended.compartment_id].earlier.append(_person_reader(ended, ended.ended_at))
    for kept_out in _visible(Exclusion, answers, user).filter(ended_at=None).select_related("user"):
        answers[kept_out.compartment_id].kept_out.append(kept_out)
    return list(answers.values())


REGIE, SENDER = "regie", "sender"  # grounds that follow from what somebody is, not from a row


def ground_of(user: User, compartment: Compartment) -> str:
    """On what ground this user reads this compartment, as a word for the log (Wpg art. 32a asks for it)."""
    if compartment.author_id == user.pk:
        return SENDER
    keys = user.session_keys()
    if regie_key(compartment.municipality_id, compartment.level, compartment.data_class) in keys:
        return REGIE
    given = Grant.objects.filter(content_object=compartment, user=user).values_list("ground", flat=True)
    seats = Participation.objects.visible_to(user).active().filter(compartment=compartment)
    seat = seats.filter(partner=user.partner_id).values_list("ground", flat=True)
    return given.first() or seat.first() or ""


def seats_at(room: int, level: int, *, user: User) -> list[tuple[Partner, list[User]]]:
    """The partners that take part in this room now, each with its people at the table of this level."""
    partners = Partner.objects.filter(
        participations__in=Participation.objects.visible_to(user).active().filter(compartment=room)
    )
    people: dict[int, list[User]] = defaultdict(list)
    for held in _holders().filter(role=Role.DEELNEMER, level=level, user__partner__in=partners):
        people[held.user.partner_id].append(held.user)
    return [(partner, people[partner.pk]) for partner in partners.order_by("name")]


def regisseurs_of(level: int, municipality_id: int | None) -> list[User]:
    """Who leads at this level (at LJA: in this municipality)."""
    found = [
        held.user for held in _holders().filter(role__in=REGIE_LEVELS) if _leads(held, level, municipality_id)
    ]
    return list(dict.fromkeys(found))


def _holders() -> Any:
    return (
        RoleAssignment.objects.active()
        .select_related("user__partner")
        .order_by("user__last_name", "user__first_name", "user_id")
    )


def _seats(partner_ids: set[int]) -> dict[tuple[int, int], list[User]]:
    seats: dict[tuple[int, int], list[User]] = defaultdict(list)
    for held in _holders().filter(role=Role.DEELNEMER, user__partner__in=partner_ids):
        seats[held.user.partner_id, held.level].append(held.user)
    return seats


def _cleared() -> Mapping[int, set[int]]:
    """Which stricter classes each person may read now."""
    cleared: dict[int, set[int]] = defaultdict(set)
    for user_id, data_class in Clearance.objects.held().values_list("user_id", "data_class"):
        cleared[user_id].add(data_class)
    return cleared


def _regie() -> Sequence[RoleAssignment]:
    return list(_holders().filter(role__in=REGIE_LEVELS))


def _leads(held: RoleAssignment, level: int, municipality_id: int | None) -> bool:
    role = Role(held.role)
    return REGIE_LEVELS[role] == level and (role in WHOLE_REGION or held.municipality_id == municipality_id)


def _regie_reader(
    compartment: Compartment, regie: Sequence[RoleAssignment], cleared: Mapping[int, set[int]]
) -> Reader:
    people = [str(h.user) for h in regie if _leads(h, compartment.level, compartment.municipality_id)]
    level = Level(compartment.level)
    data_class = DataClass(compartment.data_class)
    if data_class != DataClass.BASIS:
        regie = [held for held in regie if data_class in cleared[held.user_id]]
    place = f" {compartment.municipality}" if level == Level.LJA and compartment.municipality else ""
    return Reader(
        kind="regie",
        who=f"Regie {level.label}{place}",
        people=list(dict.fromkeys(people)),
        why="Leidt de aanpak op dit niveau",
        reason="",
        since=compartment.made_at,
        until=None,
    )


def _partner_reader(participation: Participation, people: list[str]) -> Reader:
    return Reader(
        kind="partner",
        who=str(participation.partner),
        people=people,
        why=participation.get_ground_display(),
        reason=participation.reason,
        since=participation.starts_at,
        until=participation.until,
        row=participation,
        ended_at=participation.ended_at or participation.until,
    )


def _person_reader(given: Grant | EndedGrant, ended_at: datetime | None) -> Reader:
    return Reader(
        kind="person",
        who=str(given.user),
        people=[str(given.user.partner)],
        why=given.get_ground_display(),
        reason=given.reason,
        since=given.granted_at,
        until=given.until,
        row=given,
        ended_at=ended_at,
    )


def _visible(model: Any, compartments: Iterable[int], user: User) -> Any:
    return model.objects.visible_to(user).filter(compartment__in=compartments)
