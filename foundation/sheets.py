"""Tables as a file that a Dutch spreadsheet opens: semicolons, UTF-8 with its mark, and no cell that calculates."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the beginning of a formula, also in full width; and what may hide one.
_BEGINS_A_FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")
_MARK = "\ufeff"


def defused(value: object) -> str:
    """The value as text that no spreadsheet calculates: what could begin a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return (
        f"'{text}"
        if text.startswith(_BEGINS_A_FORMULA) or text.lstrip().startswith(_BEGINS_A_FORMULA)
        else text
    )


def csv_of(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The whole file."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([defused(name) for name in heading])
    writer.writerows([defused(value) for value in row] for row in rows)
    return (_MARK + out.getvalue()).encode()
