"""Text that the database keeps and cannot read: sealed by the application, with keys outside the database.

AES-256-GCM. Each sealed text is bound to its own row: moved to another row it does not open. Keys stand in
FIELD_ENCRYPTION_KEYS, the newest first; older ones still open what they sealed, until `rotate_keys` has run.
"""

import base64
import hashlib
import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = b"\x01"
NONCE = 12
KEY = 32


class Unreadable(Exception):
    """None of our keys opens this: it was changed, moved to another row, or its key is gone."""


def _raw(keys: tuple[str, ...]) -> list[bytes]:
    raw = [base64.b64decode(key) for key in keys]
    if not raw or any(len(key) != KEY for key in raw):
        raise ImproperlyConfigured(
            "FIELD_ENCRYPTION_KEYS: geef een of meer sleutels van 32 bytes in base64, de nieuwste eerst."
        )
    return raw


@cache
def _ciphers(keys: tuple[str, ...]) -> list[AESGCM]:
    return [AESGCM(key) for key in _raw(keys)]


def ciphers() -> list[AESGCM]:
    """One for each key, the newest first. Raises ImproperlyConfigured when there is none."""
    return _ciphers(tuple(settings.FIELD_ENCRYPTION_KEYS))


def seal(text: str, *, row: str) -> bytes:
    """The text as the database may keep it. `row` names the row it belongs to and is needed to open it."""
    nonce = os.urandom(NONCE)
    return VERSION + nonce + ciphers()[0].encrypt(nonce, text.encode(), row.encode())


def unseal(sealed: bytes, *, row: str) -> str:
    """The text that was sealed for this row. Raises Unreadable."""
    sealed = bytes(sealed)
    for cipher in ciphers() if sealed[:1] == VERSION else []:
        try:
            return cipher.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], row.encode()).decode()
        except InvalidTag:
            continue
    raise Unreadable("Deze gegevens zijn niet te openen. Waarschuw de beheerder.")


def fingerprints(text: str, *, use: str) -> list[str]:
    """What tells that two texts are the same and does not tell which: one for each key, the newest first.

    `use` keeps the prints of one column from being compared with those of another.
    """
    keys = _raw(tuple(settings.FIELD_ENCRYPTION_KEYS))
    said = f"{use}:{text}".encode()
    return [hmac.new(b"print" + key, said, hashlib.sha256).hexdigest() for key in keys]
