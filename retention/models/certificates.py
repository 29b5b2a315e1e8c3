"""What is left when something was destroyed: a proof with numbers, and what was counted of a signal."""

import uuid

from django.db import models
from django.db.models.functions import Now

from accounts.models import Municipality, User
from cases.models import SignalState
from retention.models.proposals import Kind, Proposal


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: User) -> "CertificateQuerySet":
        """With the proposal it belongs to."""
        return self.filter(proposal__in=Proposal.objects.visible_to(user))


class Certificate(models.Model):
    """What was destroyed, when, on what ground, approved by whom. The row is made by what destroys, in one step."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="certificate")
    kind = models.CharField("soort", max_length=10, choices=Kind)
    object_number = models.BigIntegerField("nummer")
    counts = models.JSONField("vernietigde rijen per tabel")
    emptied = models.JSONField("geleegde rijen per tabel", default=dict)
    questions = models.PositiveSmallIntegerField("gestelde controlevragen")
    left_over = models.PositiveIntegerField("wat de controle nog vond")
    regie_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="goedgekeurd door regie"
    )
    privacy_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="goedgekeurd door de privacy officer"
    )
    destroyed_at = models.DateTimeField("vernietigd op", db_default=Now())
    content = models.BinaryField("inhoud", default=b"")
    sha256 = models.CharField("vingerafdruk", max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField("bladzijden", default=0)
    made_at = models.DateTimeField("gemaakt op", null=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "certificaat van vernietiging"
        verbose_name_plural = "certificaten van vernietiging"
        ordering = ("-destroyed_at", "-pk")
        constraints = (
            models.CheckConstraint(name="certificate_nothing_left", condition=models.Q(left_over=0)),
            models.CheckConstraint(
                name="certificate_two_people", condition=~models.Q(regie_by=models.F("privacy_by"))
            ),
        )

    @property
    def logged_case_id(self) -> int | None:
        return self.proposal.logged_case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return self.proposal.logged_youth_ids


class SignalTrace(models.Model):
    """A number and what was counted, of a signal that is gone. No person stands in it."""

    signal_number = models.BigIntegerField("nummer", unique=True)
    state = models.CharField("staat", max_length=12, choices=SignalState)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, related_name="+", verbose_name="gemeente"
    )
    submitted_month = models.DateField("maand van indienen", null=True)
    decided_month = models.DateField("maand van besluit", null=True)

    class Meta:
        verbose_name = "spoor van een signaal"
        verbose_name_plural = "sporen van signalen"
