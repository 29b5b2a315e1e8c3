"""Compartments and who reads them.

A compartment is the smallest thing that has readers. Every protected row points to exactly one. Its
`readers` are derived by the database (access/sql/readers.sql) and are never set by hand.
"""

from functools import lru_cache
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from accounts.models import Municipality, User
from accounts.roles import DataClass, Level


class CompartmentKind(models.TextChoices):
    YOUTH = "youth", "jongere"
    CASE = "case", "dossier op een niveau"
    SIGNAL = "signal", "signaal in beoordeling"
    AGENDA_ITEM = "agenda_item", "agendapunt"
    DOCUMENT = "document", "document"
    SECRET = "secret", "geheim"
    ACCESS_REQUEST = "access_request", "verzoek om toegang"
    GROUP = "group", "groep"
    WRONG_YOUTH = "wrong_youth", "losgemaakt signaal"
    CONTRIBUTION = "contribution", "inbreng alleen voor regie"


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
    does not build an expression for each of them. A page asks it dozens of times for the same keys.
    """
    return _condition(model, tuple(keys))


@lru_cache(maxsize=2048)
def _condition(model: type[models.Model], keys: tuple[int, ...]) -> models.Q:
    if not getattr(model, "is_listed", False):
        door = Compartment.objects.filter(_condition(Compartment, keys), pk=models.OuterRef("compartment_id"))
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
