"""Finding the number of a youth, by who knows name and birth date already."""

from datetime import date

from django.db import connection, transaction

from accounts.models import User
from audit.log import record
from oversight.events import OversightEvent
from oversight.permissions import check_may_oversee
from oversight.subjects import Subject


@transaction.atomic
def find(*, last_name: str, birth_on: date, first_name: str, by: User) -> list[int]:
    """The numbers of the youths with exactly this name and birth date. That it was asked is written down."""
    check_may_oversee(by)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM oversight_find_youth(%s, %s, %s)",
            [last_name.strip(), birth_on, first_name.strip()],
        )
        found = [number for (number,) in cursor.fetchall()]
    record(OversightEvent.SUBJECT_SEARCHED, by=by, about=[Subject(number) for number in found])
    return found
