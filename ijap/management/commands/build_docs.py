"""Writes the pages in docs/ that are made from tables in the code, or checks that they are up to date."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from accounts.roles import (
    EXCLUDES,
    NEEDS_LEVEL,
    NEEDS_MUNICIPALITY,
    ROLE_PERMISSIONS,
    Level,
    Permission,
    Role,
)
from cases.rules.levels import NEXT_LEVELS

MADE = "<!-- Made by `./run docs` from {source}. Change that table, not this page. -->"


class Command(BaseCommand):
    help = "Maakt docs/permissions.md en docs/case-levels.md uit de tabellen in de code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="schrijf niets; faal als een pagina oud is")

    def handle(self, *args: Any, **options: Any) -> None:
        old = [path for path, text in pages().items() if not path.exists() or path.read_text() != text]
        if options["check"]:
            if old:
                names = ", ".join(path.name for path in old)
                raise CommandError(f"Verouderd: {names}. Maak de pagina's opnieuw met ./run docs")
            return
        for path in old:
            path.write_text(pages()[path])
            self.stdout.write(f"geschreven: docs/{path.name}")


def pages() -> dict[Path, str]:
    """Every page that is made, with its text."""
    docs = Path(settings.BASE_DIR) / "docs"
    return {docs / "permissions.md": permissions(), docs / "case-levels.md": case_levels()}


def permissions() -> str:
    """Role × permission as one table, and what a role asks of its assignment."""
    head = "| " + " | ".join(["Mag", *(role.label for role in Role)]) + " |"
    line = "| --- |" + " :-: |" * len(Role)
    rows = [
        "| " + " | ".join([p.label, *("●" if p in ROLE_PERMISSIONS[role] else "" for role in Role)]) + " |"
        for p in Permission
    ]
    apart = sorted(" en ".join(sorted(role.label for role in pair)) for pair in EXCLUDES)
    return "\n".join(
        [
            MADE.format(source="accounts/roles.py"),
            "",
            "# Welke rol mag wat?",
            "",
            "Een rol zegt wat iemand in het algemeen mag. Bij welke dossiers, staat per dossier vast: wie deelneemt,",
            "wie persoonlijke toegang heeft, en wie regie heeft.",
            "",
            head,
            line,
            *rows,
            "",
            "## Wat een rol nog meer vraagt",
            "",
            f"* Met een niveau (JPP, LJA of PGA): {_labels(NEEDS_LEVEL)}.",
            f"* Met een gemeente: {_labels(NEEDS_MUNICIPALITY)}.",
            *(f"* Nooit samen: {pair}." for pair in apart),
            "",
        ]
    )


def _labels(roles: set[Role]) -> str:
    return ", ".join(sorted(role.label for role in roles))


def case_levels() -> str:
    """The levels and the ways between them, as a picture in letters and as a list."""
    rows = [f"| {old.label} | {', '.join(level.label for level in NEXT_LEVELS[old])} |" for old in Level]
    return "\n".join(
        [
            MADE.format(source="cases/rules/levels.py"),
            "",
            "# Van welk niveau naar welk niveau?",
            "",
            "Wie regie heeft op het huidige niveau, stelt een ander niveau voor. Het dossier gaat pas over als een",
            "ander, met regie op dat niveau, het overneemt. Omhoog en omlaag gaat het zo.",
            "",
            "```text",
            *_picture(),
            "```",
            "",
            "| Van | Naar |",
            "| --- | --- |",
            *rows,
            "",
        ]
    )


def _picture() -> list[str]:
    """Columns are levels; each arrow is one way, from its tail to its head."""
    width = 12
    column = {level: 4 + position * width for position, level in enumerate(Level)}
    boxes = ["", "", ""]
    for level in Level:
        for number, text in enumerate(("┌─────┐", f"│ {level.label} │", "└─────┘")):
            boxes[number] = boxes[number].ljust(column[level] - 3) + text
    ways = [(old, new) for old in Level for new in NEXT_LEVELS[old]]
    lines = []
    for old, new in sorted(ways, key=lambda way: (way[0] > way[1], abs(way[1] - way[0]), way[0])):
        left, right = sorted((column[old], column[new]))
        shaft = "─" * (right - left - 1)
        arrow = f"●{shaft}▶" if new > old else f"◀{shaft}●"
        lines.append(" " * left + arrow)
    return [line.rstrip() for line in [*boxes, *lines]]
