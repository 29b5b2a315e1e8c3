"""The helper process of foundation/pdf.py: loads WeasyPrint once and forks a limited child per document.

Started as `python -m foundation.pdf_server <pid of the client> <folder>`, in an environment without secrets;
the folder is its own, made by the client for fonts and unfinished work.
It reads questions on standard input and answers on standard output:

    question   4 bytes length of the title, 4 bytes length of the HTML, 4 bytes seconds, title, HTML
    answer     1 byte (how it went), 8 bytes seconds in WeasyPrint, 8 bytes peak memory,
               4 bytes pages, 4 bytes length, PDF
"""

import gc
import os
import resource
import shutil
import signal
import struct
import sys
import tempfile
import time
from pathlib import Path
from typing import BinaryIO, NoReturn

from foundation.confinement import die_with, leave_the_network, limit

QUESTION = struct.Struct(">III")
ANSWER = struct.Struct(">BdQII")
MADE_BY_CHILD = struct.Struct(">dI")
WORKPLACE = "ijap-pdf-"
FAILED, MADE, TOO_LONG, KILLED = 0, 1, 2, 3
MEMORY = 1024**3
FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"


def unpack_fonts(folder: Path) -> dict[str, bytes]:
    """Our fonts by file name, unpacked once: doing it anew cost a quarter of a second per document."""
    from fontTools.ttLib import woff2

    folder.mkdir(exist_ok=True)
    fonts = {}
    for packed in sorted(FONTS.glob("*.woff2")):
        unpacked = folder / f"{packed.stem}.ttf"
        woff2.decompress(packed, unpacked)
        fonts[packed.name] = unpacked.read_bytes()
    return fonts


def memory_file() -> BinaryIO:
    """Where the child leaves its PDF: in memory if the system can, as it holds personal data."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("pdf"), "w+b")
    return tempfile.TemporaryFile()


def make_in_child(html: str, title: str, seconds: int, fonts: dict[str, bytes], target: BinaryIO) -> None:
    """Runs in the child and never returns. A failure is named by its kind only: its words may be personal."""
    made = False
    try:
        from foundation.pdf_render import make_pdf

        limit(resource.RLIMIT_AS, MEMORY)
        limit(resource.RLIMIT_CPU, seconds)
        limit(resource.RLIMIT_CORE, 0)
        started = time.perf_counter()
        pdf, pages = make_pdf(html, title=title, fonts=fonts)
        target.write(MADE_BY_CHILD.pack(time.perf_counter() - started, pages) + pdf)
        target.flush()
        made = True
    finally:
        kind = sys.exc_info()[0]
        if kind:
            os.write(2, f"pdf: {kind.__name__}\n".encode())
        os._exit(0 if made else 1)


def answer(html: str, title: str, seconds: int, fonts: dict[str, bytes]) -> bytes:
    """Make one document in a child and frame what came of it."""
    server = os.getpid()
    with memory_file() as target:
        child = os.fork()
        if not child:
            die_with(server, signal.SIGKILL)
            make_in_child(html, title, seconds, fonts, target)
        _, status, usage = os.wait4(child, 0)
        # Linux counts in KiB, macOS in bytes.
        peak = usage.ru_maxrss * (1024 if sys.platform == "linux" else 1)
        if status != 0:
            ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            endings: dict[int, int] = {signal.SIGXCPU: TOO_LONG, signal.SIGKILL: KILLED}
            return ANSWER.pack(endings.get(ended_by, FAILED), 0, peak, 0, 0)
        target.seek(0)
        spent, pages = MADE_BY_CHILD.unpack(target.read(MADE_BY_CHILD.size))
        pdf = target.read()
    return ANSWER.pack(MADE, spent, peak, pages, len(pdf)) + pdf


def serve(questions: BinaryIO, answers: BinaryIO, fonts: dict[str, bytes], workplace: Path) -> None:
    """Answer until the client closes its end."""
    while len(head := questions.read(QUESTION.size)) == QUESTION.size:
        title_length, html_length, seconds = QUESTION.unpack(head)
        title = questions.read(title_length).decode()
        html = questions.read(html_length).decode()
        made = answer(html, title, seconds, fonts)
        for left_behind in workplace.glob("weasyprint-*"):
            shutil.rmtree(left_behind, ignore_errors=True)
        answers.write(made)
        answers.flush()


def leave_nothing(workplace: Path) -> NoReturn:
    """End. The signal may come while we are already leaving; twice does no harm."""
    if workplace.name.startswith(WORKPLACE):
        shutil.rmtree(workplace, ignore_errors=True)
    os._exit(0)


def main() -> None:
    workplace = Path(sys.argv[2])
    signal.signal(signal.SIGTERM, lambda *_: leave_nothing(workplace))
    leave_the_network()  # before die_with: a change of rights makes the kernel forget the latter
    die_with(int(sys.argv[1]), signal.SIGTERM)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up between the answers
    fonts = unpack_fonts(workplace / "fonts")
    # Only now: Pango must find a font when it is loaded. The children find everything loaded.
    import foundation.pdf_render  # noqa: F401

    gc.freeze()  # what is loaded now is shared by all children
    serve(sys.stdin.buffer, answers, fonts, workplace)
    leave_nothing(workplace)


if __name__ == "__main__":
    main()
