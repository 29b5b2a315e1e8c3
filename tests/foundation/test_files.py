"""What people send is built anew, and what hides in it does not come along."""

import io
import socket
import struct
import subprocess
import threading
import zlib

import pikepdf
import pypdf
import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from foundation import files
from foundation.files import CleanerFailed, FileKind, FileRefused, clean_file, kind_of
from foundation.virus import ScannerSilent, virus_in
from tests.factories.files import SECRET, paper, photo

TOLD = photo(comment=SECRET.encode())
SCRIPT = Dictionary(S=Name.JavaScript, JS=String(SECRET))


def test_a_photo_keeps_what_one_sees_and_nothing_else():
    made = clean_file(photo(comment=SECRET.encode()) + SECRET.encode())
    seen = Image.open(io.BytesIO(made.content))
    assert (made.kind, seen.size) == (FileKind.JPG, (30, 40))  # upright
    assert not seen.getexif() and SECRET.encode() not in made.content


def test_a_picture_with_holes_keeps_them():
    raw = io.BytesIO()
    Image.new("RGBA", (3, 3), (255, 0, 0, 40)).save(raw, "PNG")
    made = clean_file(raw.getvalue())
    assert Image.open(io.BytesIO(made.content)).getpixel((1, 1)) == (255, 0, 0, 40)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"MZ\x90\x00",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"PK\x03\x04zip",
        b"GIF89a",
        b" %PDF-1.7",
    ],
)
def test_what_is_not_on_the_list_is_refused_whatever_it_is_called(raw):
    with pytest.raises(FileRefused, match="PDF, JPG en PNG"):
        kind_of(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xd8\xff" + b"x" * 100,
        b"\x89PNG\r\n\x1a\n" + photo(),
        photo()[:60],
        b"%PDF-1.7\n" + b"(" * 200_000,
    ],
)
def test_what_cannot_be_read_is_refused_in_words(raw):
    with pytest.raises(FileRefused, match="beschadigd"):
        clean_file(raw)


def test_a_flood_of_pixels_is_refused_before_it_is_unpacked():
    head = b"IHDR" + struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    raw = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    data = b"IDAT" + zlib.compress(b"\0" * 10)
    raw += struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    with pytest.raises(FileRefused, match="te groot"):
        clean_file(raw)


def _bomb(pdf):
    pdf.pages[0].Contents = Stream(pdf, b"")
    pdf.pages[0].Contents.write(zlib.compress(b"\0" * 10_000_000), filter=Name.FlateDecode)


def test_a_packed_flood_in_a_pdf_stays_packed():
    raw = paper(_bomb)
    made = clean_file(raw)
    assert len(made.content) < 2 * len(raw)


def _open_script(pdf):
    pdf.Root.OpenAction = SCRIPT
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), SCRIPT])))


def _page_script(pdf):
    pdf.pages[0].AA = Dictionary(O=SCRIPT)


def _link(pdf):
    pdf.pages[0].Annots = Array(
        [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=[0, 0, 9, 9],
                    A=Dictionary(S=Name.URI, URI=String(f"https://{SECRET}.nl")),
                )
            )
        ]
    )


def _link_that_goes_on(pdf):
    """A step within the document, and after that one outside."""
    outside = Dictionary(S=Name.URI, URI=String(f"https://{SECRET}.nl"))
    step = Dictionary(S=Name.GoTo, D=String("x"), Next=Array([outside, SCRIPT]))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=pdf.make_indirect(step))
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


def _movie(pdf):
    pdf.pages[0].Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Screen, A=SCRIPT, Rect=[0, 0, 9, 9])]
    )


def _maker(pdf):
    pdf.docinfo["/Author"] = SECRET
    pdf.Root.Metadata = pdf.make_stream(SECRET.encode())
    pdf.pages[0].PieceInfo = Dictionary(Word=String(SECRET))


def _field_script(pdf):
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("a"),
        Rect=[0, 0, 9, 9],
        AA=Dictionary(K=SCRIPT),
    )
    pdf.pages[0].Annots = Array([pdf.make_indirect(field)])
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].Annots)


def _photo_within(pdf):
    image = Stream(pdf, TOLD, Filter=Name.DCTDecode, ColorSpace=Name.DeviceRGB)
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 40, 30
    image.BitsPerComponent = 8
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=pdf.make_indirect(image)))
    pdf.pages[0].Contents = Stream(pdf, b"40 0 0 30 0 0 cm /Im0 Do")


def _bookmark(pdf):
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=Dictionary(Title=String(SECRET)), Count=1))


def _signed(pdf):
    signature = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Name=String(SECRET))
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("a"), Rect=[0, 0, 0, 0], V=signature
    )
    field.AP = Dictionary(N=pdf.make_stream(b""))
    pdf.pages[0].Annots = Array([pdf.make_indirect(field)])
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].Annots)


def _action_as_stream(pdf):
    action = Stream(pdf, b"", S=Name.JavaScript, X=String(SECRET))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=pdf.make_indirect(action))
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


def _bytes(stream):
    return stream.read_raw_bytes() if stream.get("/Filter") == "/DCTDecode" else stream.read_bytes()


def _dictionary(thing):
    return thing.stream_dict if isinstance(thing, Stream) else thing


