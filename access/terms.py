"""Terms that run out, and two who do the same at the same moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.errors import NotPossible


@contextmanager
def once(already: str) -> Iterator[None]:
    """Two who do the same at the same moment: the second hears that it was done already."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as there:
        raise NotPossible(already) from there


def is_over(until: datetime | None) -> bool:
    return until is not None and until <= timezone.now()


def check_future(until: datetime | None) -> None:
    if is_over(until):
        raise NotPossible("De einddatum ligt in het verleden.")
