"""The minutes as documents: whole for regie, a cut for each partner."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from access.models import ScopedModel
from accounts.models import Partner, User
from meetings.models.meetings import Meeting


class Document(ScopedModel):
    """The minutes as PDF, stored once: whole for regie, or the cut of one partner. Never rebuilt."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="documents")
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, related_name="+", verbose_name="deel voor"
    )
    content = models.BinaryField("inhoud")
    sha256 = models.CharField("vingerafdruk", max_length=64)
    # What stands on the paper too, so that it is within its own fingerprint: see proofs.py.
    code = models.CharField("controlecode", max_length=14, blank=True)
    previous_sha256 = models.CharField("vingerafdruk van het vorige verslag", max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField("bladzijden")
    youth_ids = ArrayField(models.BigIntegerField(), verbose_name="jongeren", default=list)
    made_at = models.DateTimeField("gemaakt op", db_default=Now())
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    told_at = models.DateTimeField("per mail gemeld op", null=True)

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        constraints = (
            models.UniqueConstraint(
                name="document_whole_once", fields=["meeting"], condition=models.Q(partner=None)
            ),
            models.UniqueConstraint(
                name="document_cut_once",
                fields=["meeting", "partner"],
                condition=models.Q(partner__isnull=False),
            ),
            models.UniqueConstraint(name="document_code_once", fields=["code"], condition=~models.Q(code="")),
        )

    @property
    def logged_youth_ids(self) -> list[int]:
        return list(self.youth_ids)


class DocumentCopy(ScopedModel):
    """A document as one reader got it, with name and moment on every page. Its fingerprint proves it is ours."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="copies")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="voor")
    sha256 = models.CharField("vingerafdruk", max_length=64)
    made_at = models.DateTimeField("gemaakt op", db_default=Now())

    class Meta:
        verbose_name = "afschrift"
        verbose_name_plural = "afschriften"
        indexes = (models.Index(fields=["document", "sha256"], name="documentcopy_print"),)
