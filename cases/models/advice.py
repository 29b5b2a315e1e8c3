"""What a case at the PGA asks of those above it or beside it: the administrative table, and the advisers on lawfulness."""

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel, ScopedQuerySet
from accounts.models import User
from cases.models.cases import Case


class AdviceKind(models.TextChoices):
    BOARD = "board", "bestuurlijke opschaling"
    LAWFULNESS = "lawfulness", "advies over rechtmatigheid (RAC)"


class AdviceQuerySet(ScopedQuerySet):
    def awaited(self) -> Self:
        return self.filter(answered_at=None)


class Advice(ListedModel):
    """A question of at most a page, and the answer. It stands in the room of the level at which it was asked."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="advices")
    kind = models.CharField("wat voor advies", max_length=10, choices=AdviceKind)
    asked_of = models.CharField("aan wie", max_length=120)
    question = models.TextField("de vraag", max_length=3000)
    asked_at = models.DateTimeField("gevraagd op", db_default=Now())
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answer = models.TextField("het antwoord", max_length=4000, blank=True)
    answered_on = models.DateField("geantwoord op", null=True)
    answered_at = models.DateTimeField("antwoord vastgelegd op", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = AdviceQuerySet.as_manager()

    class Meta(ListedModel.Meta):
        verbose_name = "advies"
        verbose_name_plural = "adviezen"
        constraints = (
            models.CheckConstraint(
                name="advice_answered_whole",
                condition=models.Q(answered_at=None, answered_by=None, answered_on=None, answer="")
                | (
                    models.Q(answered_at__isnull=False, answered_by__isnull=False, answered_on__isnull=False)
                    & ~models.Q(answer="")
                ),
            ),
        )
        indexes = (*ListedModel.Meta.indexes, models.Index(fields=["case"], name="cases_advice_by_case"))

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]
