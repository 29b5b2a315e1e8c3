"""Checking the chain of seals. Trusts the rows it reads and nothing else of the database.

The words that say what a row is stand here once more (the first is `audit_digest` in audit/sql/seals.sql):
who replaced that function would otherwise be checked with it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import connections

from audit.guards import problems_of_guards
from audit.links import (
    NO_ROWS,
    TOLERANCE,
    Anchor,
    Content,
    Link,
    link_of,
    moment,
    problems_of_closing,
    problems_of_place,
)

SEALED_WITHIN = timedelta(minutes=10)
ROWS_AT_ONCE = 200_000
SEALS_AT_ONCE = 2_000

_ROW = """sha256(convert_to(ROW(
    e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.transaction_id, e.kind, e.outcome, e.actor_id,
    e.on_behalf_of_id, e.actor_partner_id, e.actor_role, e.subject_type, e.subject_id, e.case_id, e.youth_ids,
    e.data_classes, e.ground, e.recipients, e.ip, e.session_hash, e.request_id, e.break_glass_id, e.details
  )::text, 'UTF8'))"""

_SEALS = """
SELECT number, kind, from_transaction, to_transaction, next_transaction, rows, digest, sealed_at,
       (extract(epoch FROM sealed_at) * 1000000)::bigint, coalesce(closed::text, ''), link
  FROM audit_seal
"""

# Each row belongs to the seal whose range holds its transaction.
_CONTENT = f"""
SELECT width_bucket(e.transaction_id, %(starts)s::bigint[]) AS bucket, count(*),
       sha256(string_agg({_ROW}, '' ORDER BY e.transaction_id, e.id)), min(e.at), max(e.at),
       min(e.at) FILTER (WHERE e.transaction_id >=
         (%(begun)s::bigint[])[width_bucket(e.transaction_id, %(starts)s::bigint[])])
  FROM audit_event e
 WHERE e.transaction_id >= %(first)s AND e.transaction_id < %(last)s
   AND e.transaction_id < (%(ends)s::bigint[])[width_bucket(e.transaction_id, %(starts)s::bigint[])]
 GROUP BY bucket
"""  # noqa: S608 (both parts are ours)
_NAMED = """
SELECT e.id, (e.details->>'seal') FROM audit_event e
 WHERE e.transaction_id >= %s AND e.details->>'seal' ~ '^[0-9]{1,18}-[0-9a-f]+$' ORDER BY e.id
"""
# What stands above the oldest transaction that still runs cannot be sealed yet.
_TAIL = """
SELECT count(*), min(at) FILTER (WHERE transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint),
       clock_timestamp()
  FROM audit_event WHERE transaction_id >= %s
