"""Handing out a document: a copy with the reader and the moment on every page, whose fingerprint is kept.

Signed after that, where the organisation has a certificate: a signature covers what the reader gets.
"""

import hashlib

from django.db import transaction

from accounts.models import User
from audit.log import record
from foundation.errors import NotPossible
from foundation.signatures import sign
from meetings.events import MeetingEvent
from meetings.models import Document, DocumentCopy
from meetings.sheets import for_reader


@transaction.atomic
def hand_out(*, document: Document, by: User) -> bytes:
    """A copy for this reader. What was destroyed is not handed out."""
    if not document.content:
        raise NotPossible(
            "Dit verslag is vernietigd, omdat de bewaartermijn van een jongere erin voorbij is."
        )
    copy = sign(for_reader(bytes(document.content), by))
    DocumentCopy.objects.create(
        compartment_id=document.compartment_id,
        document=document,
        person=by,
        sha256=hashlib.sha256(copy).hexdigest(),
    )
    record(MeetingEvent.DOCUMENT_DOWNLOADED, by=by, about=document, recipients=[by.partner_id])
    return copy
