"""HTML in, tagged PDF out (PDF/UA-1, Dutch, our fonts), without network, within limits of time and memory.

WeasyPrint never runs in our own process: `foundation/pdf_server.py` does the work in a helper process
that knows no secrets, and that in turn makes every document in a child of its own.
"""

import atexit
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import zlib
from dataclasses import dataclass
from pathlib import Path

from foundation.confinement import bare_environment
from foundation.pdf_server import ANSWER, KILLED, MADE, QUESTION, TOO_LONG, WORKPLACE

BASE_DIR = Path(__file__).resolve().parent.parent
LARGEST = 8 * 1024**2
SECONDS = 60


class PdfFailed(Exception):
    """The document could not be made. The reason is in Dutch, for the screen."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class HelperDied(Exception):
    """The helper itself, or its child, was ended from outside: through no fault of the document."""


@dataclass(frozen=True)
class Rendering:
    """A document and what it cost."""

    pdf: bytes
    pages: int
    seconds_in_weasyprint: float
    peak_bytes: int


def render_pdf(html: str, *, title: str, seconds: int = SECONDS) -> bytes:
    """Make a PDF of a whole HTML page. Own files are addressed as `app-static:/css/pdf.css`."""
    return measure_pdf(html, title=title, seconds=seconds).pdf


def measure_pdf(html: str, *, title: str, seconds: int = SECONDS) -> Rendering:
    """Make a PDF and tell what it cost.

    Raises PdfFailed when it is the document, and HelperDied when it is us: then trying later makes sense.
    """
    if len(html) > LARGEST:
        raise PdfFailed("Het document is te groot om als PDF te maken.")
    # Half a character, which a browser can send, cannot be written down.
    question = [text.encode(errors="replace") for text in (title, html)]
    with _lock:
        try:
            return _helper().ask(question[0], question[1], seconds)
        except HelperDied:
            stop_helper()
        try:
            return _helper().ask(question[0], question[1], seconds)
        except HelperDied:
            stop_helper()
            raise


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF of ours has. Its page tree stands packed in one of the object streams."""
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            tree = re.search(rb"<<[^<>]*/Type /Pages[^<>]*>>", zlib.decompress(packed))
            if tree and (count := re.search(rb"/Count (\d+)", tree[0])):
                return int(count[1])
    return 0


class Helper:
    """The helper process of this process. One question at a time."""

    def __init__(self) -> None:
        self.workplace = tempfile.mkdtemp(prefix=WORKPLACE)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "foundation.pdf_server", str(os.getpid()), self.workplace],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=BASE_DIR,
            env=self.environment(),
            start_new_session=True,
        )

    def environment(self) -> dict[str, str]:
        return bare_environment() | {
            "FONTCONFIG_FILE": str(BASE_DIR / "foundation" / "fonts.conf"),
            "TMPDIR": self.workplace,
            "XDG_CACHE_HOME": self.workplace,
            "XDG_DATA_HOME": self.workplace,
        }

    def ask(self, title: bytes, html: bytes, seconds: int) -> Rendering:
        """One document. The clock kills the helper and its child; a next document starts a new one."""
        too_late = threading.Event()
        clock = threading.Timer(seconds, self.kill, [too_late])
        clock.start()
        try:
            outcome, made = self.exchange(title, html, seconds)
        except HelperDied:
            if not too_late.is_set():
                raise
            outcome, made = TOO_LONG, None
        finally:
            clock.cancel()
        if outcome == TOO_LONG:
            raise PdfFailed("Het maken van de PDF duurde te lang.")
        if outcome != MADE or made is None:
            raise PdfFailed("De PDF kon niet worden gemaakt.")
        return made

    def exchange(self, title: bytes, html: bytes, seconds: int) -> tuple[int, Rendering | None]:
        questions, answers = self.process.stdin, self.process.stdout
        assert questions and answers
        try:
            questions.write(QUESTION.pack(len(title), len(html), seconds) + title + html)
            questions.flush()
        except BrokenPipeError as error:
            raise HelperDied from error
        head = answers.read(ANSWER.size)
        if len(head) < ANSWER.size:
            raise HelperDied
        outcome, spent, peak, pages, length = ANSWER.unpack(head)
        if outcome == KILLED:
            raise HelperDied
        pdf = answers.read(length)
        if len(pdf) < length:
            raise HelperDied
        return outcome, Rendering(pdf, pages, spent, peak)

    def kill(self, too_late: threading.Event | None = None) -> None:
        if too_late:
            too_late.set()
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def clear_away(self) -> None:
        """The process has ended or must end; leave nothing behind."""
        self.kill()
        self.process.wait()
        self.close_pipes()
        shutil.rmtree(self.workplace, ignore_errors=True)

    def close_pipes(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


_lock = threading.Lock()
_current: Helper | None = None


def _helper() -> Helper:
    global _current
    if _current and _current.process.poll() is not None:
        stop_helper()
    if not _current:
        _current = Helper()
    return _current


def stop_helper() -> None:
    """End the helper of this process, if it has one."""
    global _current
    if _current:
        _current.clear_away()
    _current = None


def _forget_helper() -> None:
    """A forked process gets a helper of its own: two on one pipe would read each other's documents."""
    global _current, _lock
    _lock = threading.Lock()
    if _current:
        _current.close_pipes()
        _current.process.returncode = 0  # it is not our child; nobody here has to wait for it
    _current = None


atexit.register(stop_helper)
os.register_at_fork(after_in_child=_forget_helper)
