"""How much, when and how many together: what the log alone can tell."""

from oversight.questions.day import Day, Finding
from oversight.rules import Limits

# How many cases each person read per day, and what is usual for that person: the median of the days before.
PER_DAY = """
WITH per_day AS (
  SELECT actor_id, (at AT TIME ZONE 'Europe/Amsterdam')::date AS on_day, count(DISTINCT case_id) AS cases
    FROM audit_event
   WHERE at >= %(begins)s - interval '30 days' AND at < %(ends)s AND kind = ANY (%(reads)s) AND outcome = 'done'
     AND case_id IS NOT NULL AND actor_role <> 'robot'
   GROUP BY 1, 2
), usual AS (
  SELECT actor_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY cases) AS median
    FROM per_day WHERE on_day < %(day)s GROUP BY 1
)
SELECT p.actor_id, p.cases, coalesce(u.median, 0)
  FROM per_day p LEFT JOIN usual u USING (actor_id)
 WHERE p.on_day = %(day)s AND p.cases >= %(least)s AND p.cases > %(factor)s * coalesce(u.median, 0)
"""
_ODD_HOURS = """
SELECT actor_id, count(DISTINCT id), count(DISTINCT y)
  FROM audit_event LEFT JOIN LATERAL unnest(youth_ids) y ON true
 WHERE at >= %(begins)s AND at < %(ends)s AND youth_ids <> '{}' AND outcome = 'done' AND actor_role <> 'robot'
   AND (extract(isodow FROM at AT TIME ZONE 'Europe/Amsterdam') > 5
     OR extract(hour FROM at AT TIME ZONE 'Europe/Amsterdam') < %(from_hour)s
     OR extract(hour FROM at AT TIME ZONE 'Europe/Amsterdam') >= %(to_hour)s)
 GROUP BY 1 HAVING count(DISTINCT id) >= %(least)s
"""
_CROWD = """
WITH looks AS (
  SELECT case_id, actor_partner_id, actor_id, at FROM audit_event
   WHERE at >= %(begins)s - interval '24 hours' AND at < %(ends)s AND kind = ANY (%(reads)s) AND outcome = 'done'
     AND case_id IS NOT NULL AND actor_role <> 'robot'
)
SELECT case_id, actor_partner_id, max(readers) FROM (
  SELECT l.case_id, l.actor_partner_id,
         (SELECT count(DISTINCT o.actor_id) FROM looks o
           WHERE o.case_id = l.case_id AND o.actor_partner_id = l.actor_partner_id
             AND o.at > l.at - interval '24 hours' AND o.at <= l.at) AS readers
    FROM looks l
    JOIN (SELECT case_id, actor_partner_id FROM looks GROUP BY 1, 2
           HAVING count(DISTINCT actor_id) > %(more_than)s) busy USING (case_id, actor_partner_id)
   WHERE l.at >= %(begins)s
) seen
 WHERE readers > %(more_than)s GROUP BY 1, 2
"""
# A search that says which term it was counts once per term.
_SEARCHES = """
WITH asked AS (
  SELECT id, actor_id, at, youth_ids, coalesce(details->>'term', id::text) AS term FROM audit_event
   WHERE at >= %(begins)s - interval '10 minutes' AND at < %(ends)s AND kind = 'youth.searched'
), series AS (
  SELECT a.actor_id, max((SELECT count(DISTINCT o.term) FROM asked o
                           WHERE o.actor_id = a.actor_id AND o.at > a.at - interval '10 minutes' AND o.at <= a.at)) AS most
    FROM asked a WHERE a.at >= %(begins)s GROUP BY 1
), misses AS (
  SELECT actor_id, count(*) AS missed FROM asked WHERE at >= %(begins)s AND youth_ids = '{}' GROUP BY 1
)
SELECT s.actor_id, s.most, coalesce(m.missed, 0)
  FROM series s LEFT JOIN misses m USING (actor_id)
 WHERE s.most > %(more_than)s OR coalesce(m.missed, 0) >= %(misses)s
"""
_PAPERS = """
SELECT actor_id, count(DISTINCT (subject_type, subject_id)) FROM audit_event
 WHERE at >= %(begins)s AND at < %(ends)s AND outcome = 'done'
   AND kind IN ('document.downloaded', 'summary.downloaded', 'paper.downloaded', 'case_export.made',
        'attachment_file.viewed')
 GROUP BY 1 HAVING count(DISTINCT (subject_type, subject_id)) > %(more_than)s
"""


def much_more(day: Day, limits: Limits) -> list[Finding]:
    rows = day.ask(PER_DAY, factor=limits["factor"], least=limits["least"])
    return [day.found({"cases": cases, "usual": float(usual)}, person=who) for who, cases, usual in rows]


def odd_hours(day: Day, limits: Limits) -> list[Finding]:
    rows = day.ask(
        _ODD_HOURS, from_hour=limits["from_hour"], to_hour=limits["to_hour"], least=limits["least"]
    )
    return [day.found({"times": times, "youths": youths}, person=who) for who, times, youths in rows]


def crowd(day: Day, limits: Limits) -> list[Finding]:
    """About the organisation: who of them had no business there is what somebody must find out."""
    rows = day.ask(_CROWD, more_than=limits["more_than"])
    return [
        day.found({"case": case, "readers": readers}, partner=partner, about=f"case {case}")
        for case, partner, readers in rows
    ]


def searches(day: Day, limits: Limits) -> list[Finding]:
    rows = day.ask(_SEARCHES, more_than=limits["more_than"], misses=limits["misses"])
    return [day.found({"searches": most, "misses": missed}, person=who) for who, most, missed in rows]


def papers(day: Day, limits: Limits) -> list[Finding]:
    rows = day.ask(_PAPERS, more_than=limits["more_than"])
    return [day.found({"papers": count}, person=who) for who, count in rows]
