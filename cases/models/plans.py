"""The plan van aanpak: what is to be reached in which part of life, who sees to it, and how it went."""

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel, ScopedQuerySet
from accounts.models import Partner, User
from cases.models.cases import Case
from cases.models.picture import LifeArea


class GoalResult(models.TextChoices):
    REACHED = "reached", "gehaald"
    PARTLY = "partly", "deels gehaald"
    NOT = "not", "niet gehaald"
    DROPPED = "dropped", "vervallen"


class PlanGoalQuerySet(ScopedQuerySet):
    def running(self) -> Self:
        return self.filter(evaluated_at=None)


class PlanGoal(ListedModel):
    """One goal. It stands in the room of the level at which it was set; it is evaluated, not changed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="goals")
    area = models.ForeignKey(LifeArea, models.PROTECT, related_name="+", verbose_name="leefgebied")
    text = models.CharField("wat willen we bereiken", max_length=500)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="wie zorgt ervoor")
    due_on = models.DateField("wanneer is het zover")
    set_at = models.DateTimeField("gesteld op", db_default=Now())
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    result = models.CharField("resultaat", max_length=8, choices=GoalResult, blank=True)
    evaluation = models.CharField("hoe ging het", max_length=500, blank=True)
    evaluated_at = models.DateTimeField("geëvalueerd op", null=True)
    evaluated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = PlanGoalQuerySet.as_manager()

    class Meta(ListedModel.Meta):
        verbose_name = "doel"
        verbose_name_plural = "doelen"
        constraints = (
            models.CheckConstraint(
                name="plangoal_evaluated_whole",
                condition=models.Q(evaluated_at=None, evaluated_by=None, result="", evaluation="")
                | (
                    models.Q(evaluated_at__isnull=False, evaluated_by__isnull=False)
                    & ~models.Q(result="")
                    & ~models.Q(evaluation="")
                ),
            ),
        )
        indexes = (*ListedModel.Meta.indexes, models.Index(fields=["case"], name="cases_plangoal_by_case"))

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]
