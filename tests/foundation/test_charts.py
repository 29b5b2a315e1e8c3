"""Charts: what is drawn, what is withheld, and that nothing in them can run."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from foundation.chart_engine import DRAWN, SVG
from foundation.charts import FILLS, Count, SeriesCount, bar_chart, line_chart, stack, stacked_bar_chart

MONTHS = ("jan", "feb", "mrt")
NAMES = {"title": "Signalen", "description": "Per maand"}


def counts(**series):
    return [
        SeriesCount(name, month, value)
        for name, values in series.items()
        for month, value in zip(MONTHS, values, strict=True)
    ]


def words(svg):
    """Every line of text in the picture."""
    texts = ElementTree.fromstring(svg).iter(f"{{{SVG}}}text")
    return [line for text in texts for line in text.itertext()]


def test_bar_chart_shows_dutch_numbers_and_withholds():
    svg = bar_chart([Count("Heerlen", 1234), Count("Simpelveld", None), Count("Voerendaal", 0)], **NAMES)
    assert words(svg) == ["Heerlen", "Simpelveld", "Voerendaal", "1.234", "<5", "0"]


def test_line_breaks_where_a_value_is_withheld():
    svg = line_chart(counts(JPP=(10, None, 12), PGA=(6, 7, 8)), **NAMES)
    assert "JPP <5" in words(svg) and {"JPP", "PGA"} <= set(words(svg))
    (broken,) = [
        element.get("d")
        for element in ElementTree.fromstring(svg).iter(f"{{{SVG}}}path")
        if element.get("stroke-width") == "2.5" and element.get("d").count("M") == 2
    ]
    assert broken.count("L") == 0


def test_stacked_bars_show_parts_and_withhold():
    svg = stacked_bar_chart(counts(JPP=(40, 50, 60), LJA=(20, None, 25), PGA=(None, None, 9)), **NAMES)
    shown = words(svg)
    assert shown.count("PGA <5") == 2 and shown.count("LJA <5") == 1
    assert {"40", "50", "60", "20", "25", "JPP", "LJA", "PGA", *MONTHS} <= set(shown)


def test_withheld_part_takes_no_room():
    parts = stack(counts(JPP=(40, 1, 1), LJA=(None, 1, 1), PGA=(10, 1, 1)))
    assert [(part["from"], part["to"]) for part in parts if part["label"] == "jan"] == [
        (0, 40),
        (40, 40),
        (40, 50),
    ]


def test_long_names_leave_only_the_label():
    svg = stacked_bar_chart(counts(**{"Op tijd": (40, 50, None), "Te laat": (None, 9, None)}), **NAMES)
    assert "<5" in words(svg) and "2× <5" in words(svg)


def test_own_word_for_withheld():
    assert "x" in words(bar_chart([Count("Simpelveld", None)], withheld="x", **NAMES))


def test_empty_charts_are_drawn():
    for svg in (bar_chart([], **NAMES), line_chart([], **NAMES), stacked_bar_chart([], **NAMES)):
        assert ElementTree.fromstring(svg).get("role") == "img"


def test_picture_has_a_name_a_size_and_nothing_that_runs():
    hostile = "</text><script>alert(1)</script>"
    svg = bar_chart([Count(hostile, 3)], title=hostile, description=hostile, width=500)
    root = ElementTree.fromstring(svg)
    assert root.get("width") == "500" and root.get("viewBox").startswith("0 0 500 ")
    assert root.find(f"{{{SVG}}}title").text == hostile == root.find(f"{{{SVG}}}desc").text
    assert {element.tag.removeprefix(f"{{{SVG}}}") for element in root.iter()} <= DRAWN | {"title", "desc"}
    assert "<script" not in svg and "style=" not in svg and "href" not in svg


def test_two_charts_on_a_page_have_their_own_ids():
    first = bar_chart([Count("Heerlen", 3)], **NAMES)
    second = bar_chart([Count("Kerkrade", 3)], **NAMES)
    ids = [
        element.get("id")
        for svg in (first, second)
        for element in ElementTree.fromstring(svg)
        if element.get("id")
    ]
    assert len(ids) == len(set(ids)) == 4


def test_names_of_close_lines_do_not_touch():
    svg = line_chart(counts(JPP=(10, 10, 10), LJA=(10, 10, 10), PGA=(10, 10, 10)), **NAMES)
    bold = [
        element
        for element in ElementTree.fromstring(svg).iter(f"{{{SVG}}}text")
        if element.get("font-weight")
    ]
    places = sorted(float(element.get("transform").split(",")[1].rstrip(")")) for element in bold)
    assert len(places) == 3 and all(after - before > 14 for before, after in pairwise(places))


def test_more_series_than_can_be_told_apart():
    with pytest.raises(ValueError, match="told apart"):
        line_chart(counts(**dict.fromkeys("abcde", (1, 2, 3))), **NAMES)


def grey(colour):
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_fills_differ_in_black_and_white():
    assert all(abs(grey(one) - grey(other)) > 40 for one, other in pairwise(FILLS))
