"""`seed_scale --youths N --seed S`: large amounts of made-up data, for measuring."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ijap.seeds.scale import Scale, fill


class Command(BaseCommand):
    help = "Vult de database met veel verzonnen gegevens, om mee te meten. Alleen in demostand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--youths", type=int, default=2_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--today", type=date.fromisoformat, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Verzonnen gegevens komen alleen in een demo.")
        began = time.monotonic()
        scale = Scale(options["youths"], options["seed"], options["today"] or timezone.localdate())

        def say(what: str) -> None:
            self.stdout.write(f"{time.monotonic() - began:7.1f} s  {what}")

        made = fill(scale, say)
        say("klaar: " + ", ".join(f"{count} {name}" for name, count in made.items()))
