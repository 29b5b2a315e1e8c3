"""The yearly overview of authorisations: who could do what, and what was done to keep it right. No youth in it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import Partner, RoleAssignment
from accounts.robots import people
from accounts.roles import Role
from audit.models import Event, Outcome
from oversight.models import Flag, FlagKind, ReviewRound, Verdict


@dataclass(frozen=True)
class Year:
    """A year in counts."""

    year: int
    until: date
    per_partner: list[tuple[str, str, int]]  # organisation, how many of which role, in all
    changes: list[tuple[str, int, int]]  # role, given, ended
    reviews: list[tuple[str, str, int, int, int]]  # quarter, state, lines, kept, to remove
    flags: list[tuple[str, int, int, int]]  # kind, raised, closed, closed too late
    refusals: list[tuple[str, int]]
    emergencies: int
    readings: int

    @property
    def key_figures(self) -> list[tuple[str, Any]]:
        return [
            (
                "Rollen nu" if self.is_running else "Rollen aan het eind",
                sum(row[2] for row in self.per_partner),
            ),
            (
                "Gegeven en beëindigd",
                f"{sum(r[1] for r in self.changes)} en {sum(r[2] for r in self.changes)}",
            ),
            ("Controlerondes", len(self.reviews)),
            ("Noodtoegang gebruikt", self.emergencies),
            ("Vlaggen gezet", sum(row[1] for row in self.flags)),
            ("Weigeringen", sum(count for _, count in self.refusals)),
            ("Keer het logboek gelezen", self.readings),
        ]

    @property
    def is_running(self) -> bool:
        return self.until < date(self.year, 12, 31)


def read_year(year: int, today: date) -> Year:
    """Call in the scope of a reader with the key of the privacy officer."""
    begins, ends = _midnight(date(year, 1, 1)), _midnight(date(year + 1, 1, 1))
    moment = min(ends, timezone.now())
    events = Event.objects.filter(at__gte=begins, at__lt=ends)
    return Year(
        year=year,
        until=min(date(year, 12, 31), today),
        per_partner=_roles_at(moment),
        changes=_changes(begins, ends),
        reviews=[_review(one) for one in ReviewRound.objects.filter(quarter__year=year).order_by("quarter")],
        flags=_flags(begins, ends),
        refusals=_refusals(events),
        emergencies=events.filter(kind="break_glass.opened", outcome=Outcome.DONE).count(),
        readings=events.filter(kind="log.read").count(),
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _held_at(moment: datetime) -> Any:
    return RoleAssignment.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=moment),
        Q(until=None) | Q(until__gt=moment),
        assigned_at__lte=moment,
        user__in=people().filter(is_active=True),
    )


def _roles_at(moment: datetime) -> list[tuple[str, str, int]]:
    """Per organisation "2 × Regisseur LJA, 1 × Management", and how many that is."""
    rows = _held_at(moment).values_list("user__partner__name", "role").annotate(number=Count("pk"))
    counts = {(partner, role): number for partner, role, number in rows}
    found = []
    for partner in sorted({partner for partner, _ in counts}):
        held = [(role, counts.get((partner, role), 0)) for role in Role]
        text = ", ".join(f"{number} × {role.label}" for role, number in held if number)
        found.append((partner, text, sum(number for _, number in held)))
    return found


def _changes(begins: datetime, ends: datetime) -> list[tuple[str, int, int]]:
    ours = RoleAssignment.objects.filter(user__in=people())
    given = Counter(ours.filter(assigned_at__gte=begins, assigned_at__lt=ends).values_list("role", flat=True))
    over = Q(ended_at__gte=begins, ended_at__lt=ends) | Q(
        ended_at=None, until__gte=begins, until__lt=min(ends, timezone.now())
    )
    ended = Counter(ours.filter(over).values_list("role", flat=True))
    return [(role.label, given[role], ended[role]) for role in Role if given[role] or ended[role]]


def _review(one: ReviewRound) -> tuple[str, str, int, int, int]:
    verdicts = Counter(one.lines.values_list("verdict", flat=True))
    state = "afgerond" if one.closed_at else "loopt"
    return str(one), state, sum(verdicts.values()), verdicts[Verdict.KEEP], verdicts[Verdict.REMOVE]


def _flags(begins: datetime, ends: datetime) -> list[tuple[str, int, int, int]]:
    raised = Flag.objects.filter(raised_at__gte=begins, raised_at__lt=ends)
    rows = []
    for kind in FlagKind:
        ours = [(flag.closed_at, flag.due_on) for flag in raised.filter(kind=kind)]
        closed = [(at, due) for at, due in ours if at]
        late = sum(timezone.localdate(at) > due for at, due in closed if at)
        if ours:
            rows.append((str(kind.label), len(ours), len(closed), late))
    return rows


def _refusals(events: Any) -> list[tuple[str, int]]:
    counted = events.filter(outcome=Outcome.REFUSED).values_list("actor_partner_id").annotate(n=Count("pk"))
    names = Partner.objects.in_bulk()
    rows = [(names[pk].name if pk in names else "niet ingelogd", n) for pk, n in counted.order_by("-n")]
    return rows
