"""Every address and who may open it. One file per noun; test_doors.py holds them against the real addresses."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ANYBODY = "anybody"  # also without a login


@dataclass(frozen=True)
class Door:
    """An address: what goes in it, who gets in (by name of the cast), what the others get."""

    ok: set[str] | str
    kwargs: Callable[[Any], dict[str, Any]] = lambda world: {}
    otherwise: int = 404
    also: dict[str, int] = field(default_factory=dict)
    method: str = "GET"
    status: int = 200  # what who may gets; a POST that is only tried without data may be 400 or 303


def all_doors() -> dict[str, Door]:
    """The rows of all files; a name that stands in two files is an error."""
    doors: dict[str, Door] = {}
    for module in pkgutil.iter_modules(__path__):
        rows = importlib.import_module(f"{__name__}.{module.name}").DOORS
        assert not doors.keys() & rows.keys(), f"{module.name} names a door twice"
        doors |= rows
    return doors
