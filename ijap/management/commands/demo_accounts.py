"""Lists the accounts of the demo that exist, with their shared password."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from accounts.models import User
from ijap.demo.people import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Toont de demo-accounts. Alleen met DEMO_MODE."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="als JSON, om door een programma te lezen")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Er zijn geen demo-accounts: DEMO_MODE staat uit.")
        rows = accounts()
        if not rows:
            raise CommandError("De demo-accounts bestaan nog niet. Maak ze met `./run manage seed_demo`.")
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            self.stdout.write(f"{row['username']:<18} {row['role']:<26} {row['partner']}")
        self.stdout.write(f"\nWachtwoord van allemaal: {PASSWORD}")


def accounts() -> list[dict[str, str]]:
    """The cast of the demo, as far as the seed has made it."""
    names = [person.username for person in PEOPLE]
    made = set(User.objects.filter(username__in=names, is_active=True).values_list("username", flat=True))
    return [
        {
            "username": person.username,
            "password": PASSWORD,
            "role": person.role_text,
            "partner": person.partner_name,
        }
        for person in PEOPLE
        if person.username in made
    ]
