"""The process behind foundation/files.py: one file in, the same file without what hides in it out.

Started as `python -m foundation.file_cleaner <pid of who waits> <kind>`, in an environment without secrets. It reads
standard input and writes standard output. Exit 0: done. REFUSED: the last word on standard error says why. UNREADABLE:
it could not be read. Anything else is our own fault. A failure is named by its kind only, as its words may be personal.
"""

import io
import os
import re
import resource
import signal
import sys
import warnings
from typing import Any

from foundation.confinement import die_with, leave_the_network, limit

MEMORY = 1024**3
CPU_SECONDS = 45
PIXELS = 50_000_000
PAGES = 200
REFUSED, BROKEN, UNREADABLE = 3, 4, 5  # 1 is what Python itself says when it cannot begin
REFUSALS = {
    "locked": "Deze PDF is met een wachtwoord gesloten. Haal het wachtwoord eraf en stuur hem opnieuw.",
    "files": "In deze PDF zitten andere bestanden. Stuur die los, ieder als PDF of foto.",
    "form": "Deze PDF is een formulier dat alleen in één programma te zien is. Druk hem af als gewone PDF.",
    "pages": f"Deze PDF heeft meer dan {PAGES} bladzijden. Stuur alleen wat nodig is.",
    "odd": "Deze PDF bevat foto's of lagen die wij niet kunnen nakijken. Druk hem af als gewone PDF.",
    "pixels": "Deze foto is te groot. Maak hem kleiner en stuur hem opnieuw.",
}
# Of the root only this is kept: no names of scripts, no actions, no forms, no metadata.
ROOT = {"/Type", "/Pages", "/Lang", "/MarkInfo", "/StructTreeRoot", "/PageLabels", "/Version"}
# Of anything else this goes: what acts, what carries other files, what tells about its maker.
ACTIVE = {"/AA", "/JS", "/JavaScript", "/OpenAction", "/EmbeddedFiles", "/EF", "/AF", "/RichMediaContent"}
ACTIVE |= {"/Next", "/URI", "/PA", "/NA", "/PresSteps", "/Ref", "/OPI", "/Movie", "/Sound", "/3DD"}
OUTSIDE = {"/F", "/FFilter", "/FDecodeParms"}  # of a stream: its bytes stand in another file
TELLING = {"/Metadata", "/PieceInfo", "/LastModified", "/Thumb"}
NOTES = {"/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight"}
NOTES |= {"/Underline", "/StrikeOut", "/Squiggly", "/Stamp", "/Caret", "/Ink", "/Widget"}


# Of a JPEG: where it ends, where its pixels begin, and what tells about it (all but size, colours and Adobe's own).
FILL, END, SCAN = 0xFF, 0xD9, 0xDA
TOLD = {0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE}
MARKER = re.compile(rb"\xff(?![\x00\xd0-\xd7])")


class Refusal(Exception):
    """One of REFUSALS."""


