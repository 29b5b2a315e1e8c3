"""Compartments and who reads them.

A compartment is the smallest thing that has readers. Every protected row points to exactly one. Its
`readers` are derived by the database (access/sql/readers.sql) and are never set by hand.
"""

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from guardian.models import UserObjectPermissionBase

from accounts.models import Municipality, Partner, User
from accounts.roles import DataClass, Level


class Ground(models.TextChoices):
    """On what ground somebody reads. The text is for the screen; the law behind it is in docs/glossary.md."""

    CONVENANT = "convenant", "Deelnemer volgens het convenant"
    CASE_NEED = "case_need", "Nodig voor de aanpak van deze jongere"
    LEGAL_TASK = "legal_task", "Wettelijke taak van de organisatie"
    SAFETY = "safety", "Directe veiligheid"


class CompartmentKind(models.TextChoices):
    YOUTH = "youth", "jongere"
    CASE = "case", "dossier op een niveau"
    SIGNAL = "signal", "signaal in beoordeling"
    AGENDA_ITEM = "agenda_item", "agendapunt"
    DOCUMENT = "document", "document"
    SECRET = "secret", "geheim"
    ACCESS_REQUEST = "access_request", "verzoek om toegang"


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that have readers. `visible_to` is where every list, page and export starts."""

    def visible_to(self, user: User) -> Self:
        """The rows this user may know about. Not visible is the same as not there."""
        return self.filter(readable_by(self.model, user.session_keys()))

    def readable_with(self, keys: list[int]) -> Self:
        """The rows a holder of these keys may know about (a partner's seat, a robot)."""
        return self.filter(readable_by(self.model, keys))


KEYS = ArrayField(models.IntegerField())


def readable_by(model: type[models.Model], keys: list[int]) -> models.Q:
    """The first lock: the condition that row security repeats.

    The keys stand in the query as one literal: the planner sees how many rows they open, and Django
    does not build an expression for each of them.
    """
    if not getattr(model, "is_listed", False):
        door = Compartment.objects.filter(
            readable_by(Compartment, keys), pk=models.OuterRef("compartment_id")
        )
        return models.Q(models.Exists(door))
    column = "id" if model is Compartment else "compartment_id"
    carried = models.Value("{" + ",".join(map(str, keys)) + "}", output_field=KEYS)
    asked_now = models.Func(
        models.F(column),
        carried,
        function="access_reads_now",
        output_field=models.BooleanField(),
    )
    in_time = models.Q(valid_until=None) | models.Q(valid_until__gt=Now()) | models.Q(asked_now)
    return models.Q(readers__overlap=carried) & ~models.Q(excluded__overlap=carried) & in_time


class ReadersMixin(models.Model):
    """The derived columns. Written by the database only."""

    readers = ArrayField(models.IntegerField(), default=list, editable=False)
    excluded = ArrayField(models.IntegerField(), default=list, editable=False)
    valid_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
        indexes = (GinIndex(fields=["readers"], name="%(app_label)s_%(class)s_readers"),)


class Compartment(ReadersMixin):
    """The smallest thing that has readers.

    Read by regie of its level, municipality and class while it is open (and no longer private to its
    author: a draft is nobody else's), by its author, by the seats of partners that take part, and by
    persons with a grant. Whoever reads it also reads the compartment it
    lies `within`: who sits at the table of a case may know the youth's name. What is of a stricter class
    lies `beside` the room where the rest is.
    """

    is_protected = True
    is_listed = True

    kind = models.CharField("soort", max_length=20, choices=CompartmentKind)
    level = models.PositiveSmallIntegerField("niveau", choices=Level)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, verbose_name="gemeente")
    data_class = models.PositiveSmallIntegerField("klasse", choices=DataClass, default=DataClass.BASIS)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="afzender"
    )
    within = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", verbose_name="binnen")
    beside = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="stricter", verbose_name="strenger deel van"
    )
    is_private = models.BooleanField("alleen voor de afzender", default=False, db_default=False)
    made_at = models.DateTimeField("gemaakt op", db_default=Now())
    closed_at = models.DateTimeField("gesloten op", null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta(ReadersMixin.Meta):
        verbose_name = "compartiment"
        verbose_name_plural = "compartimenten"
        constraints = (
            models.CheckConstraint(
                name="compartment_closed_pair",
                condition=models.Q(closed_at=None, closed_by=None)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        )

    @property
    def youth_compartment_id(self) -> int:
        """The compartment of the youth this one belongs to: the one it lies in, or itself."""
        return self.within_id or self.pk


class ScopedModel(models.Model):
    """A protected row: it points to one compartment."""

    is_protected = True

    compartment = models.ForeignKey(
        Compartment, models.PROTECT, related_name="+", verbose_name="compartiment"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True


class ListedModel(ScopedModel, ReadersMixin):
    """A protected row that is listed across cases: it carries a copy of the readers and of the class."""

    is_listed = True

    data_class = models.PositiveSmallIntegerField(
        "klasse", choices=DataClass, default=DataClass.BASIS, db_default=DataClass.BASIS, editable=False
    )

    class Meta(ReadersMixin.Meta):
        abstract = True

    @property
    def logged_data_class(self) -> int:
        return self.data_class


class ParticipationQuerySet(ScopedQuerySet):
    def active(self) -> Self:
        """Taking part now."""
        not_over = models.Q(until=None) | models.Q(until__gt=Now())
        return self.filter(not_over, ended_at=None, starts_at__lte=Now())


class Participation(ScopedModel):
    """A partner reads a compartment, from, until, on this ground, for this reason."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="participations")
    ground = models.CharField("grondslag", max_length=20, choices=Ground)
    reason = models.CharField("reden", max_length=300)
    starts_at = models.DateTimeField("vanaf", db_default=Now())
    until = models.DateTimeField("tot", null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("toegevoegd op", db_default=Now())
    ended_at = models.DateTimeField("beëindigd op", null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"
        constraints = (
            models.UniqueConstraint(
                name="participation_once",
                fields=["compartment", "partner"],
                condition=models.Q(ended_at=None),
                violation_error_message="Deze organisatie neemt al deel.",
            ),
            models.CheckConstraint(
                name="participation_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        )


class Grant(UserObjectPermissionBase):
    """A named exception: this one person may read this one compartment, until then, because.

    django-guardian's direct foreign key form, so that `user.has_perm("access.view_compartment", c)` works.
    Guardian does not look at `until`, so a grant that is over is deleted; `EndedGrant` keeps its history.
    """

    is_protected = True

    content_object = models.ForeignKey(Compartment, models.PROTECT, related_name="grants")
    until = models.DateTimeField("tot")
    ground = models.CharField("grondslag", max_length=20, choices=Ground)
    reason = models.CharField("reden", max_length=300)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("gegeven op", db_default=Now())

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = "persoonlijke toegang"
        verbose_name_plural = "persoonlijke toegangen"


class EndedGrant(ScopedModel):
    """What a grant was, after it ended."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    until = models.DateTimeField("tot")
    ground = models.CharField("grondslag", max_length=20, choices=Ground)
    reason = models.CharField("reden", max_length=300)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("gegeven op")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("beëindigd op", db_default=Now())

    class Meta:
        verbose_name = "beëindigde toegang"
        verbose_name_plural = "beëindigde toegangen"


class Exclusion(ScopedModel):
    """This person does not read this compartment nor anything within it, whatever else they hold."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField("reden", max_length=300)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("toegevoegd op", db_default=Now())
    ended_at = models.DateTimeField("beëindigd op", null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "uitsluiting"
        verbose_name_plural = "uitsluitingen"
        constraints = (
            models.UniqueConstraint(
                name="exclusion_once",
                fields=["compartment", "user"],
                condition=models.Q(ended_at=None),
                violation_error_message="Deze persoon is al uitgesloten.",
            ),
            models.CheckConstraint(
                name="exclusion_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        )


class Inclusion(ScopedModel):
    """This compartment (a document) holds something about the youth of that whole.

    So that ending somebody's part in a case, or keeping a person out of it, also reaches papers that
    stand outside the youth's own compartment because they are about more than one.
    """

    whole = models.ForeignKey(Compartment, models.PROTECT, related_name="inclusions", verbose_name="over")

    class Meta:
        verbose_name = "vermelding"
        verbose_name_plural = "vermeldingen"
        constraints = (models.UniqueConstraint(name="inclusion_once", fields=["compartment", "whole"]),)


class PoliceData(models.TextChoices):
    """About whom police data may be provided; the words are those of a youth's role in a signal."""

    SUSPECT = "suspect", "verdachten"
    VICTIM = "victim", "slachtoffers"
    WITNESS = "witness", "getuigen"
    INVOLVED = "involved", "betrokkenen"


class PoliceDecisionQuerySet(models.QuerySet["PoliceDecision"]):
    def valid_on(self, day: date) -> "PoliceDecisionQuerySet":
        return self.filter(valid_from__lte=day, valid_until__gte=day, ended_at=None)

    def naming(self, partner: Partner) -> "PoliceDecisionQuerySet":
        """Those in which this organisation is a recipient."""
        return self.filter(recipients=partner)

    def about(self) -> set[str]:
        """About whom police data may be provided under these."""
        return {word for covers in self.values_list("covers", flat=True) for word in covers}


class PoliceDecision(models.Model):
    """A decision to provide police data to a partnership: which data, on what conditions, to whom (Wpg art. 20).

    Without a valid one the police cannot send in a signal, and nobody but the police reads what it sent.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField("kenmerk", max_length=80, unique=True)
    interest = models.CharField("zwaarwegend algemeen belang", max_length=300)
    conditions = models.TextField("voorwaarden", max_length=2000, blank=True)
    covers = ArrayField(
        models.CharField(max_length=10, choices=PoliceData), verbose_name="gegevens over", default=list
    )
    recipients = models.ManyToManyField(Partner, through="PoliceRecipient", verbose_name="ontvangers")
    valid_from = models.DateField("geldig vanaf")
    valid_until = models.DateField("geldig tot en met")
    added_at = models.DateTimeField("vastgelegd op", db_default=Now())
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PoliceDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "besluit politiegegevens"
        verbose_name_plural = "besluiten politiegegevens"
        ordering = ("-valid_until", "-pk")
        constraints = (
            models.CheckConstraint(
                name="policedecision_has_a_term",
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                name="policedecision_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def covered(self) -> list[str]:
        """About whom, in words."""
        return [PoliceData(word).label for word in self.covers]


class PoliceRecipient(models.Model):
    """An organisation that may receive police data under a decision."""

    decision = models.ForeignKey(PoliceDecision, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")

    class Meta:
        verbose_name = "ontvanger van politiegegevens"
        verbose_name_plural = "ontvangers van politiegegevens"
        constraints = (models.UniqueConstraint(name="policerecipient_once", fields=["decision", "partner"]),)
