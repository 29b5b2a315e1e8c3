"""The table of commands: `./run <name> …` calls the function of that name."""

import os
import sys

from tools.check import check
from tools.commands import bench, docs, manage
from tools.lint import lint
from tools.processes import Stopped, stop_on_signals
from tools.screen import Failed, say, warn
from tools.start import start
from tools.tests import test

COMMANDS = {
    "start": (start, "de hele site op deze computer, met voorbeeldgegevens (ook zonder opdracht)"),
    "check": (check, "bewijst in een wegwerpmap dat alles samen werkt"),
    "test": (test, "alle tests; met --full ook de lange; verder alles wat pytest kent"),
    "lint": (
        lint,
        "opmaak, types, importregels, migraties, sjablonen, documentatie; --fix verbetert wat kan",
    ),
    "manage": (manage, "een opdracht van Django, zoals `./run manage shell`"),
    "bench": (bench, "metingen, zoals `./run bench lists`"),
    "docs": (docs, "schrijft de documentatie die uit de code wordt gemaakt"),
}


def help_text() -> int:
    for name, (_, what) in COMMANDS.items():
        say(f"  ./run {name.ljust(8)} {what}")
    return 0


def main() -> int:
    name, *arguments = sys.argv[1:] or ["start"]
    if name in ("help", "-h", "--help"):
        return help_text()
    if name not in COMMANDS:
        help_text()
        raise Failed(f"`./run {name}` bestaat niet.")
    os.umask(0o022)
    stop_on_signals()
    return COMMANDS[name][0](arguments)


if __name__ == "__main__":
    try:
        code = main()
    except Failed as failure:
        warn(f"\n{failure}")
        code = 1
    except Stopped as stopped:
        code = 128 + stopped.number
    sys.exit(code)
