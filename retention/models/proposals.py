"""What is to be destroyed, and what people said of it. Numbers only: these rows outlive what they are about."""

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Now

from accounts.keys import PRIVACY, regie_key
from accounts.models import Municipality, User
from accounts.roles import Level
from retention.models.terms import TermCode


class Kind(models.TextChoices):
    CASE = "case", "dossier"
    SIGNAL = "signal", "signaal"
    GROUP = "group", "groep"


class Side(models.TextChoices):
    """The two who approve."""

    REGIE = "regie", "regie"
    PRIVACY = "privacy", "privacy officer"


class RefusalGround(models.TextChoices):
    OBJECTION = "objection", "Bezwaar of verzoek van de jongere of ouders"
    LAWSUIT = "lawsuit", "Rechtszaak of klacht"
    INVESTIGATION = "investigation", "Onderzoek"
    MISTAKE = "mistake", "De termijn klopt niet"
    OTHER = "other", "Iets anders"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User) -> Self:
        """For regie of the level and municipality, and for the privacy officer. The database asks the same."""
        keys = set(user.session_keys())
        if PRIVACY in keys:
            return self
        towns = [None, *Municipality.objects.values_list("pk", flat=True)]
        mine = models.Q(proposed_by=user.pk)
        for level in Level:
            led = [town for town in towns if regie_key(town, level) in keys]
            nowhere = models.Q(municipality=None) if None in led else models.Q(pk__in=[])
            mine |= models.Q(level=level) & (models.Q(municipality__in=[t for t in led if t]) | nowhere)
        return self.filter(mine)

    def open(self) -> Self:
        """Waiting for who must approve, or for the job."""
        return self.filter(refused_at=None, lapsed_at=None, destroyed_at=None)

    def lacking(self, side: Side) -> Self:
        """This side has not approved yet."""
        return self.open().exclude(approvals__side=side)

    def approved(self) -> Self:
        """Both said yes and nothing was done yet."""
        return self.open().filter(approvals__side=Side.REGIE).filter(approvals__side=Side.PRIVACY)


class Proposal(models.Model):
    """One case, signal or group whose term is over. Made by the clock, by a function of the database."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("soort", max_length=10, choices=Kind)
    object_number = models.BigIntegerField("nummer")  # no foreign key: what it names goes
    youth_number = models.BigIntegerField("nummer van de jongere", null=True)
    takes_youth = models.BooleanField("met alles van de jongere", default=False)
    code = models.CharField("termijn", max_length=20, choices=TermCode)
    level = models.PositiveSmallIntegerField("niveau", choices=Level)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, related_name="+", verbose_name="gemeente"
    )
    counted_from_on = models.DateField("geteld vanaf")
    months = models.PositiveSmallIntegerField("maanden")
    ground = models.CharField("grond", max_length=120)
    due_on = models.DateField("termijn voorbij op")
    proposed_at = models.DateTimeField("voorgesteld op", db_default=Now())
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    refused_at = models.DateTimeField("tegengehouden op", null=True)
    refused_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    refusal_ground = models.CharField("waarom", max_length=15, choices=RefusalGround, blank=True)
    explanation = models.CharField("toelichting", max_length=500, blank=True)
    postponed_until = models.DateField("opnieuw voorstellen op", null=True)
    lapsed_at = models.DateTimeField("vervallen op", null=True)
    destroyed_at = models.DateTimeField("vernietigd op", null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel tot vernietiging"
        verbose_name_plural = "voorstellen tot vernietiging"
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                name="proposal_one_open",
                fields=["kind", "object_number"],
                condition=models.Q(refused_at=None, lapsed_at=None, destroyed_at=None),
            ),
            models.CheckConstraint(
                name="proposal_refused_pair",
                condition=models.Q(refused_at=None, refused_by=None, refusal_ground="", postponed_until=None)
                | (
                    models.Q(refused_at__isnull=False, refused_by__isnull=False)
                    & models.Q(postponed_until__isnull=False)
                    & ~models.Q(refusal_ground="")
                ),
            ),
            models.CheckConstraint(
                name="proposal_one_end",
                condition=models.Q(refused_at=None, lapsed_at=None)
                | models.Q(refused_at=None, destroyed_at=None)
                | models.Q(lapsed_at=None, destroyed_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()} {self.object_number}"

    @property
    def extent(self) -> str:
        """How much goes, in words."""
        if self.takes_youth:
            return "alles van de jongere"
        return f"alleen {'deze' if self.kind == Kind.GROUP else 'dit'} {self.get_kind_display()}"

    @property
    def logged_case_id(self) -> int | None:
        return self.object_number if self.kind == Kind.CASE else None

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.youth_number] if self.youth_number else []


class Approval(models.Model):
    """One person said yes. The database takes it only in this person's own name."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="approvals")
    side = models.CharField("namens", max_length=10, choices=Side)
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField("goedgekeurd op", db_default=Now())

    class Meta:
        verbose_name = "goedkeuring"
        verbose_name_plural = "goedkeuringen"
        ordering = ("approved_at", "pk")
        constraints = (
            models.UniqueConstraint(name="approval_once_per_side", fields=["proposal", "side"]),
            models.UniqueConstraint(
                name="approval_two_people",
                fields=["proposal", "person"],
                violation_error_message="Een ander moet dit ook goedkeuren.",
            ),
        )
