"""What only few may know: an address that is secret, and who told something in confidence. Sealed.

They stand in compartments of their own, of class geheim, and are in no list, search, paper, mail or log.
"""

import uuid

from django.db import models
from django.db.models.functions import Now

from access.models import ScopedModel
from accounts.models import User
from accounts.roles import DataClass
from cases.models.signals import Signal
from cases.models.youths import Youth


class SecretModel(ScopedModel):
    """What is of the strictest class, also in the log."""

    logged_data_class = DataClass.GEHEIM

    class Meta:
        abstract = True


class SecretAddress(SecretModel):
    """Where a youth stays whose address must not get known. The database cannot read it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    youth = models.ForeignKey(Youth, models.PROTECT, related_name="+", verbose_name="jongere")
    sealed = models.BinaryField("verzegeld adres")
    noted_at = models.DateTimeField("vastgelegd op", db_default=Now())
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("vervallen op", null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "geheim adres"
        verbose_name_plural = "geheime adressen"
        constraints = (
            models.UniqueConstraint(
                name="secretaddress_one_now", fields=["youth"], condition=models.Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="secretaddress_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        )

    @property
    def row(self) -> str:
        """What the seal is bound to."""
        return f"secret-address:{self.uuid}"

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.youth_id]


class Reporter(SecretModel):
    """Who told it to the sender of a signal, in confidence. Read by the sender and by regie that is cleared."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    signal = models.OneToOneField(Signal, models.PROTECT, related_name="+", verbose_name="signaal")
    sealed = models.BinaryField("verzegelde naam")
    noted_at = models.DateTimeField("vastgelegd op", db_default=Now())
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "vertrouwelijke bron"
        verbose_name_plural = "vertrouwelijke bronnen"

    @property
    def row(self) -> str:
        """What the seal is bound to."""
        return f"reporter:{self.uuid}"


class CitizenNumber(SecretModel):
    """The BSN of a youth: to tell whether two youths are one, and shown to nobody. Off unless a ground is set."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    youth = models.ForeignKey(Youth, models.PROTECT, related_name="+", verbose_name="jongere")
    sealed = models.BinaryField("verzegeld BSN")  # only to make a new print with, when the key changes
    fingerprint = models.CharField("vingerafdruk", max_length=64, db_index=True)
    ground = models.CharField("grond", max_length=200)
    noted_at = models.DateTimeField("vastgelegd op", db_default=Now())
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("vervallen op", null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "BSN"
        verbose_name_plural = "BSN's"
        constraints = (
            models.UniqueConstraint(
                name="citizennumber_one_now", fields=["youth"], condition=models.Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="citizennumber_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(name="citizennumber_has_ground", condition=~models.Q(ground="")),
        )

    @property
    def row(self) -> str:
        """What the seal is bound to."""
        return f"citizen-number:{self.uuid}"

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.youth_id]


class SecretKind(models.TextChoices):
    ADDRESS = "address", "geheim adres"
    REPORTER = "reporter", "vertrouwelijke bron"


class Reveal(SecretModel):
    """Somebody opened what is secret: who, when and why. A colleague of regie looks at it afterwards."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("wat", max_length=10, choices=SecretKind)
    reason = models.CharField("waarom", max_length=300)
    shown_at = models.DateTimeField("getoond op", db_default=Now())
    shown_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField("nagekeken op", null=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "getoond geheim"
        verbose_name_plural = "getoonde geheimen"
        ordering = ("-shown_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="reveal_seen_pair",
                condition=models.Q(seen_at=None, seen_by=None)
                | models.Q(seen_at__isnull=False, seen_by__isnull=False),
            ),
            models.CheckConstraint(
                name="reveal_seen_by_another", condition=~models.Q(seen_by=models.F("shown_by"))
            ),
        )
