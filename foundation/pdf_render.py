"""One HTML text to one tagged PDF, nothing from outside. Runs in a child of foundation/pdf_server.py."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, uses_netloc, uses_relative
from xml.etree.ElementTree import Element, SubElement

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

STATIC = Path(__file__).resolve().parent.parent / "static"
SCHEME = "app-static"
BASE_URL = f"{SCHEME}:/"
CONTENT_TYPES = {
    ".css": "text/css",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff2": "font/ttf",
}

# Else "../fonts/x.woff2" in a stylesheet of ours is not understood as lying beside it.
uses_relative.append(SCHEME)
uses_netloc.append(SCHEME)


class OwnFilesFetcher(URLFetcher):  # type: ignore[misc]
    """Gives files of ours and images that stand in the document itself; refuses all else."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.fonts = fonts

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        scheme = url.partition(":")[0].lower()
        if scheme == SCHEME:
            return self._own_file(url)
        if scheme == "data" and url[5:11].lower() == "image/":
            return super().fetch(url, headers)
        raise ValueError("Only files of our own.")

    def _own_file(self, url: str) -> URLFetcherResponse:
        path = (STATIC / unquote(urlsplit(url).path).lstrip("/")).resolve()
        if not path.is_relative_to(STATIC) or path.suffix not in CONTENT_TYPES:
            raise ValueError("Only files of our own.")
        content = self.fonts.get(path.name) or path.read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": CONTENT_TYPES[path.suffix]})


def is_allowed_link(target: str) -> bool:
    """A link leads to a page over https or to a place in the document itself."""
    return bool(re.fullmatch(r"https://[^\s\x00-\x1f]+|#[^\s\x00-\x1f]+", target, re.IGNORECASE))


def strip_links(root: Element) -> None:
    """Take away every address that is not https or in the document; what was only a link becomes text."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag == "link":
            strip_stylesheet_link(element)
            continue
        for name in [name for name in element.attrib if name.rpartition("}")[2].lower().endswith("href")]:
            target = element.attrib.pop(name).strip()
            if is_allowed_link(target):
                element.attrib[name] = target
        if element.tag in ("a", "area"):
            element.attrib.pop("rel", None)
            if "href" not in element.attrib:
                element.tag = "span"


def strip_stylesheet_link(element: Element) -> None:
    """A <link> may only name a stylesheet of ours: any other kind can attach a file."""
    own = element.get("href", "").startswith(f"{SCHEME}:")
    if element.get("rel") != "stylesheet" or not own:
        element.attrib.clear()


def set_title(root: Element, title: str) -> None:
    """The title and the language are ours, whatever stands in the text."""
    root.set("lang", "nl")
    head = root.find("head")
    assert head is not None, "the HTML parser always makes a head"
    for parent in root.iter():
        for child in [child for child in parent if child.tag == "title"]:
            parent.remove(child)
    SubElement(head, "title").text = title


def allowed_links(links: list[Any]) -> Iterator[Any]:
    """The last gate, after layout: should WeasyPrint ever make a link from something else than an href."""
    for link in links:
        kind, target = link[:2]
        if kind == "internal" or (kind == "external" and is_allowed_link(target)):
            yield link


def make_pdf(html: str, *, title: str, fonts: Mapping[str, bytes]) -> tuple[bytes, int]:
    """Lay out and write; returns the document and its number of pages. Everything that limits time and memory stands around this."""
    page = HTML(string=html, base_url=BASE_URL, url_fetcher=OwnFilesFetcher(fonts))
    page.base_url = BASE_URL  # a <base> in the text counts for nothing
    strip_links(page.etree_element)
    set_title(page.etree_element, title)
    document = page.render(font_config=FontConfiguration(), pdf_variant="pdf/ua-1")
    for sheet in document.pages:
        sheet.links = list(allowed_links(sheet.links))
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf, len(document.pages)
