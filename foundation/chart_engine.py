"""From a Vega-Lite description to an SVG for page and PDF: our look, nothing to run or fetch."""

import hashlib
import json
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import vl_convert
from django.utils.safestring import SafeString, mark_safe

Spec = dict[str, Any]

FONT = "Source Sans 3, Source Sans 3 Ext, sans-serif"
INK, QUIET, RULE, PETROL = "#17252b", "#51616a", "#dbe2e3", "#0b5563"
SVG = "http://www.w3.org/2000/svg"
DRAWN = {"svg", "g", "path", "line", "rect", "text", "tspan"}
# Vega explains every mark to a screen reader; the picture as a whole has a title, and a table beside it.
LEFT_OUT = {
    "class",
    "role",
    "pointer-events",
    "aria-hidden",
    "aria-label",
    "aria-roledescription",
    "version",
}

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
