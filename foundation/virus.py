"""Asking a virus scanner (ClamAV, if the installation has one) about a file, over its INSTREAM protocol."""

import socket
import struct
import time
from urllib.parse import urlsplit

from django.conf import settings

PIECE = 64 * 1024
CONNECT_SECONDS = 3
ANSWER_SECONDS = 30


class ScannerSilent(Exception):
    """There is a scanner and it does not answer as it should: what was sent waits until it does."""


def virus_in(content: bytes) -> str:
    """What the scanner calls what it found, or nothing. Without a scanner (CLAMAV_URL) nothing is looked for.

    Raises ScannerSilent: then nobody may take the file for clean.
    """
    if not settings.CLAMAV_URL:
        return ""
    try:
        with _line() as line:
            answer = _ask(line, content)
    except OSError as error:
        raise ScannerSilent("the virus scanner cannot be reached") from error
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerSilent("the virus scanner gave no answer about this file")


def _line() -> socket.socket:
    """`tcp://host:3310`, or `unix:///a/socket`."""
    address = urlsplit(settings.CLAMAV_URL)
    if address.scheme == "unix":
        line, where = socket.socket(socket.AF_UNIX), address.path
    else:
        line, where = socket.socket(), (address.hostname, address.port or 3310)
    try:
        line.settimeout(CONNECT_SECONDS)
        line.connect(where)
    except OSError:
        line.close()
        raise
    return line


def _ask(line: socket.socket, content: bytes) -> str:
    """One question and its answer, all within ANSWER_SECONDS."""
    until = time.monotonic() + ANSWER_SECONDS

    def in_time() -> socket.socket:
        line.settimeout(max(0.01, until - time.monotonic()))
        return line

    in_time().sendall(b"zINSTREAM\0")
    for at in range(0, len(content), PIECE):
        piece = content[at : at + PIECE]
        in_time().sendall(struct.pack(">I", len(piece)) + piece)
    in_time().sendall(struct.pack(">I", 0))
    answer = b""
    while not answer.endswith(b"\0") and (more := in_time().recv(4096)):
        answer += more
    return answer.rstrip(b"\0").decode(errors="replace")
