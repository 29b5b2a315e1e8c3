"""`close_audit_month 2020-01`: take away a month of the log that is older than its term."""

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections


class Command(BaseCommand):
    help = (
        "Verwijdert een maand van het logboek die ouder is dan de bewaartermijn, en verzegelt wat erin stond."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="de maand, bijvoorbeeld 2020-01")

    def handle(self, *args: Any, **options: Any) -> None:
        month = _month(options["month"])
        if "owner" not in connections:
            raise CommandError("Alleen de eigenaar van de tabellen mag dit: zet DATABASE_OWNER_URL.")
        try:
            with connections["owner"].cursor() as cursor:
                cursor.execute("SELECT audit_close_month(%s)", [month])
                (rows,) = cursor.fetchone() or (0,)
        except DatabaseError as error:
            raise CommandError(f"Geweigerd: {str(error).splitlines()[0]}") from error
        self.stdout.write(f"{options['month']}: {rows} regels verwijderd, na een zegel over wat erin stond.")


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 (a month has no clock)
    except ValueError as error:
        raise CommandError(f"{text} is geen maand; schrijf 2020-01") from error
