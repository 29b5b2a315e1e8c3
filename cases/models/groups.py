"""Groups: youths who together cause trouble, in the steps of the 7-stappenmodel, under the burgemeester."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel, ScopedModel, ScopedQuerySet
from accounts.models import Municipality, Partner, PartnerKind, User
from cases.models.youths import Youth


class Stage(models.IntegerChoices):
    """Where a group stands. The numbers are in order; the database compares them (cases/sql/groups.sql)."""

    SIGNALS = 10, "1. Signalen delen"
    PROBLEM = 20, "2A. Is het een probleem?"
    NAMES = 25, "2B. Namen en groepsscan"
    PICTURE = 30, "3. Beeld en conceptplan"
    ADVICE = 40, "4. Advies en prioriteit"
    PLAN = 50, "5. Plan van aanpak"
    WORK = 60, "6. Uitvoeren en volgen"
    EVALUATION = 70, "7. Afbouwen en evalueren"
    CLOSED = 90, "Gesloten"


class GroupQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        return self.exclude(stage=Stage.CLOSED)


class Group(ListedModel):
    """A group of youths at places in public. It has a compartment of its own, which is nobody's case.

    The burgemeester of its municipality has regie. Before stage 2B it is about behaviour at places: no name.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("naam", max_length=80)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name="gemeente die leidt"
    )
    stage = models.PositiveSmallIntegerField("stap", choices=Stage, default=Stage.SIGNALS)
    stage_since = models.DateTimeField("in deze stap sinds", db_default=Now())
    behaviour = models.TextField("gedrag", max_length=2000, blank=True)
    scan_on = models.DateField("groepsscan van de politie op", null=True, blank=True)
    convenant = models.CharField("convenant", max_length=200, blank=True)
    convenant_until = models.DateField("convenant geldig tot en met", null=True, blank=True)
    picture = models.TextField("duiding", max_length=4000, blank=True)
    evaluation = models.TextField("evaluatie", max_length=4000, blank=True)
    version = models.PositiveIntegerField("versie", default=1, db_default=1)
    started_at = models.DateTimeField("begonnen op", db_default=Now())
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("gesloten op", null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = GroupQuerySet.as_manager()

    class Meta(ListedModel.Meta):
        verbose_name = "groep"
        verbose_name_plural = "groepen"
        constraints = (
            models.CheckConstraint(
                name="group_closed_pair",
                condition=models.Q(closed_at=None, closed_by=None)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="group_closed_when_over",
                condition=models.Q(stage=Stage.CLOSED, closed_at__isnull=False)
                | (~models.Q(stage=Stage.CLOSED) & models.Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="group_names_need_ground",
                condition=models.Q(stage__lt=Stage.NAMES)
                | models.Q(stage=Stage.CLOSED)
                | (models.Q(scan_on__isnull=False, convenant_until__isnull=False) & ~models.Q(convenant="")),
                violation_error_message="Vanaf stap 2B zijn een groepsscan en een geldig convenant nodig.",
            ),
        )
        indexes = (
            *ListedModel.Meta.indexes,
            models.Index(fields=["-started_at", "-id"], name="cases_group_newest"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def may_name(self) -> bool:
        """Whether youths may be named now."""
        return Stage.NAMES <= self.stage < Stage.CLOSED


class GroupStep(ScopedModel):
    """A group went to another stage: when, by whom, why."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="steps")
    old = models.PositiveSmallIntegerField("van", choices=Stage)
    new = models.PositiveSmallIntegerField("naar", choices=Stage)
    reason = models.CharField("waarom", max_length=500)
    made_at = models.DateTimeField("op", db_default=Now())
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "stap van een groep"
        verbose_name_plural = "stappen van een groep"
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(name="groupstep_moves", condition=~models.Q(old=models.F("new"))),
        )


class PlaceQuerySet(ScopedQuerySet):
    def current(self) -> Self:
        return self.filter(ended_at=None)


class GroupPlace(ScopedModel):
    """Where a group is seen, since when until when."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="places")
    name = models.CharField("plek", max_length=120)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="gemeente")
    since_on = models.DateField("sinds")
    noted_at = models.DateTimeField("vastgelegd op", db_default=Now())
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("niet meer sinds", null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = "plek van een groep"
        verbose_name_plural = "plekken van een groep"
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                name="groupplace_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(ScopedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Only who reads the group and also the youth; row security asks the same."""
        return super().visible_to(user).filter(youth__in=Youth.objects.visible_to(user))

    def current(self, day: date) -> Self:
        not_over = models.Q(ends_on=None) | models.Q(ends_on__gte=day)
        return self.filter(not_over, ended_at=None)


class GroupMember(ScopedModel):
    """A youth in a group: from whom we know it, perhaps in which role, and when that is looked at again.

    The database refuses it before stage 2B, and shows it only to who reads both the group and the youth.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    youth = models.ForeignKey(Youth, models.PROTECT, related_name="groups", verbose_name="jongere")
    source = models.CharField("bron", max_length=200)
    position = models.CharField("rol in de groep", max_length=80, blank=True)
    review_on = models.DateField("opnieuw bekijken op")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    noted_at = models.DateTimeField("vastgelegd op", db_default=Now())
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("beëindigd op", null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "lid van een groep"
        verbose_name_plural = "leden van een groep"
        constraints = (
            models.UniqueConstraint(
                name="groupmember_once",
                fields=["group", "youth"],
                condition=models.Q(ended_at=None),
                violation_error_message="Deze jongere staat al bij deze groep.",
            ),
            models.CheckConstraint(
                name="groupmember_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(name="groupmember_sourced", condition=~models.Q(source="")),
        )
        indexes = (models.Index(fields=["youth"], name="cases_groupmember_youth"),)

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.youth_id]


class GroupGoal(ScopedModel):
    """A line of the plan of a group: what, by whom, before when, and what came of it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="goals")
    text = models.CharField("wat", max_length=300)
    owner_partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="wie")
    due_on = models.DateField("wanneer")
    result = models.CharField("resultaat", max_length=500, blank=True)
    agreed_at = models.DateTimeField("afgesproken op", db_default=Now())
    agreed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("afgerond op", null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "doel van een groepsplan"
        verbose_name_plural = "doelen van een groepsplan"
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                name="groupgoal_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="groupgoal_ends_with_result",
                condition=models.Q(ended_at=None, result="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(result="")),
            ),
        )


class ConvenantKind(models.Model):
    """Whether organisations of this kind may take part in a group approach. A beheerder follows the convenant."""

    kind = models.CharField("soort organisatie", max_length=20, choices=PartnerKind, unique=True)
    is_party = models.BooleanField("doet mee volgens het convenant")

    class Meta:
        verbose_name = "partij van het convenant"
        verbose_name_plural = "partijen van het convenant"
        ordering = ("kind",)

    def __str__(self) -> str:
        return self.get_kind_display()


class FinderThreshold(models.Model):
    """A number with which the finder of groups works; a beheerder keeps it."""

    code = models.CharField("code", max_length=24, unique=True)
    name = models.CharField("waarvoor", max_length=120)
    number = models.PositiveSmallIntegerField("getal")

    class Meta:
        verbose_name = "drempel van de groepszoeker"
        verbose_name_plural = "drempels van de groepszoeker"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name