def clean_picture(raw: bytes, kind: str) -> bytes:
    """The pixels as one sees them, and nothing else: no place, no camera, no moment, no hidden second picture."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    form = {"jpg": "JPEG", "png": "PNG"}[kind]
    try:
        picture = Image.open(io.BytesIO(raw), formats=[form])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal("pixels") from error
    upright = ImageOps.exif_transpose(picture)
    has_holes = kind == "png" and (upright.mode in ("RGBA", "LA") or "transparency" in upright.info)
    pixels = upright.convert("RGBA" if has_holes else "RGB")
    fresh = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    target = io.BytesIO()
    fresh.save(target, form, **({"quality": 90} if kind == "jpg" else {}))
    return target.getvalue()


def clean_pdf(raw: bytes) -> bytes:
    """The pages with their text and their structure; no script, form program, other file, link outside or maker."""
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(raw))
    except pikepdf.PasswordError as error:
        raise Refusal("locked") from error
    with pdf:
        refuse_what_would_be_lost(pdf)
        for key in set(pdf.Root.keys()) - ROOT:
            del pdf.Root[key]
        for thing in pdf.objects:
            strip(thing)
        for page in pdf.pages:
            strip_notes(page)
        del pdf.docinfo
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, recompress_flate=False)
    return target.getvalue()


def refuse_what_would_be_lost(pdf: Any) -> None:
    """Nothing goes that somebody meant to send without them hearing of it, and nothing hidden comes to sight."""
    if len(pdf.pages) > PAGES:
        raise Refusal("pages")
    notes = notes_of(pdf)
    if len(pdf.attachments) or any(note.get("/Subtype") == "/FileAttachment" for note in notes):
        raise Refusal("files")
    form = pdf.Root.get("/AcroForm", {})
    is_unseen = any("/V" in note and "/AP" not in note for note in notes)
    if "/XFA" in form or bool(form.get("/NeedAppearances", False)) or is_unseen:
        raise Refusal("form")
    layers = pdf.Root.get("/OCProperties", {}).get("/D", {})
    if len(layers.get("/OFF", [])) or layers.get("/BaseState") == "/OFF":
        raise Refusal("odd")


def notes_of(pdf: Any) -> list[Any]:
    return [note for page in pdf.pages for note in page.get("/Annots", [])]


def strip(thing: Any) -> None:
    """Take from one object what acts or tells. Objects within it come by themselves, or are walked into here."""
    import pikepdf

    if isinstance(thing, pikepdf.Array):
        for one in thing:
            strip_direct(one)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        is_stream = isinstance(thing, pikepdf.Stream)
        gone = ACTIVE | TELLING | (OUTSIDE if is_stream else set())
        for key in set(thing.keys()):
            value = thing[key]
            if key in gone or (key == "/A" and acts(value)) or (key == "/V" and is_signature(value)):
                del thing[key]
            else:
                strip_direct(value)
        if is_stream:
            strip_photo(thing)


def strip_direct(value: Any) -> None:
    if not getattr(value, "is_indirect", False):
        strip(value)


def acts(action: Any) -> bool:
    """Whether this leads out of the document. (In the structure, /A holds what a cell of a table is.)"""
    import pikepdf

    is_one = isinstance(action, (pikepdf.Dictionary, pikepdf.Stream))
    return is_one and "/S" in action and action["/S"] != "/GoTo"


def is_signature(value: Any) -> bool:
    """Who signed, where and with which program."""
    import pikepdf

    return isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value


def strip_photo(stream: Any) -> None:
    """A photo within a PDF stands there as its camera made it."""
    import pikepdf

    named = stream.get("/Filter", [])
    filters = [str(one) for one in (named if isinstance(named, pikepdf.Array) else [named])]
    if "/JPXDecode" in filters or ("/DCTDecode" in filters and len(filters) > 1):
        raise Refusal("odd")
    if filters == ["/DCTDecode"]:
        stream.write(
            bare_jpeg(stream.read_raw_bytes()), filter=stream.Filter, decode_parms=stream.get("/DecodeParms")
        )


def bare_jpeg(raw: bytes) -> bytes:
    """The same picture, bit for bit, without what its camera or program told and without what follows its end."""
    bare, at = bytearray(raw[:2]), 2
    while at < len(raw) - 1:
        marker = raw[at + 1]
        if marker == FILL:
            at += 1
            continue
        if marker == END:
            return bytes(bare + raw[at : at + 2])
        after = at + 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
        if marker not in TOLD:
            bare += raw[at:after]
        at = after
        if marker == SCAN and (stop := MARKER.search(raw, at)):
            bare += raw[at : stop.start()]
            at = stop.start()
    raise ValueError("a photo without an end")


def strip_notes(page: Any) -> None:
    import pikepdf

    if "/Annots" in page:
        page["/Annots"] = pikepdf.Array([n for n in page["/Annots"] if str(n.get("/Subtype")) in NOTES])


def main() -> None:
    leave_the_network()
    die_with(int(sys.argv[1]), signal.SIGKILL)
    limit(resource.RLIMIT_AS, MEMORY)
    limit(resource.RLIMIT_CPU, CPU_SECONDS)
    limit(resource.RLIMIT_CORE, 0)
    raw, kind = sys.stdin.buffer.read(), sys.argv[2]
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up in the file
    try:
        made = clean_pdf(raw) if kind == "pdf" else clean_picture(raw, kind)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(REFUSED)
    except Exception as error:  # the outermost line: only the kind of the failure may leave
        sys.stderr.write(f"{type(error).__name__}\n")
        sys.exit(BROKEN if isinstance(error, ImportError) else UNREADABLE)
    with answers:
        answers.write(made)


if __name__ == "__main__":
    main()
