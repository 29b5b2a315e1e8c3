"""`./run lint`: everything that can be checked without running the project. All checks run, also after a failure."""

import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.backing import settings_without_services
from tools.libraries import library_environment
from tools.places import PYTHON, ROOT
from tools.screen import Failed, say, seconds_since

BIN = Path(PYTHON).parent
MANAGE = [PYTHON, "-W", "ignore::RuntimeWarning", str(ROOT / "manage.py")]


def checks() -> dict[str, Sequence[str | Path]]:
    """The slowest first: two run at a time."""
    templates = sorted((ROOT / "templates").rglob("*.html"))
    return {
        "types (mypy)": [BIN / "mypy"],
        "opmaak van de code (ruff format)": [BIN / "ruff", "format", "--check", "--quiet", "."],
        "code (ruff)": [BIN / "ruff", "check", "--quiet", "."],
        "verdiepingen en kamers (import-linter)": [BIN / "lint-imports", "--no-logo"],
        "migraties zijn bij": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "systeemcontrole van Django": [*MANAGE, "check", "--fail-level", "WARNING"],
        "opmaak van de sjablonen (djade)": [BIN / "djade", "--target-version", "5.2", "--check", *templates],
        "gemaakte documentatie is bij": [*MANAGE, "build_docs", "--check"],
    }


def fix() -> None:
    """What a tool can put right by itself."""
    templates = sorted((ROOT / "templates").rglob("*.html"))
    commands: list[list[str | Path]] = [
        [BIN / "ruff", "check", "--fix", "--quiet", "--exit-zero", "."],
        [BIN / "ruff", "format", "--quiet", "."],
        [BIN / "djade", "--target-version", "5.2", *templates],
    ]
    for command in commands:
        subprocess.run(command, cwd=ROOT, capture_output=True, check=False)


def lint(arguments: list[str]) -> int:
    """One line per check, its words only when it fails. With --fix first what can be put right by itself."""
    if arguments not in ([], ["--fix"]):
        raise Failed("`./run lint` kent alleen de optie --fix.")
    begin = time.monotonic()
    env = settings_without_services() | library_environment()
    if arguments:
        fix()

    def run(item: tuple[str, Sequence[str | Path]]) -> bool:
        name, command = item
        start = time.monotonic()
        answer = subprocess.run(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        holds = answer.returncode == 0
        words = "" if holds else "\n" + (answer.stdout + answer.stderr).strip()
        say(f"  {'✓' if holds else '✗'} {name}  {seconds_since(start)}{words}")
        return holds

    with ThreadPoolExecutor(max_workers=2) as pool:
        held = list(pool.map(run, checks().items()))
    bad = held.count(False)
    say(f"\n  {'Alles in orde' if not bad else f'{bad} niet in orde'}; klaar na {seconds_since(begin)}.")
    return 1 if bad else 0
