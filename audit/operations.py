"""Sealing the log, and telling the newest seal outside the house."""

import os
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection

from audit.events import LogEvent
from audit.log import Actor, record
from audit.seals import Newest, newest


def seal(*, by: Actor | None) -> int:
    """Seal what is finished. The database's own function reads the rows; the application may not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal_now()")
        (made,) = cursor.fetchone() or (0,)
    return int(made)


def anchor(*, by: Actor | None) -> Newest | None:
    """Write the newest link where the keepers of the database cannot change it, and in the log itself.

    The next seal covers that row, so a chain that is made anew contradicts itself unless that row is changed
    too; the file and the mailbox contradict it whatever is changed.
    """
    found = newest()
    if found is None:
        return None
    line = f"{found.sealed_at:%Y-%m-%dT%H:%M:%SZ} {found.number} {found.link}"
    if settings.AUDIT_ANCHOR_FILE:
        _append(Path(settings.AUDIT_ANCHOR_FILE), line)
    if settings.AUDIT_ANCHOR_MAIL:
        send_mail(
            f"Anker van het logboek {found.number}",
            f"{line}\n\nBewaar dit bericht. Hiermee is te zien of het logboek later is veranderd.\n",
            None,
            [settings.AUDIT_ANCHOR_MAIL],
        )
    record(LogEvent.ANCHORED, by=by, seal=found.short)
    return found


def _append(path: Path, line: str) -> None:
    """Only ever adds: the file may be one to which even its owner can only add (chattr +a)."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
