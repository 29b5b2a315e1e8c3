"""When what happened: a dot for each moment, in a lane for each kind, drawn like the other charts."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.safestring import SafeString

from foundation.chart_engine import INK, PETROL, Spec, draw
from foundation.charts import WIDTH
from foundation.span_charts import PLACE, line_at


def moment_chart(
    lanes: Mapping[str, Sequence[date]], *, today: date, title: str, description: str, width: int = WIDTH
) -> SafeString:
    """The lanes under each other in the order given, the number of moments behind their name, a line at today."""
    moments = [day for days in lanes.values() for day in days]
    domain = [
        (min([*moments, today]) - timedelta(days=20)).isoformat(),
        (today + timedelta(days=20)).isoformat(),
    ]
    rows = [
        {"place": f"{place:03}", "on": day.isoformat()}
        for place, days in enumerate(lanes.values())
        for day in days
    ]
    names = [
        {"place": f"{place:03}", "text": f"{name} ({len(days)})"}
        for place, (name, days) in enumerate(lanes.items())
    ]
    spec: Spec = {
        "height": 40 * max(len(lanes), 1),
        "layer": [_dots(rows, domain), _names(names, domain[0], width), line_at(today)],
    }
    return draw(spec, title=title, description=description, width=width)


def _dots(rows: list[Spec], domain: list[str]) -> Spec:
    axis = {"title": None, "format": "%m-%Y", "grid": True, "tickCount": 6, "labelFlush": True}
    time: Spec = {"type": "temporal", "scale": {"domain": domain, "type": "utc"}, "axis": axis}
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 0.8, "fill": PETROL, "yOffset": 8},
        "encoding": {"y": PLACE, "x": {"field": "on", **time}},
    }


def _names(names: list[Spec], first: str, width: int) -> Spec:
    return {
        "data": {"values": names},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "dy": -9,
            "fill": INK,
            "limit": width - 20,
        },
        "encoding": {"y": PLACE, "x": {"datum": first, "type": "temporal"}, "text": {"field": "text"}},
    }
