"""One link of the chain of seals: what it says, and whether it fits the one before it."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

TOLERANCE = timedelta(seconds=2)
LEAST_YEARS = 5
NO_ROWS = hashlib.sha256(b"").digest()


@dataclass(frozen=True)
class Link:
    """A seal as it stands in the database."""

    number: int
    kind: str
    from_transaction: int
    to_transaction: int
    next_transaction: int
    rows: int
    digest: bytes
    sealed_at: datetime
    sealed_us: int
    closed: str
    link: bytes

    def computed(self, before: bytes) -> bytes:
        """What the link must be, after the one before it."""
        words = (
            self.number, self.kind, self.from_transaction, self.to_transaction, self.next_transaction,
            self.rows, self.sealed_us, self.closed,
        )  # fmt: skip
        return hashlib.sha256(before + self.digest + ":".join(map(str, words)).encode()).digest()


@dataclass(frozen=True)
class Content:
    """What the rows of a seal say now."""

    rows: int = 0
    digest: bytes = NO_ROWS
    first_at: datetime | None = None
    last_at: datetime | None = None
    first_begun_at: datetime | None = None  # of those that began after the seal before this one


@dataclass(frozen=True)
class Anchor:
    """A link that left the house: its number and (the beginning of) its digest, and where it was found."""

    number: int
    digest: str
    where: str


def link_of(row: Sequence[Any]) -> Link:
    """A row of `audit_seal` as the walk asks for it."""
    number, kind, first, last, following, rows, digest, sealed_at, sealed_us, closed, link = row
    return Link(
        number, kind, first, last, following, rows, bytes(digest), sealed_at, sealed_us, closed, bytes(link)
    )


def problems_of_place(link: Link, before: Link | None) -> Iterator[str]:
    """Number, range and link against the seal before it."""
    if link.number != (before.number if before else 0) + 1:
        yield f"er ontbreken zegels voor dit zegel; het vorige is {before.number if before else 0}."
        return
    if link.from_transaction != (before.to_transaction if before else 0):
        yield "sluit niet aan op het zegel ervoor."
    if link.computed(before.link if before else b"") != link.link:
        yield "de schakel klopt niet: het zegel zelf is veranderd, of het zegel ervoor."
    if before and link.sealed_at < before.sealed_at - TOLERANCE:
        yield "is ouder dan het zegel ervoor: de klok is teruggezet."


def problems_of_closing(link: Link) -> Iterator[str]:
    """A month may go when its last day is five years old, whatever the database itself says the term is."""
    if link.kind != "closing":
        return
    year, month = map(int, json.loads(link.closed)["month"].split("-"))
    over = datetime(year + LEAST_YEARS + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    if link.sealed_at < over:
        yield f"maand {year}-{month:02} is verwijderd voordat zij {LEAST_YEARS} jaar oud was."


def moment(at: datetime) -> str:
    """For a sentence about what was found."""
    return f"{at:%d-%m-%Y %H:%M:%S}"
