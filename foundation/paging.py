"""Pages of a long list, by key: page 1,000 costs as much as page 1."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, DateTimeField, Field, IntegerField, Q, QuerySet
from django.http import QueryDict

MANY = 1000
LONGEST_PLACE = 500  # ours are much shorter


@dataclass(frozen=True)
class Page:
    """One page: its rows, the addresses of the newer and older one (empty: there is none), how many in all."""

    rows: list[Any]
    newer_url: str
    older_url: str
    count_text: str


def page_of(
    queryset: QuerySet[Any],
    asked: QueryDict,
    *,
    order: Sequence[str],
    size: int = 50,
    counted: QuerySet[Any] | None = None,
) -> Page:
    """The page that the address asks for: `?na=` (older than a place) or `?voor=` (newer than a place).

    `order` names the columns, `-` for descending, ending in a unique one; none of them may be empty in
    the rows. One row comparison with an index finds the place; nothing is skipped by counting. An
    unreadable place is the beginning of the list. `counted` is a simpler queryset with as many rows.
    """
    before = _read(asked.get("voor", ""), queryset, order)
    after = _read(asked.get("na", ""), queryset, order)
    wanted = [_flip(o) for o in order] if before else list(order)
    found = queryset.order_by(*wanted)
    if place := before or after:
        found = found.filter(_beyond(wanted, place))
    rows = list(found[: size + 1])
    has_more, rows = len(rows) > size, rows[:size]
    if before:
        rows.reverse()
    newer = rows and (after or (before and has_more))
    older = rows and (has_more or before)
    return Page(
        rows=rows,
        newer_url=_url(asked, "voor", rows[0], order) if newer else "",
        older_url=_url(asked, "na", rows[-1], order) if older else "",
        count_text=count_up_to(queryset if counted is None else counted),
    )


def count_up_to(queryset: QuerySet[Any], limit: int = MANY) -> str:
    """How many there are, or "1000+": an exact count of hundreds of thousands is the one slow thing."""
    found = queryset.order_by().values("pk")[: limit + 1].count()
    return f"{limit}+" if found > limit else str(found)


def _flip(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def _beyond(order: Sequence[str], place: Sequence[Any]) -> Q:
    """Rows after this place: first column further, or equal and the next one further."""
    beyond = Q()
    equal = Q()
    for column, value in zip(order, place, strict=True):
        name, step = (column[1:], "lt") if column.startswith("-") else (column, "gt")
        beyond |= equal & Q(**{f"{name}__{step}": value})
        equal &= Q(**{name: value})
    first = order[0].lstrip("-")
    bound = "lte" if order[0].startswith("-") else "gte"
    # The bound on the first column lets the index start at the right place.
    return Q(**{f"{first}__{bound}": place[0]}) & beyond


def _url(asked: QueryDict, word: str, row: Any, order: Sequence[str]) -> str:
    """The same list with the same filters, from this row on."""
    values = [_plain(getattr(row, column.lstrip("-"))) for column in order]
    place = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
    other = asked.copy()
    other.pop("voor", None)
    other.pop("na", None)
    other[word] = place
    return f"?{other.urlencode()}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _read(place: str, queryset: QuerySet[Any], order: Sequence[str]) -> list[Any] | None:
    if not place or len(place) > LONGEST_PLACE:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(place + "=" * (-len(place) % 4)))
        if not isinstance(values, list) or len(values) != len(order):
            return None
        return [_typed(v, _kind(queryset, column)) for v, column in zip(values, order, strict=True)]
    except ValueError:
        return None


def _kind(queryset: QuerySet[Any], column: str) -> "Field[Any, Any]":
    """What the values of this column are: a column of the model, or one the query adds."""
    name = column.lstrip("-")
    added = queryset.query.annotations.get(name)
    field: Field[Any, Any] = added.output_field if added else queryset.model._meta.get_field(name)
    return field


def _typed(value: Any, kind: "Field[Any, Any]") -> Any:
    """The value as the column holds it; an address is typed by anybody."""
    if isinstance(kind, DateTimeField) and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo:
            return moment
    elif isinstance(kind, DateField) and isinstance(value, str):
        return date.fromisoformat(value)
    elif isinstance(kind, IntegerField) and type(value) is int and abs(value) < 2**63:
        return value
    raise ValueError("not a place in a list")
