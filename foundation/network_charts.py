"""Who is tied to whom, as names under each other with arcs between them: it reads at any width.

A drawing of dots all over a plane has names over lines; here a name stands on a line of its own, and the arc says
with whom, the thicker the more often.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.safestring import SafeString

from foundation.chart_engine import INK, PETROL, QUIET, Spec, draw
from foundation.charts import WIDTH

ROW = 34  # pixels per name
POINTS = 32  # of which an arc is made
ARC = "#5e919b"


@dataclass(frozen=True)
class Node:
    """One name. The heading stands above it, where another cluster begins."""

    key: int
    label: str
    heading: str = ""


@dataclass(frozen=True)
class Edge:
    """Between two nodes, so often."""

    one: int
    other: int
    times: int


def network_chart(
    nodes: Sequence[Node], edges: Sequence[Edge], *, title: str, description: str, width: int = WIDTH
) -> SafeString:
    """The names in the order given, with their arcs at the left."""
    places, headings = _places(nodes)
    longest = max([abs(places[e.one] - places[e.other]) for e in edges] + [1])
    room = min(round(width * 0.34), 200, round(ROW * 0.8 * longest) + 10)  # for the arcs
    lines = sum(1 for _ in nodes) + 1.1 * len(headings)
    across: Spec = {"type": "quantitative", "axis": None, "scale": {"domain": [0, width], "nice": False}}
    down: Spec = {"type": "quantitative", "axis": None, "scale": {"domain": [lines, 0], "nice": False}}
    spec: Spec = {
        "height": max(round(lines * ROW), ROW),
        "encoding": {"x": {"field": "x", **across}, "y": {"field": "y", **down}},
        "layer": [
            _arcs(_points(edges, places, (room - 8) / longest, room)),
            _dots([{"x": room, "y": place} for place in places.values()]),
            _words([{"x": room + 14, "y": places[n.key], "text": n.label} for n in nodes], width - room - 16),
            _words([{"x": 0, "y": y, "text": text} for y, text in headings], width, is_heading=True),
        ],
    }
    return draw(spec, title=title, description=description, width=width)


def _places(nodes: Sequence[Node]) -> tuple[dict[int, float], list[tuple[float, str]]]:
    """How far down each name and each heading stands, in rows."""
    places: dict[int, float] = {}
    headings: list[tuple[float, str]] = []
    down = 0.5
    for node in nodes:
        if node.heading:
            headings.append((down + 0.1, node.heading))
            down += 1.1
        places[node.key] = down
        down += 1
    return places, headings


def _points(edges: Sequence[Edge], places: dict[int, float], reach: float, room: int) -> list[Spec]:
    """Half an ellipse per edge: the further apart, the wider. `reach` is how wide one row is."""
    points = []
    for number, edge in enumerate(edges):
        top, foot = sorted((places[edge.one], places[edge.other]))
        for step in range(POINTS + 1):
            turn = pi * step / POINTS
            x = room - reach * (foot - top) * sin(turn)
            y = (top + foot) / 2 - (foot - top) / 2 * cos(turn)
            points.append(
                {"edge": number, "step": step, "x": round(x, 1), "y": round(y, 3), "times": edge.times}
            )
    return points


def _arcs(points: list[Spec]) -> Spec:
    most = max([point["times"] for point in points] + [2])
    thick = {"domain": [1, most], "range": [1.5, 5]}
    return {
        "data": {"values": points},
        "mark": {"type": "line", "stroke": ARC, "strokeCap": "round"},
        "encoding": {
            "detail": {"field": "edge", "type": "nominal"},
            "order": {"field": "step", "type": "quantitative"},
            "strokeWidth": {"field": "times", "type": "quantitative", "scale": thick, "legend": None},
        },
    }


def _dots(rows: list[Spec]) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "size": 110, "color": PETROL, "opacity": 1},
    }


def _words(rows: list[Spec], limit: int, *, is_heading: bool = False) -> Spec:
    mark = {
        "type": "text",
        "align": "left",
        "baseline": "middle",
        "fill": QUIET if is_heading else INK,
        "limit": limit,
    }
    return {"data": {"values": rows}, "mark": mark, "encoding": {"text": {"field": "text"}}}
