"""How minutes on paper prove themselves: a code to look them up, the fingerprint of those before, and the copies.

Whoever holds a paper may ask about it without a login. What is answered is decided by the database
(`meetings_check_paper` in sql/papers.sql): nothing of what stands in it, and nothing of whose it is.
"""

import base64
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

import qrcode
from django.conf import settings
from django.db import connection
from django.urls import reverse
from qrcode.image.svg import SvgPathFillImage

from meetings.models import Meeting

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no letter that looks like another
LENGTH = 12  # 60 bits: nobody guesses one
_LOOKS_LIKE = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class Proof:
    """What a paper carries to be checked by."""

    code: str
    previous: str  # the fingerprint of the minutes before these; empty for the first of a series

    @property
    def address(self) -> str:
        return f"{settings.BASE_URL}{reverse('meetings:proof', args=[self.code])}"

    @property
    def picture(self) -> str:
        """The address as QR code, for the source of an image."""
        made = qrcode.make(self.address, image_factory=SvgPathFillImage, border=4)
        return "data:image/svg+xml;base64," + base64.b64encode(made.to_string()).decode()


@dataclass(frozen=True)
class Checked:
    """What anybody may hear of a paper with a code that exists."""

    number: int
    level: int
    starts_at: datetime
    made_at: datetime
    is_gone: bool
    is_same: bool  # the fingerprint asked about is that of the original, or of a copy that we gave


def new_proof(meeting: Meeting) -> Proof:
    """A new code for a paper of this meeting, and the fingerprint of the minutes before it."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    with connection.cursor() as cursor:
        cursor.execute("SELECT meetings_previous_print(%s)", [meeting.pk])
        (previous,) = cursor.fetchone() or ("",)
    return Proof(_grouped(drawn), previous or "")


def read_code(typed: str) -> str:
    """A code as we write it, however it was typed; empty when it cannot be one."""
    plain = re.sub(r"[\s-]", "", typed).upper().translate(_LOOKS_LIKE)
    return _grouped(plain) if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else ""


def check_paper(code: str, fingerprint: str = "") -> Checked | None:
    """What is known of the paper with this code. None: there never was one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM meetings_check_paper(%s, %s)", [read_code(code), fingerprint.lower()])
        row = cursor.fetchone()
    return Checked(*row) if row else None


def _grouped(plain: str) -> str:
    return "-".join(plain[at : at + 4] for at in range(0, LENGTH, 4))
