"""Files at a case or at a signal: taken in, looked at and built anew before anybody opens them."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel, ScopedQuerySet
from accounts.models import Partner, User
from accounts.roles import DataClass
from cases.models.cases import Case
from cases.models.signals import Signal


class AttachmentState(models.TextChoices):
    WAITING = "waiting", "wordt nagekeken"
    READY = "ready", "nagekeken"
    REFUSED = "refused", "niet aangenomen"


class AttachmentKind(models.TextChoices):
    PDF = "pdf", "PDF"
    JPG = "jpg", "foto (JPG)"
    PNG = "png", "afbeelding (PNG)"


class AttachmentQuerySet(ScopedQuerySet):
    """The bytes are read only by who asks for them: a list never carries them along."""

    def visible_to(self, user: User) -> Self:
        return super().visible_to(user).defer("received", "content")

    def standing(self) -> Self:
        """Neither refused nor taken back."""
        return self.filter(withdrawn_at=None).exclude(state=AttachmentState.REFUSED)


class Attachment(ListedModel):
    """One file, at a case or at a signal, never both.

    `received` is what was sent: nobody opens it, and it is gone once `content`, built from it, is there. A file at
    a signal is read by its sender and by regie, and does not go along to the table.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="attachments")
    signal = models.ForeignKey(Signal, models.PROTECT, null=True, related_name="attachments")
    title = models.CharField("wat is het", max_length=120)
    source = models.CharField("waar komt het vandaan", max_length=200)
    state = models.CharField("staat", max_length=8, choices=AttachmentState, default=AttachmentState.WAITING)
    kind = models.CharField("soort", max_length=3, choices=AttachmentKind)
    received = models.BinaryField("zoals ontvangen", default=bytes)
    content = models.BinaryField("inhoud", default=bytes)
    sha256 = models.CharField("vingerafdruk", max_length=64, blank=True)
    size = models.PositiveIntegerField("grootte in bytes", default=0)
    refused_because = models.CharField("waarom niet aangenomen", max_length=200, blank=True)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")
    made_at = models.DateTimeField("toegevoegd op", db_default=Now())
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("teruggenomen op", null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.CharField("waarom teruggenomen", max_length=300, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta(ListedModel.Meta):
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        constraints = (
            models.CheckConstraint(
                name="attachment_case_or_signal",
                condition=models.Q(case=None, signal__isnull=False)
                | models.Q(case__isnull=False, signal=None),
            ),
            models.CheckConstraint(
                name="attachment_is_what_it_says",
                condition=models.Q(state=AttachmentState.WAITING, sha256="", refused_because="")
                | (models.Q(state=AttachmentState.READY, refused_because="") & ~models.Q(sha256=""))
                | (models.Q(state=AttachmentState.REFUSED, sha256="") & ~models.Q(refused_because="")),
            ),
            models.CheckConstraint(
                name="attachment_withdrawn_pair",
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | (
                    models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~models.Q(withdrawn_because="")
                ),
            ),
        )
        indexes = (
            *ListedModel.Meta.indexes,
            models.Index(fields=["case", "-id"], name="cases_attachment_case"),
            models.Index(fields=["signal"], name="cases_attachment_signal"),
        )

    @property
    def parent(self) -> Any:
        """The case or the signal it stands at."""
        return self.case or self.signal

    @property
    def logged_case_id(self) -> int | None:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id] if self.case else self.parent.logged_youth_ids

    @property
    def is_masked(self) -> bool:
        return self.data_class != DataClass.BASIS

    @property
    def can_open(self) -> bool:
        return self.state == AttachmentState.READY and self.withdrawn_at is None
