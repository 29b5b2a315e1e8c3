"""A file that somebody sends becomes a file of ours: known by its first bytes, looked at, and built anew.

The work is done in a process without network and without secrets (foundation/file_cleaner.py), within limits.
Nothing of the name that the sender gave it is kept.
"""

import hashlib
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse

from foundation.confinement import bare_environment
from foundation.errors import NotPossible
from foundation.file_cleaner import REFUSALS, REFUSED, UNREADABLE

BASE_DIR = Path(__file__).resolve().parent.parent
SECONDS = 60
ASKED_AT = ("/bijlagen/nieuw/", "/bestand/")  # a file to keep; a file to compare
BESIDE = 100_000  # bytes: the other fields of such a form
UNFIT = "Dit bestand is beschadigd of te ingewikkeld om veilig te openen. Maak er een gewone PDF of foto van."


class FileKind(StrEnum):
    PDF = "pdf"
    JPG = "jpg"
    PNG = "png"


STARTS = {b"%PDF-": FileKind.PDF, b"\xff\xd8\xff": FileKind.JPG, b"\x89PNG\r\n\x1a\n": FileKind.PNG}
CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPG: "image/jpeg",
    FileKind.PNG: "image/png",
}


SANDBOX = {"sandbox": True}  # shown after all, it may do nothing


class FileRefused(NotPossible):
    """This file is not taken; the reason is in Dutch, for who sent it."""


class CleanerFailed(Exception):
    """The cleaner was ended from outside, or is broken: through no fault of the file."""


@dataclass(frozen=True)
class Cleaned:
    """A file as we built it."""

    kind: FileKind
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class InMemoryOnly(MemoryFileUploadHandler):
    """A file is taken at the addresses that ask for one, and stays in memory: it never lies on a disk.

    Raises RequestDataTooBig, which becomes 413. Sent to another address, a file falls away unread.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - the name it has in Django
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        is_asked = self.request is not None and self.request.path_info.endswith(ASKED_AT)
        most = settings.FILE_BYTES + BESIDE if is_asked else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if content_length > most:
            raise RequestDataTooBig("the file is too large")
        self.activated = is_asked


def kind_of(raw: bytes) -> FileKind:
    """Which of the kinds that we take this is, by its first bytes and never by its name. Raises FileRefused."""
    for start, kind in STARTS.items():
        if raw.startswith(start):
            return kind
    raise FileRefused("Wij nemen alleen PDF, JPG en PNG aan.")


def clean_file(raw: bytes, *, seconds: int = SECONDS) -> Cleaned:
    """The same to look at, without what hides in it: scripts, attachments, places, makers.

    Raises FileRefused when it is the file, and CleanerFailed or TimeoutExpired when it is us: trying later makes sense.
    """
    kind = kind_of(raw)
    cleaner = [sys.executable, "-m", "foundation.file_cleaner", str(os.getpid()), kind]
    done = subprocess.run(
        cleaner, input=raw, capture_output=True, timeout=seconds, cwd=BASE_DIR, env=bare_environment()
    )
    if done.returncode == REFUSED:
        raise FileRefused(REFUSALS[done.stderr.decode().split()[-1]])
    if done.returncode in (UNREADABLE, -signal.SIGXCPU):
        raise FileRefused(UNFIT)
    if done.returncode or not done.stdout:
        raise CleanerFailed(f"the cleaner ended with {done.returncode}")
    return Cleaned(kind, done.stdout)


def as_download(content: bytes, kind: FileKind, *, name: str) -> HttpResponse:
    """The file to save, never to show within our own pages. Its view is a `csp_update(SANDBOX)`."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