"""


@dataclass
class Verdict:
    """What the check found; the first problem names the first seal that is broken."""

    seals: int = 0
    rows: int = 0
    unsealed: int = 0
    last: Link | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def is_intact(self) -> bool:
        return not self.problems


class Checker:
    """One walk along the chain."""

    def __init__(self, alias: str, *, since: datetime | None = None, anchors: Sequence[Anchor] = ()) -> None:
        self.alias, self.since = alias, since
        self.anchors: dict[int, list[Anchor]] = {}
        for anchor in anchors:
            self.anchors.setdefault(anchor.number, []).append(anchor)
        self.verdict = Verdict()
        # When the youngest transaction of a seal had not begun, its rows cannot be older than that seal.
        self.begun: list[tuple[int, datetime]] = []
        self.taken_away: dict[int, tuple[int, bytes]] = {}
        self.emptied: list[tuple[int, int]] = []

    def run(self) -> Verdict:
        """Guards, every seal with its rows, the anchors, and what is not sealed yet."""
        self.verdict.problems += problems_of_guards(self.alias)
        self._read_closings()
        before = self._start()
        first = before.to_transaction if before else 0
        if before:
            self.begun.append((before.next_transaction, before.sealed_at))
        for batch in self._batches(before):
            contents = self._contents(batch, before)
            for link in batch:
                if not self._holds(link, before, contents.get(link.number, Content())):
                    return self.verdict  # what follows a broken seal proves nothing
                before = link
        self.verdict.last = before
        self._check_named(first, before)
        self._check_anchors(before)
        self._check_tail(before)
        return self.verdict

    def _ask(self, sql: str, values: Any) -> list[Any]:
        with connections[self.alias].cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def _seals(self, where: str, values: Any) -> list[Link]:
        rows = self._ask(f"{_SEALS} {where}", values)
        return [link_of(row) for row in rows]

    def _after(self, number: int) -> list[Link]:
        return self._seals("WHERE number > %s ORDER BY number LIMIT %s", [number, SEALS_AT_ONCE])

    def _numbered(self, numbers: Iterable[int]) -> dict[int, Link]:
        found = self._seals("WHERE number = ANY (%s)", [list(numbers)])
        return {link.number: link for link in found}

    def _start(self) -> Link | None:
        """The last seal before `since`: it is taken as it stands."""
        if self.since is None:
            return None
        found = self._seals("WHERE sealed_at < %s ORDER BY number DESC LIMIT 1", [self.since])
        return found[0] if found else None

    def _batches(self, before: Link | None) -> Iterator[list[Link]]:
        """Seals, as many at a time as hold a number of rows that fits in memory."""
        after = before.number if before else 0
        while links := self._after(after):
            batch: list[Link] = []
            rows = 0
            for link in links:
                if batch and rows + link.rows > ROWS_AT_ONCE:
                    yield batch
                    batch, rows = [], 0
                batch.append(link)
                rows += link.rows
            yield batch
            after = links[-1].number

    def _contents(self, batch: list[Link], before: Link | None) -> dict[int, Content]:
        """The rows of these seals as they are now, counted and digested by the database in one question."""
        walk = [before, *batch] if before else batch
        begun = {link.number: earlier.next_transaction for earlier, link in pairwise(walk)}
        links = [link for link in batch if link.kind == "rows"]
        if not links:
            return {}
        links.sort(key=lambda link: link.from_transaction)
        values = {
            "starts": [link.from_transaction for link in links],
            "ends": [link.to_transaction for link in links],
            "begun": [begun.get(link.number, 0) for link in links],
            "first": links[0].from_transaction,
            "last": max(link.to_transaction for link in links),
        }
        return {
            links[bucket - 1].number: Content(rows, bytes(digest), *moments)
            for bucket, rows, digest, *moments in self._ask(_CONTENT, values)
        }

    # --- one seal ---------------------------------------------------------------------------------
    def _holds(self, link: Link, before: Link | None, content: Content) -> bool:
        found = [
            *problems_of_place(link, before),
            *self._problems_of_content(link, content),
            *self._problems_of_moments(link, before, content),
            *problems_of_closing(link),
            *self._problems_of_anchors(link),
        ]
        self.verdict.problems += [f"Zegel {link.number}: {problem}" for problem in found]
        self.verdict.seals += 1
        self.verdict.rows += content.rows
        self.begun.append((link.next_transaction, link.sealed_at))
        return not found

    def _problems_of_content(self, link: Link, content: Content) -> Iterator[str]:
        if link.kind != "rows":
            return
        rows, digest = self._expected(link)
        if content.rows != rows:
            yield f"er zijn {content.rows} regels en er waren er {rows}."
        elif content.digest != digest:
            yield f"de inhoud van een van de {rows} regels is veranderd."

    def _expected(self, link: Link) -> tuple[int, bytes]:
        """Less than what was sealed, when an old month was taken away afterwards."""
        if link.number in self.taken_away:
            return self.taken_away[link.number]
        if any(first <= link.number < last for first, last in self.emptied):
            return 0, NO_ROWS
        return link.rows, link.digest

    def _problems_of_moments(self, link: Link, before: Link | None, content: Content) -> Iterator[str]:
        """Rows are not younger than their seal, nor older than a seal that was there before they began."""
        if content.last_at and content.last_at > link.sealed_at + TOLERANCE:
            yield f"een regel is van {moment(content.last_at)}, na het zegel zelf."
        while len(self.begun) > 1 and self.begun[1][0] <= link.from_transaction:
            self.begun.pop(0)
        bounds = [(content.first_begun_at, before.sealed_at if before else None)]
        if self.begun and self.begun[0][0] <= link.from_transaction:
            bounds.append((content.first_at, self.begun[0][1]))
        for found, earliest in bounds:
            if found and earliest and found < earliest - TOLERANCE:
                yield (
                    f"een regel is van {moment(found)}, maar is geschreven na {moment(earliest)}: "
                    "teruggedateerd, of de klok is teruggezet."
                )
                return

    def _problems_of_anchors(self, link: Link) -> Iterator[str]:
        for anchor in self.anchors.pop(link.number, []):
            if not link.link.hex().startswith(anchor.digest):
                yield f"is opnieuw gemaakt. {anchor.where} noemt een andere schakel."

    # --- the whole --------------------------------------------------------------------------------
    def _read_closings(self) -> None:
        """What months that were taken away left behind; a later closing says it anew."""
        for link in self._seals("WHERE kind = 'closing' ORDER BY number", []):
            closed = json.loads(link.closed)
            for number, (count, digest) in closed["remains"].items():
                self.taken_away[int(number)] = (count, bytes.fromhex(digest))
            for first, last in re.findall(r"\[(\d+),(\d+)\)", closed["emptied"]):
                self.emptied.append((int(first), int(last)))
                for number in [n for n in self.taken_away if int(first) <= n < int(last)]:
                    del self.taken_away[number]

    def _check_named(self, first: int, last: Link | None) -> None:
        """Seals that the log itself names: in the hourly anchor and beside every paper that was made."""
        named = [(event, *text.split("-")) for event, text in self._ask(_NAMED, [first])]
        known = self._numbered({int(number) for _, number, _ in named})
        for event, number, digest in named:
            problem = self._compare(known.get(int(number)), digest, f"Regel {event} van het logboek", last)
            if problem:
                self.verdict.problems.append(f"Zegel {number}: {problem}")
                return

    def _check_anchors(self, last: Link | None) -> None:
        """Anchors of seals that the walk did not meet: from before `since`, or no longer there."""
        known = self._numbered(self.anchors)
        for number, anchors in sorted(self.anchors.items()):
            for anchor in anchors:
                problem = self._compare(known.get(number), anchor.digest, anchor.where, last)
                if problem:
                    self.verdict.problems.append(f"Zegel {number}: {problem}")
                    return

    def _compare(self, found: Link | None, digest: str, where: str, last: Link | None) -> str:
        if found is None:
            return f"ontbreekt. {where} noemt het; de keten eindigt bij {last.number if last else 0}."
        if not found.link.hex().startswith(digest):
            return f"is opnieuw gemaakt. {where} noemt een andere schakel."
        return ""

    def _check_tail(self, last: Link | None) -> None:
        """What is not sealed yet. Ten minutes old and finished is too old."""
        count, oldest, now = self._ask(_TAIL, [last.to_transaction if last else 0])[0]
        self.verdict.unsealed = count
        if oldest and now - oldest > SEALED_WITHIN:
            self.verdict.problems.append(
                f"Na zegel {last.number if last else 0} is niet meer verzegeld: {count} regels, de oudste van "
                f"{moment(oldest)}. Loopt de klok?"
            )
