"""Charts as SVG, made on the server by Vega-Lite: the same picture in the page and in the PDF.

A value of None is withheld (too few people to show): it is drawn as a gap with a label, never as zero.
Greys, dashes and shapes differ as much as colours do, so that a black-and-white print can be read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from foundation.chart_engine import INK, PETROL, QUIET, Spec, draw

WIDTH = 640
WITHHELD = "<5"
LEAST = 4  # an axis reaches at least this far, else one signal looks like many
FILLS = (PETROL, "#7fa8b0", "#dbe9eb", INK)
FILL_INKS = ("#ffffff", INK, INK, "#ffffff")
STROKES = (PETROL, "#8a6412", INK, "#5e919b")
DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond")


@dataclass(frozen=True)
class Count:
    """A number for one label; None is withheld."""

    label: str
    value: int | None


@dataclass(frozen=True)
class SeriesCount:
    """A number for one label in one series; None is withheld."""

    series: str
    label: str
    value: int | None


def bar_chart(
    rows: Sequence[Count], *, title: str, description: str, width: int = WIDTH, withheld: str = WITHHELD
) -> SafeString:
    """Lying bars with their number behind them: compare a handful of names."""
    values = [
        {"label": row.label, "value": row.value or 0, "text": text_of(row.value, withheld)} for row in rows
    ]
    highest = max([row.value or 0 for row in rows] + [1])
    spec: Spec = {
        "height": 30 * max(len(rows), 1) + 10,
        "data": {"values": values},
        "encoding": {
            "y": {
                "field": "label",
                "type": "nominal",
                "sort": None,
                "axis": {"title": None, "labelLimit": 260},
                "scale": {"paddingInner": 0.35, "paddingOuter": 0.2},
            },
            "x": amount("value", axis=None, scale={"domain": [0, highest * 1.08], "nice": False}),
        },
        "layer": [
            {"mark": {"type": "bar", "color": PETROL, "cornerRadiusEnd": 2}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "baseline": "middle"},
                "encoding": {"text": {"field": "text"}},
            },
        ],
    }
    return draw(spec, title=title, description=description, width=width)


def line_chart(
    rows: Sequence[SeriesCount],
    *,
    title: str,
    description: str,
    width: int = WIDTH,
    height: int = 300,
    withheld: str = WITHHELD,
) -> SafeString:
    """Lines over the months, at most four. A withheld value breaks its line and is named on the baseline."""
    series = in_order(row.series for row in rows)
    highest = max([row.value or 0 for row in rows] + [LEAST])
    hidden = words_layer(hidden_texts(rows, withheld), {"datum": 0, "type": "quantitative"}, QUIET)
    spec: Spec = {
        "height": height,
        "encoding": {"x": label_axis(rows)},
        "layer": [*line_layers(rows, series, highest), hidden],
    }
    if len(series) > 1:
        names = {"type": "text", "align": "left", "baseline": "middle", "dx": 12, "fontWeight": 600}
        spec["layer"].append(
            {
                "data": {"values": name_places(rows, highest / height)},
                "mark": names,
                "encoding": {
                    "y": amount("place"),
                    "text": {"field": "series"},
                    "color": told_apart(series, STROKES),
                },
            }
        )
        # The names stand behind the lines, where the engine keeps no room of its own.
        spec["padding"] = {"left": 2, "top": 8, "bottom": 2, "right": 8 + 7 * max(map(len, series))}
    return draw(spec, title=title, description=description, width=width)


def line_layers(rows: Sequence[SeriesCount], series: Sequence[str], highest: int) -> list[Spec]:
    values = [{"series": row.series, "label": row.label, "value": row.value} for row in rows]
    shared = {
        "y": amount("value", **counting_axis(highest)),
        "color": told_apart(series, STROKES),
    }
    return [
        {
            "data": {"values": values},
            "mark": {"type": "line", "strokeWidth": 2.5, "invalid": "break-paths-show-domains"},
            "encoding": shared | {"strokeDash": told_apart(series, DASHES)},
        },
        {
            "data": {"values": [value for value in values if value["value"] is not None]},
            "mark": {"type": "point", "filled": True, "size": 64, "opacity": 1},
            "encoding": shared | {"shape": told_apart(series, SHAPES)},
        },
    ]


def stacked_bar_chart(
    rows: Sequence[SeriesCount],
    *,
    title: str,
    description: str,
    width: int = WIDTH,
    height: int = 300,
    withheld: str = WITHHELD,
) -> SafeString:
    """Standing bars in parts, at most four, dark at the foot. What is withheld is named above its bar."""
    series = in_order(row.series for row in rows)
    parts = stack(rows)
    highest = max([part["to"] for part in parts] + [LEAST])
    for part in parts:
        value = part["to"] - part["from"]
        part["text"] = text_of(value, "") if value / highest * height > 20 else ""  # only where it fits
    tops = {part["label"]: part["to"] for part in parts}
    above = [hidden | {"top": tops[hidden["label"]]} for hidden in hidden_texts(rows, withheld)]
    spec: Spec = {
        "height": height,
        "data": {"values": parts},
        "encoding": {"x": label_axis(rows)},
        # Else the numbers, that need no legend, take away the one of the bars.
        "resolve": {"scale": {"color": "independent"}},
        "layer": [*part_layers(series, highest), words_layer(above, amount("top"), QUIET)],
    }
    return draw(spec, title=title, description=description, width=width)


def part_layers(series: Sequence[str], highest: int) -> list[Spec]:
    bars: Spec = {
        "mark": {"type": "bar", "stroke": PETROL, "strokeWidth": 0.75},
        "encoding": {
            "y": amount("from", **counting_axis(highest)),
            "y2": {"field": "to"},
            "fill": told_apart(series, FILLS, legend=True),
        },
    }
    numbers: Spec = {
        "mark": {"type": "text", "baseline": "middle"},
        "encoding": {
            "y": amount("middle"),
            "text": {"field": "text"},
            "color": told_apart(series, FILL_INKS),
        },
    }
    return [bars, numbers]


def stack(rows: Sequence[SeriesCount]) -> list[Spec]:
    """Where each part of each bar begins and ends; what is withheld takes no room."""
    parts: list[Spec] = []
    tops: dict[str, int] = {}
    for row in rows:
        start = tops.get(row.label, 0)
        tops[row.label] = end = start + (row.value or 0)
        part = {"label": row.label, "series": row.series, "from": start, "to": end}
        parts.append(part | {"middle": (start + end) / 2})
    return parts


def hidden_texts(rows: Sequence[SeriesCount], withheld: str) -> list[Spec]:
    """What to say at each label where something is withheld; with the name of the series if that fits."""
    hidden: dict[str, list[str]] = {}
    for row in rows:
        if row.value is None:
            hidden.setdefault(row.label, []).append(row.series)
    with_names = len({row.series for row in rows}) > 1 and all(len(row.series) <= 4 for row in rows)
    texts = []
    for label, series in hidden.items():
        times = f"{len(series)}× " if len(series) > 1 else ""
        text = [f"{name} {withheld}" for name in series] if with_names else [f"{times}{withheld}"]
        texts.append({"label": label, "text": text})
    return texts


def words_layer(texts: Sequence[Spec], y: Spec, ink: str) -> Spec:
    """Small words that stand on a place in the chart."""
    return {
        "data": {"values": texts},
        # Lines of words are set downwards: more of them begin higher.
        "mark": {
            "type": "text",
            "baseline": "bottom",
            "dy": {"expr": "11 - 15 * length(datum.text)"},
            "fill": ink,
        },
        "encoding": {"y": y, "text": {"field": "text"}},
    }


def name_places(rows: Sequence[SeriesCount], per_point: float) -> list[Spec]:
    """The name of each line behind its last point, moved up where two would touch."""
    last = {row.series: row.value for row in rows if row.value is not None}
    end = in_order(row.label for row in rows)[-1:]
    places: list[Spec] = []
    lowest = 0.0
    for series, value in sorted(last.items(), key=lambda item: item[1]):
        place = max(float(value), lowest)
        places.append({"series": series, "label": end[0], "place": place})
        lowest = place + 22 * per_point
    return places


def label_axis(rows: Sequence[SeriesCount]) -> Spec:
    return {
        "field": "label",
        "type": "nominal",
        "sort": in_order(row.label for row in rows),
        "axis": {"title": None, "labelAngle": 0, "grid": False},
        "scale": {"paddingInner": 0.3, "paddingOuter": 0.15},
    }


def counting_axis(highest: int) -> Spec:
    """Whole numbers from zero, with room above the highest for a label."""
    return {
        "axis": {"title": None, "format": ",d", "tickMinStep": 1, "tickCount": 5, "domain": False},
        "scale": {"domain": [0, highest * 1.1], "nice": False},
    }


def amount(field: str, **more: Any) -> Spec:
    return {"field": field, "type": "quantitative", **more}


def in_order(names: Iterable[str]) -> list[str]:
    """Each name once, in the order in which they came."""
    return list(dict.fromkeys(names))


def told_apart(series: Sequence[str], marks: Sequence[Any], *, legend: bool = False) -> Spec:
    """Each series its own mark, always in the same order."""
    if len(series) > len(marks):
        raise ValueError(f"At most {len(marks)} series can be told apart in one chart.")
    channel: Spec = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": list(series), "range": list(marks[: len(series)])},
    }
    return channel if legend else channel | {"legend": None}


def text_of(value: int | None, withheld: str) -> str:
    """1234 as 1.234, as everywhere on the screen."""
    return withheld if value is None else f"{value:,}".replace(",", ".")
