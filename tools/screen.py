"""What the person at the keyboard reads: short Dutch lines with seconds."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Failed(Exception):
    """It cannot go on. The reason is in Dutch and ends on the screen instead of a traceback."""


def say(line: str = "") -> None:
    print(line, flush=True)


def warn(line: str) -> None:
    """To standard error, so that `--json` answers on standard output stay clean."""
    print(line, file=sys.stderr, flush=True)


def seconds_since(moment: float) -> str:
    return f"{time.monotonic() - moment:.1f} s".replace(".", ",")


@contextmanager
def step(what: str, *, quiet: bool = False) -> Iterator[None]:
    """Say what is being done, and when it is done how long it took."""
    if quiet:
        yield
        return
    start = time.monotonic()
    print(f"  {what} …", end="", flush=True)
    try:
        yield
    except BaseException:
        say(f" afgebroken na {seconds_since(start)}")
        raise
    say(f" {seconds_since(start)}")
