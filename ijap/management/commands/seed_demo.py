"""`seed_demo`: the demo data. Everything in it is made up, and it says so."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foundation.errors import Refused
from ijap.seeds import demo


class Command(BaseCommand):
    help = "Vult de database met verzonnen verhalen. Alleen in demostand. Nog eens draaien vult alleen aan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today", type=date.fromisoformat, default=None, help="de dag van het overleg dat klaarstaat"
        )
        parser.add_argument("--no-documents", action="store_true", help="maak geen PDF's van de verslagen")
        parser.add_argument(
            "--meetings", type=int, default=None, help="vertel niet verder dan zoveel overleggen"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Verzonnen gegevens komen alleen in een demo: DEMO_MODE staat uit.")
        if "bulk" not in settings.DATABASES:
            raise CommandError("Zet DATABASE_BULK_URL: het verhaal krijgt zijn eigen dagen.")
        today = options["today"] or timezone.localdate()
        if today > timezone.localdate():
            raise CommandError("Het verhaal is al gebeurd: kies een dag die niet in de toekomst ligt.")
        try:
            stage = demo.play(
                today=today,
                documents=not options["no_documents"],
                meetings=options["meetings"],
                write=self._say,
            )
        except Refused as refusal:
            raise CommandError(f"Het verhaal past niet bij wat er al staat: {refusal.reason}") from refusal

        if options["verbosity"] > 1:
            self.stdout.write("\n".join(stage.surprises))

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
