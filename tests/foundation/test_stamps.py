"""A copy says who reads it, on every page; for a screen reader and for the tags it is the same document."""

import io

import pikepdf
import pypdf
import pytest

from foundation.pdf import render_pdf
from foundation.stamps import NAME, _letters_of, stamp

READER = "Afschrift voor Çağla Öztürk-Żółtowska (Politie Heerlen), 27 november 2026, 10.15 uur"


@pytest.fixture(scope="module")
def original():
    rows = "".join(f"<tr><th scope=row>Actie {n}</th><td>Łukasz</td></tr>" for n in range(80))
    html = (
        "<!doctype html><html><head><link rel=stylesheet href=app-static:/css/pdf.css></head><body><h1>Verslag</h1>"
        f"<table><thead><tr><th scope=col>Wat</th><th scope=col>Wie</th></tr></thead>{rows}</table></body></html>"
    )
    return render_pdf(html, title="Verslag")


@pytest.fixture(scope="module")
def copy(original):
    return stamp(original, line=READER, behind="Çağla Öztürk-Żółtowska")


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def words_of(content):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_it_is_drawn_on_every_page_and_is_no_part_of_the_text(original, copy):
    with opened(copy) as document:
        assert len(document.pages) > 1
        for page in document.pages:
            operators = [
                (list(map(str, operands)), str(operator))
                for operands, operator in pikepdf.parse_content_stream(page)
            ]
            at = [
                n
                for n, (operands, operator) in enumerate(operators)
                if operator == "Do" and operands == [str(NAME)]
            ]
            assert len(at) == 1
            # Between the beginning and the end of one artifact.
            assert operators[at[0] - 2][1] == "BDC" and operators[at[0] - 2][0][0] == "/Artifact"
            assert [operator for _, operator in operators[at[0] + 1 : at[0] + 3]] == ["Q", "EMC"]
            drawing = page.Resources.XObject[NAME].read_bytes()
            assert drawing.count(b" f") >= len(READER) - READER.count(" ")  # every letter is filled
            assert b"Tj" not in drawing and b"BT" not in drawing
    assert words_of(copy) == words_of(original)


def tags_of(element):
    """The tags in reading order, from the root down."""
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield str(child.S)
            yield from tags_of(child)


def test_tags_language_title_and_the_claim_of_the_standard_stay(original, copy):
    with opened(original) as before, opened(copy) as after:
        assert list(tags_of(before.Root.StructTreeRoot)) == list(tags_of(after.Root.StructTreeRoot))
        assert {"/H1", "/Table", "/TH"} <= set(tags_of(after.Root.StructTreeRoot))
        assert str(after.Root.Lang) == "nl" and after.Root.MarkInfo.Marked
        assert str(after.docinfo.Title) == "Verslag" and after.Root.ViewerPreferences.DisplayDocTitle
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert "pdfuaid:part" in after.Root.Metadata.read_bytes().decode()


def test_letters_of_every_name_are_drawn_and_what_we_lack_is_a_question_mark():
    assert _letters_of("ŞşĞğİıŁłŻżÓó") == "ŞşĞğİıŁłŻżÓó"
    assert _letters_of("C\u0327ag\u0306la") == "Çağla"  # letters that were put together from parts
    assert _letters_of("中") == "?"


def test_another_reader_is_another_file(original, copy):
    assert stamp(original, line="Afschrift voor een ander", behind="Ander") != copy
