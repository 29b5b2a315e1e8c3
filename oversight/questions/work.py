"""Reading that does not go with the work: no reason for it, after the end of it, or by emergency too often."""

from oversight.questions.day import READS, Day, Finding
from oversight.rules import Limits

MOST_SHOWN = 20
_NO_REASON = "SELECT * FROM oversight_without_reason(%(begins)s, %(ends)s, %(days)s, %(reads)s)"
_AFTER_END = "SELECT * FROM oversight_after_end(%(begins)s, %(ends)s)"
_BREAK_GLASS = """
SELECT actor_id, count(*) FROM audit_event
 WHERE at >= date_trunc('month', %(begins)s AT TIME ZONE 'Europe/Amsterdam') AT TIME ZONE 'Europe/Amsterdam'
   AND at < %(ends)s AND kind = 'break_glass.opened' AND outcome = 'done'
 GROUP BY 1 HAVING count(*) > %(more_than)s
"""


def no_reason(day: Day, limits: Limits) -> list[Finding]:
    rows = day.ask(_NO_REASON, days=limits["days"], reads=READS)
    return [
        day.found({"count": len(cases), "cases": cases[:MOST_SHOWN]}, person=who)
        for who, cases in rows
        if len(cases) >= limits["least"]
    ]


def after_end(day: Day, limits: Limits) -> list[Finding]:
    tries: dict[int, dict[int, int]] = {}
    for who, case, times in day.ask(_AFTER_END):
        tries.setdefault(who, {})[case] = times
    return [
        day.found({"times": sum(cases.values()), "cases": sorted(cases)[:MOST_SHOWN]}, person=who)
        for who, cases in tries.items()
        if sum(cases.values()) >= limits["least"]
    ]


def break_glass(day: Day, limits: Limits) -> list[Finding]:
    """Once a month for each person: the key names the month, not the day."""
    month = Day(day.on.replace(day=1))
    rows = day.ask(_BREAK_GLASS, more_than=limits["more_than"])
    return [month.found({"times": times}, person=who) for who, times in rows]
