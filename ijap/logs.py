"""The lines on standard output: each with the reference of its request, none with words about a person.

The words of an exception may quote what somebody typed or what a row holds (PostgreSQL shows the whole
failing row). So in real use a line tells where it went wrong and what kind of mistake it was, and leaves the
words out; with made-up data they stay.
"""

import copy
import logging
import traceback
from contextvars import ContextVar
from types import TracebackType
from typing import TypeAlias

Info: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

# What the error page shows as "Kenmerk", set for each request by HeadersMiddleware.
reference: ContextVar[str] = ContextVar("reference", default="-")


class LineFormatter(logging.Formatter):
    """One line per fact; exceptions without their words unless `words` is asked for."""

    def __init__(self, format: str = "", style: str = "{", words: bool = False) -> None:  # noqa: A002
        super().__init__(format or None, style=style)  # type: ignore[arg-type]
        self.words = words

    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)  # another handler may have made its own text of the same exception
        record.exc_text = None
        record.reference = reference.get()
        if not self.words and isinstance(record.args, dict) and "exc" in record.args:
            record.args = record.args | {"exc": "…"}  # Celery puts the words in the line itself
        return super().format(record)

    def formatException(self, ei: Info) -> str:  # noqa: N802 (the name the library asks for)
        if self.words or ei[1] is None:
            return super().formatException(ei)
        parts: list[str] = []
        seen: set[int] = set()
        error: BaseException | None = ei[1]
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            parts.append("".join(traceback.format_tb(error.__traceback__)) + kind_of(error))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nbecause of\n".join(parts)


def kind_of(error: BaseException) -> str:
    """The class of the mistake and, for the database, its code and the names of table and constraint."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    cause = error.__cause__ if not hasattr(error, "diag") else error
    diag = getattr(cause, "diag", None)
    facts = [getattr(diag, word, None) for word in ("sqlstate", "table_name", "constraint_name")]
    return " ".join([name, *(fact for fact in facts if fact)])
