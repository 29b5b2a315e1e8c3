"""`verify_audit`: is the log as it was written? Exit code 0 when it is intact, 1 when it is not."""

import re
from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from audit.chain import Checker, Verdict
from audit.links import Anchor

# A line of the anchor file, or the short form from the foot of a paper.
_ANCHOR = re.compile(r"\b(\d+)[ -]([0-9a-f]{16,64})\b")


class Command(BaseCommand):
    help = (
        "Controleert het logboek tegen zijn zegels. Zegt 'ongeschonden', of noemt het eerste gebroken zegel."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", type=_moment, help="alleen vanaf deze dag of dit moment (2026-11-01)")
        parser.add_argument("--anchors", type=Path, help="bestand met ankers: elk moet in de keten passen")
        parser.add_argument("--database", default="owner", help="de rol die het logboek leest")

    def handle(self, *args: Any, **options: Any) -> None:
        alias = options["database"]
        if alias not in connections:
            raise CommandError("Deze opdracht leest het logboek als eigenaar: zet DATABASE_OWNER_URL.")
        anchors = _anchors(options["anchors"]) if options["anchors"] else []
        verdict = Checker(alias, since=options["since"], anchors=anchors).run()
        self._tell(verdict, len(anchors))
        if not verdict.is_intact:
            raise CommandError("HET LOGBOEK IS NIET ONGESCHONDEN.", returncode=1)

    def _tell(self, verdict: Verdict, anchors: int) -> None:
        for problem in verdict.problems:
            self.stdout.write(self.style.ERROR(problem))
        counted = f"{verdict.rows} regels in {verdict.seals} zegels nagerekend"
        counted += f", {anchors} ankers vergeleken" if anchors else ""
        self.stdout.write(f"{counted}; {verdict.unsealed} regels nog niet verzegeld.")
        if verdict.is_intact and verdict.last:
            last = verdict.last
            self.stdout.write(f"Laatste zegel: {last.number} {last.link.hex()}")
        if verdict.is_intact:
            self.stdout.write(self.style.SUCCESS("Het logboek is ongeschonden."))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is geen dag of moment; schrijf 2026-11-01") from error
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _anchors(path: Path) -> list[Anchor]:
    """Every line must be an anchor: a file that is read by half proves nothing."""
    if not path.exists():
        raise CommandError(f"{path} is er niet.")
    anchors = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip():
            continue
        found = _ANCHOR.search(line)
        if not found:
            raise CommandError(f"{path}, regel {number}: dit is geen anker.")
        anchors.append(Anchor(int(found[1]), found[2], f"{path.name}, regel {number}"))
    if not anchors:
        raise CommandError(f"In {path} staat geen enkel anker.")
    return anchors
