"""Finding words in what this user may read: told signals, the picture, actions and goals; other floors add theirs.

The database finds numbers (cases/sql/find_text.sql); what is shown of them is read through `visible_to`, so that two
locks hold. What is kept more strictly is not looked in: it shows itself only to who asks for it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db import connection
from django.db.models import CharField, F, Func, QuerySet, Value
from django.db.models.functions import Concat

from access.models import ScopedQuerySet
from accounts.models import User
from accounts.roles import DataClass
from cases.models import Action, Case, PlanGoal, Remark, ToldSignal
from cases.rules.finding import HIT_ENDS, HIT_STARTS, LESS_THAN, pieces_of, query_of

CONFIG = "public.ijap_dutch"
MOST_FOUND = 500  # of each source the newest
PER_PAGE = 20
PER_CASE = 3  # excerpts shown of one case
Place = tuple[datetime, int] | None  # of the last case that was shown: its newest find, its number


@dataclass(frozen=True)
class Source:
    """Where words can stand: what it is called, the model, and the texts of a row in which it was found."""

    code: str
    label: str
    model: Any
    texts: tuple[str, ...]

    def rows(self, user: User) -> ScopedQuerySet:
        found: ScopedQuerySet = self.model.objects.visible_to(user)
        return found


@dataclass(frozen=True)
class Finder:
    """A function of the database, and the sources it finds in."""

    function: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Hit:
    """One row in which the words stand."""

    source: str
    number: int
    case_id: int
    at: datetime


@dataclass(frozen=True)
class Excerpt:
    """What is shown of a row: which kind, when, and its text in pieces, those that were looked for marked."""

    label: str
    at: datetime
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True)
class Found:
    """One case with its newest excerpts."""

    case: Case
    at: datetime
    excerpts: list[Excerpt]
    more: int


@dataclass(frozen=True)
class Result:
    """One page of cases, newest find first; where the next one begins (nothing: there is none)."""

    found: list[Found]
    count: int
    is_whole: bool
    next_place: str


class Plain(SearchHeadline):
    """An excerpt of a text in which nothing can pass for a mark of ours."""

    def __init__(self, texts: Sequence[str], query: SearchQuery) -> None:
        parts = [F(name) for name in texts]
        joined: Any = parts[0]
        for part in parts[1:]:
            joined = Concat(joined, Value(" "), part, output_field=CharField())
        # The first of these becomes the one letter of `to`, the others go.
        marks, to = Value(f"<{HIT_STARTS}{HIT_ENDS}{LESS_THAN}"), Value(LESS_THAN)
        clean = Func(joined, marks, to, function="translate", output_field=CharField())
        sizes: dict[str, Any] = {"max_words": 35, "min_words": 15, "short_word": 0, "max_fragments": 2}
        super().__init__(
            clean,
            query,
            config=CONFIG,
            start_sel=HIT_STARTS,
            stop_sel=HIT_ENDS,
            fragment_delimiter=" … ",
            **sizes,
        )


_finders: list[Finder] = [
    Finder(
        "cases_find_text",
        (
            Source("told", "Signaal", ToldSignal, ("text", "location")),
            Source("remark", "Beeld", Remark, ("text",)),
            Source("action", "Actie", Action, ("text", "result")),
            Source("goal", "Doel", PlanGoal, ("text", "evaluation")),
        ),
    )
]


def add_finder(finder: Finder) -> None:
    """Let another floor have its texts looked in."""
    _finders.append(finder)


def find_text(user: User, words: Sequence[str], place: Place = None) -> Result:
    """The cases in which all these words stand together in one text, from this place on."""
    query = query_of(words)
    hits, is_whole = _hits(query)
    by_case: dict[int, list[Hit]] = defaultdict(list)
    for hit in sorted(hits, key=lambda one: (one.at, one.source, one.number), reverse=True):
        by_case[hit.case_id].append(hit)
    visible = Case.objects.visible_to(user).filter(pk__in=list(by_case))
    order = sorted(((by_case[pk][0].at, pk) for pk in visible.values_list("pk", flat=True)), reverse=True)
    rest = [one for one in order if place is None or one < place]
    page = rest[:PER_PAGE]
    cases = visible.select_related("youth", "municipality").in_bulk([pk for _, pk in page])
    wanted = [hit for _, pk in page for hit in by_case[pk][:PER_CASE]]
    shown = _excerpts(user, query, wanted)
    found = [
        Found(
            cases[pk], at, [shown[h] for h in by_case[pk] if h in shown], max(0, len(by_case[pk]) - PER_CASE)
        )
        for at, pk in page
    ]
    found = [one for one in found if one.excerpts]
    last = page[-1] if len(rest) > PER_PAGE else None
    return Result(found, len(order), is_whole, f"{last[0].isoformat()}|{last[1]}" if last else "")


def _hits(query: str) -> tuple[list[Hit], bool]:
    hits: list[Hit] = []
    is_whole = True
    with connection.cursor() as cursor:
        for finder in _finders:
            cursor.execute(f"SELECT * FROM {finder.function}(%s, %s)", [query, MOST_FOUND])  # noqa: S608 (our own name)
            rows = [Hit(*row) for row in cursor.fetchall()]
            per_source = [sum(hit.source == source.code for hit in rows) for source in finder.sources]
            is_whole = is_whole and max(per_source) < MOST_FOUND
            hits += rows
    return hits, is_whole


def _excerpts(user: User, query: str, hits: list[Hit]) -> dict[Hit, Excerpt]:
    """Per source one query, whatever the number of hits."""
    shown: dict[Hit, Excerpt] = {}
    asked = SearchQuery(query, config=CONFIG, search_type="raw")
    for source in (source for finder in _finders for source in finder.sources):
        mine = {hit.number: hit for hit in hits if hit.source == source.code}
        rows: QuerySet[Any] = source.rows(user).filter(pk__in=list(mine))
        if getattr(source.model, "is_listed", False):
            rows = rows.filter(data_class=DataClass.BASIS)
        texts = rows.annotate(excerpt=Plain(source.texts, asked)).values_list("pk", "excerpt")
        for number, text in texts if mine else ():
            shown[mine[number]] = Excerpt(source.label, mine[number].at, pieces_of(text))
    return shown
