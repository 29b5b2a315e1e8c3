"""`./run manage`, `./run bench`, `./run docs`: management commands in the right environment."""

from tools.backing import backing, settings_without_services, told_by_another
from tools.libraries import find_browser, library_environment
from tools.places import PYTHON, ROOT, only_one
from tools.postgres import LARGE
from tools.processes import run_in_front
from tools.screen import Failed
from tools.site import prepare
from tools.start import KIND

# Whoever measures opens more than anybody at work; it is counted all the same.
LIMITLESS = dict.fromkeys(("OPENED_SOON", "OPENED_DAY", "SEARCHED_SOON", "SEARCHED_DAY"), "1000000")
MANAGE = [PYTHON, str(ROOT / "manage.py")]


def manage(arguments: list[str]) -> int:
    """In the environment of the running site, or else on its database for as long as the command takes."""
    with only_one(KIND) as free:
        if not free:
            env = told_by_another()
            if not env:
                raise Failed("`./run` is nog aan het starten. Probeer het zo dadelijk opnieuw.")
            return run_in_front([*MANAGE, *arguments], env=env)
        with backing(KIND, quiet=True) as here:
            if here.cluster.is_new:
                here.manage("migrate", "--database=owner", "--no-input", "-v0")
            if arguments[:1] == ["migrate"] and not any(a.startswith("--database") for a in arguments):
                arguments = [*arguments, "--database=owner"]
            return run_in_front([*MANAGE, *arguments], env=here.for_commands())


def bench(arguments: list[str]) -> int:
    """On a cluster that stays: loading 200,000 youths is done once."""
    with only_one("bench") as free:
        if not free:
            raise Failed("Er loopt al een `./run bench` in deze map.")
        with backing("bench", LARGE) as here:
            prepare(here)
            env = here.for_tests() | {"DATABASE_POOL": "true", "PLAIN_STATIC": "false"} | LIMITLESS
            env["CHROMIUM"] = find_browser()
            return run_in_front([*MANAGE, "bench", *arguments], env=env)


def docs(arguments: list[str]) -> int:
    """Write the pages of docs/ that are made from the code."""
    env = settings_without_services() | library_environment()
    return run_in_front([*MANAGE, "build_docs", *arguments], env=env)
