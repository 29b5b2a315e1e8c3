"""`bench [name]`: measure. Without a name: everything."""

import importlib
import pkgutil
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ijap import bench
from ijap.bench.measure import Report

NOT_A_BENCH = {"measure", "databases", "requests", "followers", "table", "screens", "machine", "room"}
NAMES = sorted(m.name for m in pkgutil.iter_modules(bench.__path__) if m.name not in NOT_A_BENCH)


class Command(BaseCommand):
    help = "Meet de snelheid; de laatste regel is JSON. Start met ./run bench."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", help=f"een of meer van: {', '.join(NAMES)}")
        parser.add_argument(
            "--seconds", type=int, default=120, help="hoe lang `meeting` een overleg naspeelt (120)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["names"] or NAMES
        if unknown := set(wanted) - set(NAMES):
            raise CommandError(f"Onbekend: {', '.join(unknown)}. Kies uit {', '.join(NAMES)}.")
        for name in wanted:
            self.stdout.write(self.style.MIGRATE_HEADING(f"\n{name}"))
            report = Report(name, self._say, seconds=options["seconds"])
            importlib.import_module(f"ijap.bench.{name}").measure(report)
            report.finish()
            if report.broken:
                raise CommandError(f"Dit mag niet: {', '.join(report.broken)}.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
