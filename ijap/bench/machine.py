"""How busy the machine was while something was measured: a figure says little without it."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ijap.bench.measure import Report


def load() -> str:
    return f"{os.getloadavg()[0]:.1f} op {os.cpu_count()} kernen"


def cpu_of(processes: Mapping[str, Any]) -> dict[str, float]:
    return {name: _cpu_seconds(process.pid) for name, process in processes.items()}


def _cpu_seconds(group: int) -> float:
    """Seconds of processor that the processes of this group used until now; nothing where there is no /proc."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            words = stat.read_text().rpartition(")")[2].split()
            if int(words[2]) == group:
                ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def say_load(report: Report, processes: Mapping[str, Any], before: Mapping[str, float], spent: float) -> None:
    """Web and live, as a part of one core; a web that was restarted counts from its restart."""
    now = cpu_of(processes)
    used = {name: now[name] - before.get(name, 0) for name in now}
    words = [f"{name} {100 * (u if u >= 0 else now[name]) / spent:.0f}%" for name, u in used.items()]
    report.say(f"  processor: {', '.join(words)} van één kern; belasting van de machine {load()}")
