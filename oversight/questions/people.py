"""Who somebody is, beside what was read: a namesake, a leaver, a stranger's place, a keeper who reads."""

from datetime import timedelta

from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from accounts.models import RoleAssignment, RoleAssignmentQuerySet
from accounts.robots import people as everybody
from oversight.questions.day import Day, Finding
from oversight.questions.reading import PER_DAY
from oversight.rules import Limits

_SAME_NAME = "SELECT * FROM oversight_same_names(%(begins)s, %(ends)s)"
# A place is a network: the first three numbers of an address, or the first three groups of a long one.
_NEW_PLACE = """
WITH places AS (
  SELECT actor_id, at, session_hash,
         network(set_masklen(ip, CASE family(ip) WHEN 4 THEN 24 ELSE 48 END)) AS place
    FROM audit_event
   WHERE at >= %(begins)s - make_interval(days => %(days)s) AND at < %(ends)s AND kind = 'account.logged_in'
     AND outcome = 'done' AND ip IS NOT NULL
)
SELECT p.actor_id, p.place::text, count(*)
  FROM places p
 WHERE p.at >= %(begins)s
   AND NOT EXISTS (SELECT FROM places o WHERE o.actor_id = p.actor_id AND o.place = p.place AND o.at < %(begins)s)
   AND (SELECT count(*) FROM places o WHERE o.actor_id = p.actor_id AND o.at < %(begins)s) >= %(known)s
 GROUP BY 1, 2
"""
_KEEPER_READS = """
SELECT actor_id, count(*), count(DISTINCT case_id) FROM audit_event
 WHERE at >= %(begins)s AND at < %(ends)s AND youth_ids <> '{}' AND outcome = 'done'
   AND 'beheerder' = ANY (string_to_array(actor_role, ','))
 GROUP BY 1 HAVING count(*) >= %(least)s
"""


def same_name(day: Day, limits: Limits) -> list[Finding]:
    rows = day.ask(_SAME_NAME)
    return [
        day.found({"youth": youth, "times": times}, person=who, about=f"youth {youth}")
        for who, youth, times in rows
        if times >= limits["least"]
    ]


def leaver(day: Day, limits: Limits) -> list[Finding]:
    """Of who leaves within the term, or left today: the days before it on which much was read."""
    leaving, left = _leavers(day, limits["days"])
    findings = []
    for back in range(limits["days"]):
        earlier = day.before(back)
        wanted = left | (leaving if back == 0 else set())
        if not wanted:
            continue
        rows = earlier.ask(PER_DAY, factor=limits["factor"], least=limits["least"])
        findings += [
            earlier.found({"cases": cases, "usual": float(usual)}, person=who)
            for who, cases, usual in rows
            if who in wanted
        ]
    return findings


def _leavers(day: Day, days: int) -> tuple[set[int], set[int]]:
    """Whose last role ends within so many days, and whose last role ended (or whose account was shut) today."""
    none_left = everybody().exclude(assignments__in=_roles_that_stay(day, days))
    ends = Max(Coalesce("assignments__ended_at", "assignments__until"))
    ending = none_left.annotate(ends_at=ends).filter(ends_at__gte=day.starts_at)
    leaving = set(ending.filter(ends_at__lt=day.ends_at + timedelta(days=days)).values_list("pk", flat=True))
    left = set(ending.filter(ends_at__lt=day.ends_at).values_list("pk", flat=True))
    shut = day.ask(
        "SELECT subject_id FROM audit_event WHERE at >= %(begins)s AND at < %(ends)s AND kind = 'user.disabled'"
    )
    return leaving - left, left | {who for (who,) in shut}


def _roles_that_stay(day: Day, days: int) -> RoleAssignmentQuerySet:
    horizon = day.ends_at + timedelta(days=days)
    return RoleAssignment.objects.filter(
        Q(until=None) | Q(until__gte=horizon), Q(ended_at=None) | Q(ended_at__gte=horizon)
    )


def new_place(day: Day, limits: Limits) -> list[Finding]:
    """By network only: the log knows no device and no country."""
    rows = day.ask(_NEW_PLACE, days=limits["days"], known=limits["known"])
    return [
        day.found({"place": place, "times": times}, person=who, about=place) for who, place, times in rows
    ]


def keeper_reads(day: Day, limits: Limits) -> list[Finding]:
    """A beheerder reads no case. This must stay empty; one row is a hole in a lock."""
    rows = day.ask(_KEEPER_READS, least=limits["least"])
    return [day.found({"times": times, "cases": cases}, person=who) for who, times, cases in rows]
