"""How we measure: variants in turn, medians and their spread, ratios from one run."""

import json
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Work = Callable[[], Any]


@dataclass
class Timing:
    """Milliseconds of one variant."""

    times: list[float]

    @property
    def p50(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.95)]


def in_turn(variants: Mapping[str, Work], *, rounds: int = 200, warm_up: int = 5) -> dict[str, Timing]:
    """Run all variants one after the other, round after round, so that a slow moment hits them all."""
    for work in variants.values():
        for _ in range(warm_up):
            work()
    times: dict[str, list[float]] = {name: [] for name in variants}
    for _ in range(rounds):
        for name, work in variants.items():
            began = time.perf_counter()
            work()
            times[name].append((time.perf_counter() - began) * 1000)
    return {name: Timing(found) for name, found in times.items()}


@dataclass
class Report:
    """What came out: a table for people, and one line of JSON for machines."""

    bench: str
    say: Callable[[str], Any]
    seconds: int = 120  # how long what is played, and not repeated, is played
    figures: list[dict[str, Any]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def timing(self, name: str, timing: Timing) -> None:
        self.say(f"  {name:<62} p50 {timing.p50:8.2f} ms   p95 {timing.p95:8.2f} ms")

    def figure(self, name: str, value: float, *, wanted: float | None = None, unit: str = "×") -> None:
        """One figure; with `wanted` it is met when it is at most that."""
        met = None if wanted is None else value <= wanted
        self.figures.append({"name": name, "value": round(value, 3), "wanted": wanted, "met": met})
        judgement = "" if met is None else f"   gewenst ≤ {wanted:g}   {'gehaald' if met else 'NIET GEHAALD'}"
        self.say(f"  {name:<62} {value:8.2f} {unit}{judgement}")

    def must_be_none(self, name: str, count: int) -> None:
        """What may not happen even once: the whole measurement fails on it, after telling everything else."""
        self.figure(name, count, wanted=0, unit="")
        if count:
            self.broken.append(f"{name}: {count}")

    def finish(self) -> None:
        """The last line is for machines."""
        self.say(json.dumps({"bench": self.bench, "figures": self.figures}, ensure_ascii=False))