@pytest.mark.parametrize(
    "change",
    [
        _open_script,
        _page_script,
        _link,
        _link_that_goes_on,
        _movie,
        _maker,
        _field_script,
        _photo_within,
        _bookmark,
        _signed,
        _action_as_stream,
    ],
)
def test_nothing_that_acts_or_tells_stays_in_a_pdf(change):
    raw = paper(change, compress_streams=False)
    assert SECRET.encode() in raw  # the test itself would notice
    made = clean_file(raw)
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        words = b"".join(_dictionary(thing).unparse(resolved=True) for thing in pdf.objects)
        bodies = b"".join(_bytes(thing) for thing in pdf.objects if isinstance(thing, Stream))
        assert len(pdf.pages) == 1
    assert SECRET.encode() not in words + bodies
    assert b"JavaScript" not in words


def test_the_text_of_a_pdf_stays():
    from foundation.pdf import render_pdf

    made = clean_file(
        render_pdf("<html><body><h1>Brief van Žoë</h1><table><tr><th>a<td>b</table>", title="x")
    )
    assert "Brief van Žoë" in pypdf.PdfReader(io.BytesIO(made.content)).pages[0].extract_text()
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert "/StructTreeRoot" in pdf.Root and pdf.Root.Lang == "nl"


def _attached(pdf):
    pdf.attachments["x.docm"] = b"macro"


def _attached_to_page(pdf):
    pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9])])


def _many(pdf):
    for _ in range(200):
        pdf.add_blank_page()


def _unseen_answer(pdf):
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("a"),
        V=String("antwoord"),
        Rect=[0, 0, 9, 9],
    )
    pdf.pages[0].Annots = Array([pdf.make_indirect(field)])
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].Annots)


def _hidden_layer(pdf):
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("onder")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def _xfa(pdf):
    pdf.Root.AcroForm = Dictionary(XFA=String("x"), Fields=Array([]))


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (paper(_attached), "andere bestanden"),
        (paper(_attached_to_page), "andere bestanden"),
        (paper(_many), "bladzijden"),
        (paper(_xfa), "formulier"),
        (paper(_unseen_answer), "formulier"),
        (paper(_hidden_layer), "lagen"),
        (paper(encryption=pikepdf.Encryption(owner="a", user="b")), "wachtwoord"),
    ],
)
def test_what_would_be_lost_is_refused_with_what_to_do(raw, why):
    with pytest.raises(FileRefused, match=why):
        clean_file(raw)


def test_a_photo_within_a_pdf_looks_the_same():
    with pikepdf.open(io.BytesIO(clean_file(paper(_photo_within)).content)) as pdf:
        seen = Image.open(io.BytesIO(pdf.pages[0].Resources.XObject.Im0.read_raw_bytes()))
    whole = Image.open(io.BytesIO(TOLD))
    assert seen.tobytes() == whole.tobytes()


def test_what_is_our_own_fault_is_not_laid_at_the_file(monkeypatch):
    with pytest.raises(subprocess.TimeoutExpired):
        clean_file(photo(), seconds=0.001)
    monkeypatch.setattr(files, "bare_environment", lambda: {"PYTHONHOME": "/nowhere"})
    with pytest.raises(CleanerFailed):
        clean_file(photo())


def test_the_cleaner_knows_no_secret_and_says_nothing_personal(monkeypatch):
    monkeypatch.setenv("FIELD_ENCRYPTION_KEYS", SECRET)
    asked, said = {}, []
    run = subprocess.run

    def look(*a, **k):
        asked.update(k)
        said.append(run(*a, **k))
        return said[-1]

    monkeypatch.setattr(files.subprocess, "run", look)
    with pytest.raises(FileRefused):
        clean_file(b"%PDF-" + SECRET.encode())
    assert SECRET not in str(asked["env"])
    assert said[0].stderr and SECRET.encode() not in said[0].stderr


def test_a_file_never_lies_on_a_disk(settings):
    assert settings.FILE_UPLOAD_HANDLERS == ["foundation.files.InMemoryOnly"]
    assert issubclass(files.InMemoryOnly, MemoryFileUploadHandler)


# --- the virus scanner ---------------------------------------------------------------------------
@pytest.fixture
def scanner(settings):
    """A scanner that answers what the test wants, and keeps what it got."""
    server = socket.create_server(("127.0.0.1", 0))
    settings.CLAMAV_URL = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    got = {"answer": b"stream: OK\0", "content": b""}

    def serve():
        line, _ = server.accept()
        with line, line.makefile("rb") as heard:
            assert heard.read(10) == b"zINSTREAM\0"
            while size := struct.unpack(">I", heard.read(4))[0]:
                got["content"] += heard.read(size)
            line.sendall(got["answer"])

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield got
    server.close()
    thread.join(2)


def test_the_whole_file_is_scanned(scanner):
    content = b"x" * 200_000
    assert virus_in(content) == ""
    assert scanner["content"] == content


def test_what_it_finds_is_told(scanner):
    scanner["answer"] = b"stream: Eicar-Signature FOUND\0"
    assert virus_in(b"x") == "Eicar-Signature"


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK but not quite\0"]
)
def test_anything_but_a_clear_answer_is_silence(scanner, answer):
    scanner["answer"] = answer
    with pytest.raises(ScannerSilent):
        virus_in(b"x")


def test_nobody_there_is_silence_too(settings, tmp_path):
    settings.CLAMAV_URL = f"unix://{tmp_path}/nobody"
    with pytest.raises(ScannerSilent):
        virus_in(b"x")


def test_without_a_scanner_nothing_is_looked_for(settings):
    settings.CLAMAV_URL = ""
    assert virus_in(b"x") == ""
