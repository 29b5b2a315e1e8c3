"""Charts as SVG, made on the server by Vega-Lite: the same picture in the page and in the PDF.

A value of None is withheld (too few people to show): it is drawn as a gap with a label, never as zero.
Greys, dashes and shapes differ as much as colours do, so that a black-and-white print can be read.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import vl_convert
from django.utils.safestring import SafeString, mark_safe

Spec = dict[str, Any]

WIDTH = 640
WITHHELD = "<5"
FONT = "Source Sans 3, Source Sans 3 Ext, sans-serif"
INK, QUIET, RULE, PETROL = "#17252b", "#51616a", "#dbe2e3", "#0b5563"
FILLS = (PETROL, "#7fa8b0", "#dbe9eb", INK)
FILL_INKS = ("#ffffff", INK, INK, "#ffffff")
STROKES = (PETROL, "#8a6412", INK, "#5e919b")
DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond")
SVG = "http://www.w3.org/2000/svg"
DRAWN = {"svg", "g", "path", "line", "rect", "text", "tspan"}
# Vega explains every mark to a screen reader; the picture as a whole has a title, and a table beside it.
LEFT_OUT = {"class", "role", "pointer-events", "aria-hidden", "aria-label", "aria-roledescription", "version"}

LOOK: Spec = {
    "font": FONT,
    "background": None,
    "view": {"stroke": None},
    "text": {"fontSize": 13, "fill": INK},
    "axis": {
        "labelColor": INK,
        "labelFontSize": 13,
        "titleColor": QUIET,
        "titleFontSize": 13,
        "titleFontWeight": 400,
        "domainColor": "#74838a",
        "gridColor": RULE,
        "ticks": False,
        "labelPadding": 6,
    },
    "legend": {
        "orient": "top",
        "title": None,
        "labelColor": INK,
        "labelFontSize": 13,
        "labelLimit": 240,
        "columnPadding": 24,
        "offset": 12,
        "symbolSize": 160,
    },
}


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
    values: list[Spec] = [
        {"label": row.label, "value": row.value or 0, "text": text_of(row.value, withheld)} for row in rows
    ]
    for value, row in zip(values, rows, strict=True):
        value["withheld"] = row.value is None
    highest = max([row.value or 0 for row in rows], default=0)
    x: Spec = {
        "field": "value",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, max(highest, 1) * 1.08], "nice": False},
    }
    spec: Spec = {
        "height": 30 * max(len(rows), 1) + 10,
        "data": {"values": values},
        "encoding": {
            "y": {
                "field": "label",
                "type": "nominal",
                "sort": None,
                "axis": {"title": None, "labelLimit": 260, "domain": True},
                "scale": {"paddingInner": 0.35, "paddingOuter": 0.2},
            },
            "x": x,
        },
        "layer": [
            {"mark": {"type": "bar", "color": PETROL, "cornerRadiusEnd": 2}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "baseline": "middle"},
                "encoding": {
                    "text": {"field": "text"},
                    "color": {"condition": {"test": "datum.withheld", "value": QUIET}, "value": INK},
                },
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
    values = [{"series": row.series, "label": row.label, "value": row.value} for row in rows]
    y = {"field": "value", "type": "quantitative", **counting_axis([row.value or 0 for row in rows])}
    colour, dash, shape = (told_apart(series, marks) for marks in (STROKES, DASHES, SHAPES))
    lines: Spec = {
        "data": {"values": values},
        "mark": {"type": "line", "strokeWidth": 2.5, "invalid": "break-paths-show-domains"},
        "encoding": {"y": y, "color": colour, "strokeDash": dash},
    }
    points: Spec = {
        "data": {"values": [value for value in values if value["value"] is not None]},
        "mark": {"type": "point", "filled": True, "size": 64, "opacity": 1},
        "encoding": {"y": y, "color": colour, "shape": shape},
    }
    names: Spec = {
        "data": {"values": name_places(rows, height)},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 12, "fontWeight": 600},
        "encoding": {
            "y": {"field": "place", "type": "quantitative"},
            "text": {"field": "series"},
            "color": colour,
        },
    }
    hidden: Spec = {
        "data": {"values": hidden_texts(rows, withheld)},
        "mark": {"type": "text", "baseline": "bottom", "dy": -4, "fill": QUIET},
        "encoding": {"y": {"datum": 0, "type": "quantitative"}, "text": {"field": "text"}},
    }
    spec: Spec = {
        "height": height,
        "encoding": {"x": label_axis(rows)},
        "layer": [lines, points, *([names] if len(series) > 1 else []), hidden],
    }
    if len(series) > 1:
        # The names stand behind the lines, outside the frame that the engine keeps room for.
        spec["padding"] = {"left": 2, "top": 8, "bottom": 2, "right": 7 * max(map(len, series))}
    return draw(spec, title=title, description=description, width=width)


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
    parts = stack(rows, withheld)
    highest = max([part["to"] for part in parts], default=0)
    for part in parts:
        # A number only where it fits.
        value = part["to"] - part["from"]
        part["text"] = text_of(value, "") if value / max(highest, 1) * height > 20 else ""
    y = {"field": "from", "type": "quantitative", **counting_axis([highest])}
    fill, ink = told_apart(series, FILLS, legend=True), told_apart(series, FILL_INKS)
    bars: Spec = {
        "mark": {"type": "bar", "stroke": PETROL, "strokeWidth": 0.75},
        "encoding": {"y": y, "y2": {"field": "to"}, "fill": fill},
    }
    inside: Spec = {
        "transform": [{"calculate": "(datum.from + datum.to) / 2", "as": "middle"}],
        "mark": {"type": "text", "baseline": "middle"},
        "encoding": {
            "y": {"field": "middle", "type": "quantitative"},
            "text": {"field": "text"},
            "color": ink,
        },
    }
    above: Spec = {
        "transform": [{"filter": "datum.above"}],
        "mark": {"type": "text", "baseline": "bottom", "dy": -4, "fill": QUIET},
        "encoding": {"y": {"field": "top", "type": "quantitative"}, "text": {"field": "above"}},
    }
    spec: Spec = {
        "height": height,
        "data": {"values": parts},
        "encoding": {"x": label_axis(rows)},
        "resolve": {"scale": {"color": "independent"}},
        "layer": [bars, inside, above],
    }
    return draw(spec, title=title, description=description, width=width)


def stack(rows: Sequence[SeriesCount], withheld: str) -> list[Spec]:
    """Where each part of each bar begins and ends."""
    parts: list[Spec] = []
    above = {hidden["label"]: hidden["text"] for hidden in hidden_texts(rows, withheld)}
    for label in in_order(row.label for row in rows):
        top, first = 0, len(parts)
        for row in rows:
            if row.label == label:
                end = top + (row.value or 0)
                parts.append({"label": label, "series": row.series, "from": top, "to": end})
                top = end
        parts[first] |= {"top": top, "above": above.get(label, "")}
    return parts


def hidden_texts(rows: Sequence[SeriesCount], withheld: str) -> list[Spec]:
    """What to say at each label where something is withheld; with the name of the series if that fits."""
    hidden: dict[str, list[str]] = {}
    for row in rows:
        if row.value is None:
            hidden.setdefault(row.label, []).append(row.series)
    with_names = 1 < len({row.series for row in rows}) and all(len(row.series) <= 4 for row in rows)
    texts = []
    for label, series in hidden.items():
        times = f"{len(series)}× " if len(series) > 1 else ""
        text = [f"{name} {withheld}" for name in series] if with_names else f"{times}{withheld}"
        texts.append({"label": label, "text": text})
    return texts


def name_places(rows: Sequence[SeriesCount], height: int) -> list[Spec]:
    """The name of each line behind its last point, moved up where two would touch."""
    last = {row.series: (row.label, row.value) for row in rows if row.value is not None}
    room = max([row.value or 0 for row in rows] + [4]) * 1.1 * 18 / max(height - 40, 1)
    places: list[Spec] = []
    end = in_order(row.label for row in rows)[-1:]
    lowest = 0.0
    for series, (_, value) in sorted(last.items(), key=lambda item: item[1][1] or 0):
        place = max(float(value or 0), lowest)
        places.append({"series": series, "label": end[0], "place": place})
        lowest = place + room
    return places


def label_axis(rows: Sequence[SeriesCount]) -> Spec:
    return {
        "field": "label",
        "type": "nominal",
        "sort": in_order(row.label for row in rows),
        "axis": {"title": None, "labelAngle": 0, "grid": False},
        "scale": {"paddingInner": 0.3, "paddingOuter": 0.15},
    }


def counting_axis(values: Sequence[int]) -> Spec:
    """Whole numbers from zero, with room above the highest for a label."""
    top = max([*values, 4]) * 1.1
    return {
        "axis": {"title": None, "format": ",d", "tickMinStep": 1, "tickCount": 5, "domain": False},
        "scale": {"domain": [0, top], "nice": False},
    }


def in_order(names: Any) -> list[str]:
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


def draw(spec: Spec, *, title: str, description: str, width: int) -> SafeString:
    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 2,
        "config": LOOK,
        **spec,
    }
    return _drawn(json.dumps(whole, sort_keys=True), title, description)


@lru_cache(maxsize=128)
def _drawn(spec: str, title: str, description: str) -> SafeString:
    """The engine takes half a second to start and some 20 ms per picture; equal pictures are drawn once."""
    svg = vl_convert.vegalite_to_svg(spec, format_locale="nl-NL", allowed_base_urls=[])
    root = ElementTree.fromstring(svg)
    tidy(root)
    key = hashlib.sha256((spec + title).encode()).hexdigest()[:8]
    names = {"title": title, "desc": description}
    for place, (name, text) in enumerate(names.items()):
        element = ElementTree.Element(f"{{{SVG}}}{name}", id=f"chart-{name}-{key}")
        element.text = text
        root.insert(place, element)
    root.set("role", "img")
    root.set("aria-labelledby", f"chart-title-{key}")
    root.set("aria-describedby", f"chart-desc-{key}")
    ElementTree.register_namespace("", SVG)
    # Only the elements and attributes let through by tidy(), with their texts escaped.
    return mark_safe(ElementTree.tostring(root, encoding="unicode"))


def tidy(root: ElementTree.Element) -> None:
    """Keep what is drawn. Nothing may stay that a page could run or fetch."""
    for parent in root.iter():
        for name in LEFT_OUT & parent.attrib.keys():
            del parent.attrib[name]
        for child in list(parent):
            if child.tag.removeprefix(f"{{{SVG}}}") not in DRAWN or is_invisible(child):
                parent.remove(child)
    for element in root.iter():
        if set(element.attrib) & {"style", "href", "id"} or any(
            name.startswith("on") for name in element.attrib
        ):
            raise ValueError("The chart engine wrote something that does not belong in a picture.")


def is_invisible(element: ElementTree.Element) -> bool:
    return element.get("display") == "none" or element.get("d") == "M0,0h0v0h0Z"
