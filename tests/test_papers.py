"""Every PDF that we make, read as a screen reader and as a curious stranger read it.

Which they are is found by asking every address; whether a validator agrees is not tried here.
"""

import io
import re
from itertools import pairwise

import pikepdf
import pypdf
from django.urls import reverse

from tests import cast
from tests.doors import ANYBODY, all_doors

OF_OTHERS = {"cases:attachment_open"}  # what somebody sent; see tests/foundation/test_files.py
PAPERS = {
    "meetings:document",
    "meetings:agenda_sheet",
    "meetings:action_sheet",
    "meetings:extract_sheet",
    "oversight:paper_download",
    "reports:summary_download",
    "retention:certificate_download",
}
MAY_TELL = {"/Title", "/Producer", "/CreationDate", "/ModDate"}
HEADING = re.compile(r"/H([1-6])")


def papers(world, client_of):
    """Each kind of PDF, by the name of its address."""
    found = {}
    for name, door in all_doors().items():
        if (
            door.method == "GET"
            and door.status == 200
            and door.ok not in (ANYBODY, set())
            and name not in OF_OTHERS
        ):
            who = min(door.ok, key=list(cast.PEOPLE).index)
            answer = client_of(who).get(reverse(name, kwargs=door.kwargs(world)))
            if answer["Content-Type"] == "application/pdf":
                found[name] = answer.content
    return found


def elements(element):
    """Everything tagged, in reading order."""
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def claims(pdf):
    """What the file says of itself."""
    root = pdf.Root
    if not root.MarkInfo.Marked or str(root.Lang) != "nl" or not root.ViewerPreferences.DisplayDocTitle:
        yield "is not tagged, Dutch and shown by its title"
    if not str(pdf.docinfo.get("/Title", "")).strip() or b"pdfuaid:part" not in root.Metadata.read_bytes():
        yield "has no title, or does not claim the standard"
    if told := set(pdf.docinfo.keys()) - MAY_TELL:
        yield f"tells {told}"


def structure(pdf):
    """Headings in steps of one, tables with headers that their cells name, pictures with words."""
    found = list(elements(pdf.Root.StructTreeRoot))
    levels = [int(m[1]) for e in found if (m := HEADING.fullmatch(str(e.S)))]
    if levels.count(1) != 1 or levels[0] != 1 or any(b - a > 1 for a, b in pairwise(levels)):
        yield f"has headings {levels}"
    for table in (e for e in found if e.S == "/Table"):
        tags = {str(e.S) for e in elements(table)}
        if not {"/TR", "/TH"} <= tags:
            yield f"has a table of {tags}"
        if any("/Headers" not in cell.get("/A", {}) for cell in elements(table) if cell.S == "/TD"):
            yield "has a cell that names no header"
    if any(not str(e.get("/Alt", "")).strip() for e in found if e.S == "/Figure"):
        yield "has a picture without words"


def pages(pdf):
    """No letter outside the tags and the artifacts, and no font that is not in the file."""
    for page in pdf.pages:
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
            if str(operator) in ("Tj", "TJ", "'", '"') and not depth:
                yield f"has text that is not tagged: {operands}"
        for font in (page.Resources.get("/Font") or {}).values():
            parts = font.get("/DescendantFonts", [font])
            if not all({"/FontFile2", "/FontFile3"} & set(part.FontDescriptor.keys()) for part in parts):
                yield f"lacks the font {font.BaseFont}"


def test_every_pdf_is_for_everybody_and_tells_nothing_beside_its_text(world, client_of):
    made = papers(world, client_of)
    assert set(made) == PAPERS, "a new kind of paper: name it here"
    youth = world.case.youth
    wrong = []
    for name, content in made.items():
        with pikepdf.open(io.BytesIO(content)) as pdf:
            wrong += [f"{name} {problem}" for check in (claims, structure, pages) for problem in check(pdf)]
            beside = str(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode()
        if any(word in beside for word in (youth.last_name, youth.first_name, "regisseur", "agent")):
            wrong.append(f"{name} names somebody beside its text")
        text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        if not text.strip() or "\ufffd" in text:
            wrong.append(f"{name} has no text, or letters that are lost")
    assert not wrong, "\n".join(wrong)
