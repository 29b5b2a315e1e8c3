"""`./run test`: the tests, on a cluster of their own that is thrown away."""

import os
import shutil
import sys

from tools.backing import backing
from tools.libraries import find_browser
from tools.places import PYTHON, ROOT
from tools.postgres import UNSAFE
from tools.processes import run_in_front
from tools.screen import warn

# With only these the whole suite runs, and then on several cores at once.
WHOLE_SUITE = (
    "--full",
    "-q",
    "-qq",
    "-v",
    "-vv",
    "--durations",
    "--durations-min",
    "-rA",
    "-rs",
    "--color",
    "--junitxml",
)


def test(arguments: list[str]) -> int:
    """Pass everything to pytest; its exit code is ours."""
    browser = find_browser()
    with backing("", UNSAFE) as here:
        shutil.copytree(ROOT / "static", here.static)  # for the sites that browser tests start
        env = os.environ | here.for_tests() | {"CHROMIUM": browser}
        code = run_in_front([PYTHON, "-m", "pytest", *cores(arguments), *arguments], env=env)
    if not browser:
        warn("\n  LET OP: DE BROWSERTESTS ZIJN NIET GEDRAAID. Er is geen Chromium te krijgen.")
        if os.environ.get("CI", "").lower() in ("true", "1"):
            return code or 1
    sys.stdout.flush()
    return code


def cores(arguments: list[str]) -> list[str]:
    if all(argument.split("=")[0] in WHOLE_SUITE for argument in arguments):
        # What a file sets up, it sets up once: a whole file goes to one process.
        return [
            "-n",
            str(max(2, min(4, os.cpu_count() or 2))),
            "--dist",
            "loadfile",
            "--no-loadscope-reorder",
        ]
    return []
