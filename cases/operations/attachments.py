"""Taking in a file, looking at it, taking it back. What was sent waits in the row until it was looked at."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from accounts.roles import DataClass
from audit.log import record
from cases.events import CaseEvent
from cases.models import Attachment, AttachmentKind, AttachmentState, Case, Signal
from cases.operations.cases import lock
from cases.operations.rooms import room_for
from cases.permissions.attachments import check_can_withdraw
from cases.permissions.signals import check_may_follow
from cases.permissions.table import check_can_write
from cases.rules.attachments import check_has_room, check_stands, check_takes_files
from foundation.errors import NotPossible
from foundation.files import Cleaned, FileRefused, clean_file, kind_of
from foundation.virus import virus_in
from jobs.models import Job
from jobs.operations import Tell, ask

KIND = "cases.attachment"
VIRUS = "De virusscanner vond iets in dit bestand. Laat uw computer nakijken."


@transaction.atomic
def add_to_case(*, case: Case, raw: bytes, data_class: DataClass, key: UUID, by: User, **said: str) -> Job:
    """Take in a file at a case, in the room of its class. The same key twice is one file.

    Raises NotPossible for a class for which its sender is not cleared, and FileRefused.
    """
    case = lock(case=case, by=by)
    check_can_write(by, case)
    if not by.is_cleared(data_class):
        raise NotPossible(f"Voor {data_class.label} heeft u geen bevoegdheid.")
    room = room_for(case=case, data_class=data_class, by=by)
    return _take_in(raw, key, by, case=case, compartment_id=room, **said)


@transaction.atomic
def add_to_signal(*, signal: Signal, raw: bytes, key: UUID, by: User, **said: str) -> Job:
    """Take in a file at a signal that was not judged yet: for its sender and for regie. The same key twice is one."""
    held = (
        Signal.objects.visible_to(by)
        .select_for_update(no_key=True, of=("self",))
        .filter(pk=signal.pk)
        .first()
    )
    if held is None:
        raise NotPossible("U kunt dit signaal niet meer zien.")
    check_may_follow(by, held)
    check_takes_files(held)
    return _take_in(raw, key, by, signal=held, compartment_id=held.compartment_id, **said)


def _take_in(raw: bytes, key: UUID, by: User, **where: Any) -> Job:
    kept = Attachment.objects.visible_to(by).filter(uuid=key).first()
    if kept is None:
        if len(raw) > settings.FILE_BYTES:
            raise FileRefused("Dit bestand is te groot.")
        parent = {name: where[name] for name in ("case", "signal") if name in where}
        check_has_room(Attachment.objects.visible_to(by).standing().filter(**parent).count())
        kept = Attachment.objects.create(
            uuid=key,
            kind=AttachmentKind(kind_of(raw)),
            received=raw,
            size=len(raw),
            partner_id=by.partner_id,
            made_by=by,
            **where,
        )
        record(CaseEvent.ATTACHMENT_ADDED, by=by, about=kept)
    return ask(kind=KIND, subject_id=kept.pk, by=by, key=f"attachment:{kept.pk}")


class AttachmentWork:
    """The job that looks at one file and builds it anew. A scanner that is silent leaves it waiting."""

    lease_seconds = 180
    own_scope = False

    def read(self, job: Job, tell: Tell) -> bytes:
        return bytes(_find(job).received)

    def make(self, data: bytes, tell: Tell) -> Cleaned | FileRefused:
        if virus_in(data):
            return FileRefused(VIRUS)
        tell(1, 2)
        try:
            return clean_file(data)
        except FileRefused as refusal:
            return refusal

    def store(self, job: Job, data: bytes, result: Cleaned | FileRefused) -> None:
        attachment = _find(job)
        waiting = Attachment.objects.filter(pk=attachment.pk, state=AttachmentState.WAITING)
        if isinstance(result, FileRefused):
            waiting.update(state=AttachmentState.REFUSED, refused_because=result.reason, received=b"")
            record(
                CaseEvent.ATTACHMENT_REFUSED, by=job.asked_by, about=attachment, virus=result.reason == VIRUS
            )
            return
        waiting.update(
            state=AttachmentState.READY,
            content=result.content,
            sha256=result.sha256,
            size=len(result.content),
            received=b"",
        )
        record(CaseEvent.ATTACHMENT_CHECKED, by=job.asked_by, about=attachment)


def _find(job: Job) -> Attachment:
    """The file of this job, for who sent it. Somebody who may not see it any more gets it looked at no more."""
    found = Attachment.objects.visible_to(job.asked_by).select_related("case", "signal")
    attachment: Attachment | None = found.filter(pk=job.subject_id).first()
    if attachment is None:
        raise NotPossible("Wie dit toevoegde, kan het niet meer zien.")
    return attachment


@transaction.atomic
def withdraw(*, attachment: Attachment, reason: str, by: User) -> None:
    """Close a file for everybody. That it was there, and why it went, stays; so do its bytes, until destruction.

    Twice is once.
    """
    found = Attachment.objects.visible_to(by).select_for_update(no_key=True, of=("self",))
    kept: Attachment | None = found.select_related("case", "signal").filter(pk=attachment.pk).first()
    if kept is None:
        raise NotPossible("U kunt deze bijlage niet meer zien.")
    check_can_withdraw(by, kept)
    if (kept.withdrawn_because, kept.withdrawn_by_id) == (reason, by.pk):
        return
    check_stands(kept)
    if not reason.strip():
        raise NotPossible("Zeg waarom u dit terugneemt.")
    Attachment.objects.filter(pk=kept.pk).update(
        withdrawn_at=Now(), withdrawn_by=by, withdrawn_because=reason
    )
    record(CaseEvent.ATTACHMENT_WITHDRAWN, by=by, about=kept)
