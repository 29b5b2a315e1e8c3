"""Who reads a copy and when, on every page of a PDF of ours.

Drawn as outlines and marked as an artifact: a screen reader passes it by, it needs no font within the file, and it
does not come along when somebody copies the text. The rest of the document stays as it was, tags and all.
"""

import io
import math
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
# One family in two files: what the first does not have (ş ğ ł ż) is in the second.
PARTS = ("source-sans-3-latin-400-normal.woff2", "source-sans-3-latin-ext-400-normal.woff2")
UNITS = 1000  # per em, in both
INK, PALE = "0.32 0.38 0.42 rg", "0.93 g"
EDGE, SIZE = 24, 7.5  # points: the line along the left edge
NAME = Name("/StampOfReader")
AROUND = b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q /StampOfReader Do Q EMC\n"


def stamp(pdf: bytes, *, line: str, behind: str) -> bytes:
    """The document with `line` along the edge of every page, and `behind` large and pale under its text."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        stamps: dict[tuple[float, ...], Any] = {}
        for page in document.pages:
            box = tuple(float(side) for side in page.mediabox)
            if box not in stamps:
                stamps[box] = document.make_indirect(_drawing(document, box, line, behind))
            page.add_resource(stamps[box], Name.XObject, NAME, replace_existing=True)
            page.contents_add(AROUND, prepend=True)
        out = io.BytesIO()
        document.save(out, fix_metadata_version=False)  # its metadata stays as it was, too
    return out.getvalue()


def _drawing(document: pikepdf.Pdf, box: tuple[float, ...], line: str, behind: str) -> pikepdf.Stream:
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    small = min(SIZE, (height - 2 * EDGE) * UNITS / _width(line))
    angle = math.atan2(height, width)
    large = 0.8 * math.hypot(width, height) * UNITS / _width(behind)
    at = (left + 0.1 * width + large / 3, bottom + 0.1 * height)
    content = _drawn(behind, large, angle, at, PALE) + _drawn(
        line, small, math.pi / 2, (left + EDGE, bottom + EDGE), INK
    )
    form = pikepdf.Stream(document, content.encode())
    form.update(
        {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array(box), "/Resources": Dictionary()}
    )
    return form


def _drawn(text: str, size: float, angle: float, at: tuple[float, float], ink: str) -> str:
    scale = size / UNITS
    turn = [
        scale * math.cos(angle),
        scale * math.sin(angle),
        -scale * math.sin(angle),
        scale * math.cos(angle),
    ]
    parts = [f"q {ink}", " ".join(f"{number:.5f}" for number in (*turn, *at)), "cm"]
    for letter in _letters_of(text):
        advance, path = _shapes()[letter]
        parts.append(f"{path} 1 0 0 1 {advance} 0 cm")
    return " ".join((*parts, "Q\n"))


def _letters_of(text: str) -> str:
    """The letters as far as our fonts have them; what they lack is a question mark."""
    return "".join(c if c in _shapes() else "?" for c in unicodedata.normalize("NFC", text))


def _width(text: str) -> int:
    return sum(_shapes()[letter][0] for letter in _letters_of(text)) or UNITS


@cache
def _shapes() -> Mapping[str, tuple[int, str]]:
    """Of every letter how far it moves on, and its outline. Read once per process, half a second."""
    found: dict[str, tuple[int, str]] = {}
    for part in PARTS:
        with TTFont(FONTS / part) as font:
            glyphs = font.getGlyphSet()
            for number, name in font.getBestCmap().items():
                pen = _Outline(glyphs)
                glyphs[name].draw(pen)
                found.setdefault(chr(number), (glyphs[name].width, pen.path))
    return found


class _Outline(BasePen):  # type: ignore[misc]
    """Writes an outline in the words of a PDF."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.words: list[str] = []

    @property
    def path(self) -> str:
        return " ".join((*self.words, "f")) if self.words else ""

    def _write(self, operator: str, *points: Sequence[float]) -> None:
        self.words += [*(f"{number:.0f}" for point in points for number in point), operator]

    def _moveTo(self, pt: Sequence[float]) -> None:  # noqa: N802 - the name it has there
        self._write("m", pt)

    def _lineTo(self, pt: Sequence[float]) -> None:  # noqa: N802
        self._write("l", pt)

    def _curveToOne(self, pt1: Sequence[float], pt2: Sequence[float], pt3: Sequence[float]) -> None:  # noqa: N802
        self._write("c", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802
        self._write("h")
