"""What runs from when until when, as lying bars over the months, drawn like the other charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString

from foundation.chart_engine import INK, PETROL, QUIET, Spec, draw
from foundation.charts import WIDTH

LEAST_DAYS = 12  # a shorter bar could not be seen


@dataclass(frozen=True)
class Span:
    """One bar. Without a last day it runs on to the edge; `strength` is solid, pale or outline."""

    label: str
    starts_on: date
    ends_on: date | None
    strength: str
    text: str


FILLS = {"solid": PETROL, "pale": "#b9d3d7", "outline": "#ffffff"}


def span_chart(
    spans: Sequence[Span], *, today: date, title: str, description: str, width: int = WIDTH
) -> SafeString:
    """The bars under each other in the order given, with a line at today."""
    first = min([span.starts_on for span in spans] + [today - timedelta(days=60)])
    last = max([span.ends_on or today for span in spans] + [today]) + timedelta(days=60)
    rows = [_row(place, span, last) for place, span in enumerate(spans)]
    domain = [first.isoformat(), last.isoformat()]
    spec: Spec = {
        "height": 46 * max(len(spans), 1),
        "data": {"values": rows},
        "layer": [_bars(domain), _words(domain[0], width), line_at(today)],
    }
    return draw(spec, title=title, description=description, width=width)


PLACE: Spec = {
    "field": "place",
    "type": "ordinal",
    "sort": None,
    "axis": None,
    "scale": {"paddingInner": 0.2, "paddingOuter": 0.1},
}


def _bars(domain: list[str]) -> Spec:
    axis = {"title": None, "format": "%m-%Y", "grid": True, "tickCount": 6, "labelFlush": True}
    time: Spec = {"type": "temporal", "scale": {"domain": domain, "type": "utc"}, "axis": axis}
    return {
        "mark": {"type": "bar", "height": 12, "yOffset": 9, "stroke": PETROL, "strokeWidth": 1.25},
        "encoding": {
            "y": PLACE,
            "x": {"field": "from", **time},
            "x2": {"field": "to"},
            "fill": {"field": "fill", "type": "nominal", "scale": None},
        },
    }


def _words(first: str, width: int) -> Spec:
    """Above each bar, from the left edge: what and who."""
    return {
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "dy": -9,
            "fill": INK,
            "limit": width - 20,
        },
        "encoding": {
            "y": PLACE,
            "x": {"datum": first, "type": "temporal"},
            "text": {"field": "text"},
        },
    }


def line_at(today: date) -> Spec:
    return {
        "data": {"values": [{"today": today.isoformat()}]},
        "mark": {"type": "rule", "stroke": QUIET, "strokeDash": [4, 3], "strokeWidth": 1.5},
        "encoding": {"x": {"field": "today", "type": "temporal"}},
    }


def _row(place: int, span: Span, edge: date) -> Spec:
    least = span.starts_on + timedelta(days=LEAST_DAYS)
    until = max(span.ends_on + timedelta(days=1), least) if span.ends_on else edge
    return {
        "place": f"{place:03}",
        "from": span.starts_on.isoformat(),
        "to": until.isoformat(),
        "fill": FILLS[span.strength],
        "text": f"{span.label} ({span.text})",
    }
