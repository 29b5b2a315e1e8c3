"""Who saw this youth: rows of the log as lines that people can read, for the privacy officer and on paper.

Nothing is left out in silence. Equal events of a day become one line with a number; what is withheld on paper
is counted under its ground.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.timezone import localtime

from access.models import Ground
from accounts.models import Partner, User
from accounts.roles import REGIE_LEVELS, Role
from audit.models import Event, Outcome, Seal, SealKind
from audit.words import class_text, kind_text

# On what ground somebody read, beside the grounds of a participation or a personal access.
LEADS = "Leiding van de aanpak"
SENT_IT_IN = "Deed zelf deze melding"
SUPERVISES = "Toezicht door de privacy officer"
CLOCK = "Werk dat de klok doet"
# What a line needs; a list that showed fifty youths does not have to travel along.
ASKED = [
    "id", "at", "kind", "outcome", "actor_id", "actor_partner_id", "actor_role", "data_classes", "ground",
    "break_glass_id",
]  # fmt: skip
OTHER_GROUNDS = {"own_signal": SENT_IT_IN}


@dataclass(frozen=True)
class Held:
    """A ground that held from some moment until another."""

    partner_id: int | None
    person_id: int | None
    ground: str
    from_at: datetime
    until_at: datetime | None

    def holds_for(self, row: Event) -> bool:
        is_who = (
            self.partner_id == row.actor_partner_id if self.partner_id else self.person_id == row.actor_id
        )
        return is_who and self.from_at <= row.at and (self.until_at is None or row.at <= self.until_at)


@dataclass(frozen=True)
class Line:
    """Equal events of one day."""

    on: date
    first_at: datetime
    last_at: datetime
    times: int
    organisation: str
    partner_id: int | None
    person: str  # for the privacy officer only
    roles: str
    what: str
    outcome: str
    classes: str
    ground: str
    is_emergency: bool

    @property
    def times_text(self) -> str:
        """When: one moment, or from when until when and how often."""
        first, last = localtime(self.first_at), localtime(self.last_at)
        often = f", {self.times} keer" if self.times > 1 else ""
        if f"{first:%H.%M}" == f"{last:%H.%M}":
            return f"{first:%H.%M} uur{often}"
        return f"{first:%H.%M} tot {last:%H.%M} uur{often}"


@dataclass(frozen=True)
class Withheld:
    """Reads that are counted and not told."""

    count: int
    ground: str


@dataclass(frozen=True)
class WhoSaw:
    """The whole answer about one youth."""

    youth_id: int
    lines: list[Line]
    events: int
    organisations: dict[int, str] = field(default_factory=dict)
    withheld: Withheld | None = None
    removed_months: list[str] = field(default_factory=list)

    @property
    def days(self) -> list[tuple[date, list[Line]]]:
        """The lines per day, the newest first."""
        grouped: dict[date, list[Line]] = {}
        for line in self.lines:
            grouped.setdefault(line.on, []).append(line)
        return list(grouped.items())


def read(
    youth_id: int, *, with_people: bool, withheld: Collection[int] = (), withheld_ground: str = ""
) -> WhoSaw:
    """Everything the log knows about this youth. Call in the scope of the privacy officer."""
    rows = _rows(youth_id)
    told = [row for row in rows if row.actor_partner_id not in withheld]
    partners = Partner.objects.in_bulk({row.actor_partner_id for row in rows if row.actor_partner_id})
    return WhoSaw(
        youth_id=youth_id,
        lines=_lines(told, youth_id, partners, with_people=with_people),
        events=len(rows),
        organisations={pk: partner.name for pk, partner in sorted(partners.items(), key=lambda p: p[1].name)},
        withheld=Withheld(len(rows) - len(told), withheld_ground) if len(told) < len(rows) else None,
        removed_months=_removed_months(),
    )


def _rows(youth_id: int) -> list[Event]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(ASKED)} FROM audit_of_youth(%s)", [youth_id])  # noqa: S608
        return [Event.from_db("default", ASKED, row) for row in cursor.fetchall()]


def _grounds(youth_id: int) -> list[Held]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM oversight_grounds(%s)", [youth_id])
        return [Held(*row) for row in cursor.fetchall()]


def _lines(
    rows: Iterable[Event], youth_id: int, partners: dict[int, Partner], *, with_people: bool
) -> list[Line]:
    rows = list(rows)
    held = _grounds(youth_id)
    people: dict[int, User] = {}
    if with_people:
        people = User.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    equal: dict[tuple[Any, ...], list[datetime]] = {}
    for row in rows:
        equal.setdefault(_words(row, held, partners, people), []).append(row.at)
    lines = [_line(words, sorted(moments)) for words, moments in equal.items()]
    return sorted(lines, key=lambda line: (line.on, line.last_at), reverse=True)


def _words(
    row: Event, held: list[Held], partners: dict[int, Partner], people: dict[int, User]
) -> tuple[Any, ...]:
    """What makes two events of a day equal: everything a line says but the moment."""
    partner = partners.get(row.actor_partner_id) if row.actor_partner_id else None
    return (
        localtime(row.at).date(),
        partner.name if partner else "niet ingelogd",
        row.actor_partner_id,
        str(people.get(row.actor_id, "")) if row.actor_id else "",
        role_text(row.actor_role),
        kind_text(row.kind),
        "" if row.outcome == Outcome.DONE else Outcome(row.outcome).label,
        class_text(row.data_classes),
        _ground(row, held),
        row.break_glass_id is not None,
    )


def _line(words: tuple[Any, ...], moments: list[datetime]) -> Line:
    on, organisation, partner_id, person, roles, what, outcome, classes, ground, is_emergency = words
    return Line(
        on=on,
        first_at=moments[0],
        last_at=moments[-1],
        times=len(moments),
        organisation=organisation,
        partner_id=partner_id,
        person=person,
        roles=roles,
        what=what,
        outcome=outcome,
        classes=classes,
        ground=ground,
        is_emergency=is_emergency,
    )


def role_text(words: str) -> str:
    """The roles of the log in Dutch."""
    known = dict(Role.choices)
    return ", ".join(str(known.get(word, word)) for word in words.split(",") if word)


def ground_text(word: str) -> str:
    """A ground of the log in Dutch; an unknown word stays as it is."""
    return OTHER_GROUNDS.get(word) or str(dict(Ground.choices).get(word, word))


def _ground(row: Event, held: list[Held]) -> str:
    """The ground the row itself names, or else the one that held at that moment."""
    if row.ground:
        return ground_text(row.ground)
    roles = set(row.actor_role.split(","))
    if roles & {role.value for role in REGIE_LEVELS}:
        return LEADS
    for ground in held:
        if ground.holds_for(row):
            return ground_text(ground.ground)
    if Role.PRIVACY_OFFICER.value in roles:
        return SUPERVISES
    return CLOCK if Role.ROBOT.value in roles else ""


def _removed_months() -> list[str]:
    """Months that were taken away after their term: of those only is known that they were there."""
    closings = Seal.objects.filter(kind=SealKind.CLOSING).order_by("number")
    return [closed["month"] for closed in closings.values_list("closed", flat=True) if closed]


def busiest(saw: WhoSaw) -> list[tuple[str, int]]:
    """How many events per organisation, the most first."""
    counted: Counter[str] = Counter()
    for line in saw.lines:
        counted[line.organisation] += line.times
    return counted.most_common()
