"""The youth: who it is, and nothing about descent, nationality or religion."""

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel
from accounts.models import Municipality, User
from cases.models.names import full_name


class Youth(ListedModel):
    """A child or young person. The row stands in the compartment that everybody reads who takes part somewhere."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first_name = models.CharField("voornaam", max_length=60)
    prefix = models.CharField("tussenvoegsel", max_length=20, blank=True)
    last_name = models.CharField("achternaam", max_length=80)
    birth_on = models.DateField("geboortedatum", null=True, blank=True)
    # How old somebody looks whose birth date nobody knows, and when that was said.
    estimated_age = models.PositiveSmallIntegerField("geschatte leeftijd", null=True, blank=True)
    estimated_on = models.DateField("geschat op", null=True, blank=True)
    description = models.CharField("omschrijving", max_length=300, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name="woongemeente"
    )
    school = models.CharField("school", max_length=120, blank=True)
    search_name = models.CharField("zoeknaam", max_length=200, editable=False)
    # Under which the name is found however it is spelled: see cases/rules/names.py.
    sound_keys = ArrayField(models.TextField(), default=list, db_default=[], editable=False)
    version = models.PositiveIntegerField("versie", default=1, db_default=1, editable=False)
    made_at = models.DateTimeField("gemaakt op", db_default=Now())
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta(ListedModel.Meta):
        verbose_name = "jongere"
        verbose_name_plural = "jongeren"
        indexes = (
            *ListedModel.Meta.indexes,
            GinIndex(OpClass("search_name", name="gin_trgm_ops"), name="cases_youth_search"),
            GinIndex(fields=["sound_keys"], name="cases_youth_sounds"),
            models.Index(fields=["birth_on"], name="cases_youth_birth"),
            models.Index(fields=["last_name"], name="cases_youth_last_name"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return full_name(self.first_name, self.prefix, self.last_name)

    def age_on(self, day: date) -> int | None:
        """Age in whole years on a day; None when the birth date is unknown."""
        if self.birth_on is None:
            return None
        had_birthday = (day.month, day.day) >= (self.birth_on.month, self.birth_on.day)
        return day.year - self.birth_on.year - (0 if had_birthday else 1)

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.pk]
