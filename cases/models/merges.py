"""Two youths who are one: a row says so, and nothing moves."""

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Now

from access.models import ScopedModel, ScopedQuerySet
from accounts.models import User
from cases.models.youths import Youth


class MergeQuerySet(ScopedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Only who may know of both; row security asks the same."""
        return super().visible_to(user).filter(kept__in=Youth.objects.visible_to(user))

    def live(self) -> Self:
        return self.filter(undone_at=None)


class YouthMerge(ScopedModel):
    """Says that one youth is another. Both keep their compartments, so nobody reads more than before.

    It stands with the absorbed youth, and shows itself to who may also know of the kept one. No chains: who is
    absorbed keeps nobody, and who keeps is absorbed by nobody.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kept = models.ForeignKey(Youth, models.PROTECT, related_name="+", verbose_name="blijft")
    absorbed = models.ForeignKey(Youth, models.PROTECT, related_name="+", verbose_name="gaat erin op")
    reason = models.CharField("reden", max_length=500)
    made_at = models.DateTimeField("samengevoegd op", db_default=Now())
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField("ongedaan gemaakt op", null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_because = models.CharField("waarom ongedaan gemaakt", max_length=500, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = "samenvoeging"
        verbose_name_plural = "samenvoegingen"
        constraints = (
            models.UniqueConstraint(
                name="youthmerge_absorbed_once",
                fields=["absorbed"],
                condition=models.Q(undone_at=None),
                violation_error_message="Deze jongere is al samengevoegd.",
            ),
            models.CheckConstraint(name="youthmerge_of_two", condition=~models.Q(kept=models.F("absorbed"))),
            models.CheckConstraint(
                name="youthmerge_undone_pair",
                condition=models.Q(undone_at=None, undone_by=None)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        )

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.kept_id, self.absorbed_id]
