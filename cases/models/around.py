"""Where a youth lives, goes to school and hangs out, and who stands around them. Dated, with a source, never changed."""

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel, ScopedQuerySet
from accounts.models import Municipality, User
from cases.models.names import full_name
from cases.models.youths import Youth


class AroundQuerySet(ScopedQuerySet):
    def current(self) -> Self:
        """As far as we know still so."""
        return self.filter(ended_on=None)


class Around(ListedModel):
    """What is known around a youth, from when, from whom. It ends; it is not changed.

    It stands with the youth: every table where the youth is discussed reads it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.CharField("bron", max_length=200)
    since_on = models.DateField("sinds", null=True, blank=True)
    noted_at = models.DateTimeField("vastgelegd op", db_default=Now())
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_on = models.DateField("niet meer sinds", null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField("waarom niet meer", max_length=200, blank=True)

    objects = AroundQuerySet.as_manager()

    class Meta(ListedModel.Meta):
        abstract = True

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.youth_id]  # type: ignore[attr-defined]


class PlaceKind(models.TextChoices):
    HOME = "home", "woont"
    SCHOOL = "school", "gaat naar school of werk"
    HANGOUT = "hangout", "is vaak"


class Place(Around):
    """Where the youth lives, learns or works, or hangs out. A secret address stands elsewhere, sealed."""

    youth = models.ForeignKey(Youth, models.PROTECT, related_name="places", verbose_name="jongere")
    kind = models.CharField("wat doet de jongere daar", max_length=8, choices=PlaceKind)
    text = models.CharField("waar", max_length=200)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gemeente"
    )

    class Meta(Around.Meta):
        verbose_name = "plek"
        verbose_name_plural = "plekken"
        constraints = (
            models.CheckConstraint(
                name="place_ended_pair",
                condition=models.Q(ended_on=None, ended_by=None)
                | models.Q(ended_on__isnull=False, ended_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="place_one_home",
                fields=["youth"],
                condition=models.Q(kind=PlaceKind.HOME, ended_on=None),
                violation_error_message="Er staat al een adres. Zeg eerst dat de jongere daar niet meer woont.",
            ),
        )
        indexes = (*ListedModel.Meta.indexes, models.Index(fields=["youth"], name="cases_place_youth_now"))


class RelativeKind(models.TextChoices):
    MOTHER = "mother", "moeder"
    FATHER = "father", "vader"
    PARENT = "parent", "andere ouder of stiefouder"
    FOSTER = "foster", "pleegouder"
    GUARDIAN = "guardian", "voogd"
    BROTHER = "brother", "broer"
    SISTER = "sister", "zus"
    GRANDPARENT = "grandparent", "opa of oma"
    ADULT = "adult", "andere belangrijke volwassene"


SIBLINGS = (RelativeKind.BROTHER, RelativeKind.SISTER)


class Custody(models.TextChoices):
    YES = "yes", "heeft gezag"
    NO = "no", "heeft geen gezag"
    UNKNOWN = "unknown", "gezag onbekend"


class Relative(Around):
    """Somebody around the youth: parents and who has gezag, brothers and sisters, adults who matter."""

    youth = models.ForeignKey(Youth, models.PROTECT, related_name="relatives", verbose_name="jongere")
    kind = models.CharField("wie is dit", max_length=12, choices=RelativeKind)
    first_name = models.CharField("voornaam", max_length=60, blank=True)
    prefix = models.CharField("tussenvoegsel", max_length=20, blank=True)
    last_name = models.CharField("achternaam", max_length=80)
    birth_on = models.DateField("geboortedatum", null=True, blank=True)
    custody = models.CharField("gezag", max_length=8, choices=Custody, default=Custody.UNKNOWN)
    note = models.CharField("wat betekent deze persoon", max_length=200, blank=True)

    class Meta(Around.Meta):
        verbose_name = "naaste"
        verbose_name_plural = "naasten"
        constraints = (
            models.CheckConstraint(
                name="relative_ended_pair",
                condition=models.Q(ended_on=None, ended_by=None)
                | models.Q(ended_on__isnull=False, ended_by__isnull=False),
            ),
        )
        indexes = (
            *ListedModel.Meta.indexes,
            models.Index(fields=["youth"], name="cases_relative_youth_now"),
        )

    @property
    def name(self) -> str:
        return full_name(self.first_name, self.prefix, self.last_name)
