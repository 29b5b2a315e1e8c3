"""Large amounts of made-up data with a realistic skew, by COPY as the bulk role.

Sixty partners: the largest reads 80 % of the youths, a school 0.1 %. On average 2.75 partners take part
in a case and five signals are told. What waits for the next meeting is the same however large the
rest is, so that two sizes can be compared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import connections
from django.utils import timezone

from accounts.models import Municipality, Partner, PartnerKind, RoleAssignment, User
from accounts.roles import Level, Role
from cases.models import Nature, Theme
from cases.models import Role as YouthRole
from cases.models.names import full_name, search_form
from cases.rules.names import sound_keys
from ijap.seeds.words import FIRST_NAMES, LAST_NAMES, SENTENCES

PARTNERS = 60
WAITING = 40  # cases that stand on the next agenda, at every size
# Lists, not the enums themselves: an enum makes its list of values anew each time it is asked.
NATURES, ROLES, THEMES = Nature.values, YouthRole.values, Theme.values
LEVELS = [Level.JPP] * 90 + [Level.LJA] * 8 + [Level.PGA] * 2


def shares() -> list[float]:
    """Which part of the youths each partner reads; together 2.75."""
    first = [0.80, 0.35, 0.25, 0.20]
    last = [0.001] * 10  # schools
    middle = [1 / (rank + 3) for rank in range(PARTNERS - len(first) - len(last))]
    room = (2.75 - sum(first) - sum(last)) / sum(middle)
    return first + [m * room for m in middle] + last


@dataclass
class Scale:
    """One filling of the database. Ids are handed out here; the sequences follow at the end."""

    youths: int
    seed: int
    today: date
    random: Random = field(init=False)
    noon: datetime = field(init=False)
    next_id: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.noon = timezone.make_aware(datetime.combine(self.today, time(12)))
        with connections["bulk"].cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")
                self.next_id[table] = cursor.fetchone()[0]

    def take(self, table: str, count: int) -> range:
        first = self.next_id[table]
        self.next_id[table] += count
        return range(first, first + count)

    def moment(self, days_ago_from: int, days_ago_to: int) -> datetime:
        return self.noon - timedelta(days=self.random.uniform(days_ago_from, days_ago_to))


TABLES = (
    "access_compartment",
    "access_participation",
    "cases_youth",
    "cases_case",
    "cases_signal",
    "cases_toldsignal",
    "cases_action",
)


def copy(table: str, columns: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """COPY rows into a table. Returns how many."""
    count = 0
    with connections["bulk"].cursor() as cursor:
        statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        with cursor.copy(statement) as into:
            for row in rows:
                into.write_row(row)
                count += 1
    return count


def fill(scale: Scale, say: Any) -> dict[str, int]:
    """Fill everything in the order in which the triggers have least to do. Returns rows per table."""
    people = prepare_people()
    towns = list(Municipality.objects.using("bulk").order_by("pk").values_list("pk", flat=True))
    n = scale.youths
    home = [scale.random.choice(towns) for _ in range(n)]
    level = [scale.random.choice(LEVELS) for _ in range(n)]
    made: dict[str, int] = {}
    halls, rooms = scale.take("access_compartment", n), scale.take("access_compartment", n)
    made["compartments"] = copy("access_compartment", COMPARTMENT, hall_rows(halls, home))
    made["compartments"] += copy("access_compartment", COMPARTMENT, room_rows(rooms, halls, home, level))
    say(f"{made['compartments']} compartimenten")
    made["participations"] = copy(
        "access_participation", PARTICIPATION, participation_rows(scale, rooms, people)
    )
    say(f"{made['participations']} deelnames")
    youths, cases = scale.take("cases_youth", n), scale.take("cases_case", n)
    made["youths"] = copy("cases_youth", YOUTH, youth_rows(scale, youths, halls, home, people))
    made["cases"] = copy(
        "cases_case", CASE, case_rows(scale, cases, youths, halls, rooms, home, level, people)
    )
    say(f"{made['cases']} jongeren en dossiers")
    made |= fill_signals(scale, rooms, cases, youths, home, people)
    say(f"{made['told_signals']} ingebrachte signalen")
    made["actions"] = copy("cases_action", ACTION, action_rows(scale, rooms, cases, people))
    say(f"{made['actions']} acties")
    follow_sequences(scale)
    return made


@dataclass(frozen=True)
class People:
    """Who did it all."""

    regisseur: int
    sender: int
    partners: list[int]


def prepare_people() -> People:
    """Sixty partners and the three readers of the measurements. Made once; running again finds them."""
    bulk = "bulk"
    partners = []
    for number in range(1, PARTNERS + 1):
        kind = PartnerKind.POLICE if number == 1 else PartnerKind.SCHOOL if number > 50 else PartnerKind.OTHER
        partner, _ = Partner.objects.using(bulk).get_or_create(
            name=f"Meetpartner {number:02}", defaults={"short_name": f"Meetpartner {number:02}", "kind": kind}
        )
        partners.append(partner.pk)
    house = Partner.objects.using(bulk).get(kind=PartnerKind.REGIE)
    regisseur = _reader(
        "meting-regisseur", house.pk, [(Role.REGISSEUR_JPP, None), (Role.REGISSEUR_PGA, None)]
    )
    seats: list[tuple[Role, Level | None]] = [(Role.DEELNEMER, level) for level in Level]
    sender = _reader("meting-groot", partners[0], seats)
    _reader("meting-school", partners[-1], seats)
    return People(regisseur, sender, partners)


def _reader(username: str, partner_id: int, roles: list[tuple[Role, Level | None]]) -> int:
    user, is_new = User.objects.using("bulk").get_or_create(
        username=username, defaults={"partner_id": partner_id, "last_name": username, "password": "!"}
    )
    if is_new:
        for role, level in roles:
            RoleAssignment.objects.using("bulk").create(user=user, role=role, level=level)
    return user.pk


COMPARTMENT = ("id", "kind", "level", "municipality_id", "data_class", "within_id")


def hall_rows(halls: range, home: list[int]) -> Iterator[tuple[Any, ...]]:
    for hall, town in zip(halls, home, strict=True):
        yield hall, "youth", Level.JPP.value, town, 0, None


def room_rows(rooms: range, halls: range, home: list[int], level: list[Level]) -> Iterator[tuple[Any, ...]]:
    for room, hall, town, at in zip(rooms, halls, home, level, strict=True):
        yield room, "case", at.value, town, 0, hall


PARTICIPATION = ("compartment_id", "partner_id", "ground", "reason", "added_by_id", "starts_at", "added_at")


def participation_rows(scale: Scale, rooms: range, people: People) -> Iterator[tuple[Any, ...]]:
    """Per partner a sample of the rooms: whole numbers, so that the shares hold at every size."""
    since = scale.moment(900, 900)
    for partner, share in zip(people.partners, shares(), strict=True):
        for index in scale.random.sample(range(len(rooms)), max(1, round(share * len(rooms)))):
            yield rooms[index], partner, "convenant", "Zit aan tafel", people.regisseur, since, since


YOUTH = (
    "id", "uuid", "compartment_id", "first_name", "prefix", "last_name", "birth_on", "description",
    "municipality_id", "school", "search_name", "sound_keys", "made_by_id", "made_at",
)  # fmt: skip


def youth_rows(
    scale: Scale, youths: range, halls: range, home: list[int], people: People
) -> Iterator[tuple[Any, ...]]:
    pick, since = scale.random.choice, scale.moment(900, 900)
    for youth, hall, town in zip(youths, halls, home, strict=True):
        first, (prefix, last) = pick(FIRST_NAMES), pick(LAST_NAMES)
        last = f"{last}-{youth % 977}"  # fictional, and more different names than the lists hold
        born = scale.today - timedelta(days=scale.random.randint(9 * 365, 18 * 365))
        school = f"Meetschool {youth % 40}"
        search = search_form(full_name(first, prefix, last))
        yield (
            youth, _uuid(scale), hall, first, prefix, last, born, "", town, school, search,
            sound_keys(first, prefix, last), people.regisseur, since,
        )  # fmt: skip


CASE = (
    "id", "uuid", "compartment_id", "youth_id", "room_id", "level", "level_since", "municipality_id",
    "review_on", "opened_at", "opened_by_id", "closed_at", "closed_by_id",
)  # fmt: skip


def case_rows(
    scale: Scale, cases: range, youths: range, halls: range, rooms: range,
    home: list[int], level: list[Level], people: People,
) -> Iterator[tuple[Any, ...]]:  # fmt: skip
    """A third is closed. The first open cases of the JPP wait for the next meeting; the rest comes later."""
    waiting = 0
    for i, case in enumerate(cases):
        opened = scale.moment(60, 900)
        is_closed = scale.random.random() < 0.33
        review = scale.today + timedelta(days=scale.random.randint(60, 300))
        if not is_closed and level[i] == Level.JPP and waiting < WAITING:
            waiting, review = waiting + 1, scale.today
        closed = (opened + timedelta(days=50), people.regisseur) if is_closed else (None, None)
        yield (
            case, _uuid(scale), halls[i], youths[i], rooms[i], level[i].value, opened, home[i],
            None if is_closed else review, opened, people.regisseur, *closed,
        )  # fmt: skip


SIGNAL = (
    "id", "uuid", "compartment_id", "state", "version", "sender_id", "sender_partner_id", "first_name", "prefix",
    "last_name", "is_birth_unknown", "description", "municipality_id", "school", "observed", "observed_on",
    "nature", "role", "themes", "urgency", "ground", "purpose", "youth_informed", "parents_informed",
    "not_informed_because", "boa_capacity", "made_at", "saved_at", "submitted_at", "decided_at",
    "decided_by_id", "referred_to", "youth_id",
)  # fmt: skip
TOLD = (
    "uuid", "compartment_id", "case_id", "signal_id", "source_id", "text", "observed_on", "nature", "role",
    "themes", "told_at", "told_by_id",
)  # fmt: skip


def fill_signals(
    scale: Scale, rooms: range, cases: range, youths: range, home: list[int], people: People
) -> dict[str, int]:
    """Five told signals per youth; each was sent in about two youths on average."""
    count = len(cases) * 5 // 2
    own = scale.take("access_compartment", count)
    signals = scale.take("cases_signal", count)
    about = [scale.random.randrange(len(cases)) for _ in range(count)]
    moments = sorted(scale.moment(100, 900) for _ in range(count))

    def compartments() -> Iterator[tuple[Any, ...]]:
        for compartment, i in zip(own, about, strict=True):
            yield compartment, "signal", Level.JPP.value, home[i], 0, None

    def sent() -> Iterator[tuple[Any, ...]]:
        pick, person = scale.random.choice, people.sender
        for number, i in enumerate(about):
            at, partner = moments[number], pick(people.partners[:20])
            yield (
                signals[number], _uuid(scale), own[number], "accepted", 1, person, partner, "Meting", "",
                "Fictief", True, "", home[i], "", pick(SENTENCES), at.date(), pick(NATURES),
                pick(ROLES), [pick(THEMES)], "normal", "public_task", "Meten", "yes", "yes",
                "", "", at, at, at, at, people.regisseur, "", youths[i],
            )  # fmt: skip

    def told() -> Iterator[tuple[Any, ...]]:
        pick = scale.random.choice
        for number in range(2 * count):
            i = about[number // 2] if number % 2 == 0 else scale.random.randrange(len(cases))
            at = moments[number // 2]
            yield (
                _uuid(scale), rooms[i], cases[i], signals[number // 2], pick(people.partners[:20]),
                pick(SENTENCES), at.date(), pick(NATURES), pick(ROLES),
                [pick(THEMES)], at, people.regisseur,
            )  # fmt: skip

    made = {"signal_compartments": copy("access_compartment", COMPARTMENT, compartments())}
    made["signals"] = copy("cases_signal", SIGNAL, sent())
    made["told_signals"] = copy("cases_toldsignal", TOLD, told())
    return made


ACTION = (
    "uuid", "compartment_id", "case_id", "text", "owner_partner_id", "due_on", "state", "result",
    "agreed_at", "agreed_by_id", "ended_at", "ended_by_id",
)  # fmt: skip


def action_rows(scale: Scale, rooms: range, cases: range, people: People) -> Iterator[tuple[Any, ...]]:
    """Two per case: most are done, the rest is due after the next meeting."""
    for i, case in enumerate(cases):
        for _ in range(2):
            at = scale.moment(40, 500)
            is_done = scale.random.random() < 0.9
            due = at.date() + timedelta(days=14) if is_done else scale.today + timedelta(days=40)
            ended = (at + timedelta(days=10), people.sender) if is_done else (None, None)
            yield (
                _uuid(scale), rooms[i], case, "Neemt contact op met het gezin",
                scale.random.choice(people.partners[:20]), due, "done" if is_done else "open", "",
                at, people.regisseur, *ended,
            )  # fmt: skip


def follow_sequences(scale: Scale) -> None:
    """Let the sequences go on after the ids that were handed out, and let the planner know the tables."""
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 1)) FROM {table}"
            )
        for table in (*TABLES, "cases_levelchange"):
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def _uuid(scale: Scale) -> str:
    """A random uuid as text: making three million UUID objects costs half a minute."""
    digits = f"{scale.random.getrandbits(128):032x}"
    return f"{digits[:12]}4{digits[13:16]}8{digits[17:]}"
