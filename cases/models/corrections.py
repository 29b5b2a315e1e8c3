"""What the source of a told signal took back or corrected, and who still has to process that."""

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel, ScopedModel, ScopedQuerySet
from accounts.models import Partner, User
from cases.models.cases import Case
from cases.models.signals import ToldSignal


class CorrectionKind(models.TextChoices):
    WITHDRAWN = "withdrawn", "teruggenomen"
    CORRECTED = "corrected", "verbeterd"


class CorrectionQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Not followed by a newer one: at most one per told signal."""
        return self.filter(replaced_at=None)

    def without_text(self) -> Self:
        """Of which regie still has to say what is right."""
        return self.standing().filter(kind=CorrectionKind.CORRECTED, text="")


class Correction(ScopedModel):
    """The source says that a told signal was not right (Wpg art. 4, fourth paragraph). The told text stays as it was.

    Made by the database (cases/sql/correct.sql): who sent the signal in need not read the table at which it was
    told. Without a text where the words of the source do not belong: beside a summary, and where the signal was
    told about more than one youth. There regie gives it the text.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="corrections")
    told = models.ForeignKey(ToldSignal, models.PROTECT, related_name="corrections")
    kind = models.CharField("soort", max_length=10, choices=CorrectionKind)
    reason = models.CharField("waarom", max_length=300, blank=True)
    text = models.TextField("zo is het wel", max_length=20_000, blank=True)
    source = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="bron")
    made_at = models.DateTimeField("gemaakt op", db_default=Now())
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    worded_at = models.DateTimeField("tekst gegeven op", null=True)
    worded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField("opgevolgd op", null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "verbetering"
        verbose_name_plural = "verbeteringen"
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="correction_one_standing", fields=["told"], condition=models.Q(replaced_at=None)
            ),
            models.CheckConstraint(
                name="correction_withdrawn_has_no_text",
                condition=models.Q(kind=CorrectionKind.CORRECTED) | models.Q(text=""),
            ),
            models.CheckConstraint(
                name="correction_worded_pair",
                condition=models.Q(worded_at=None, worded_by=None)
                | (models.Q(worded_at__isnull=False, worded_by__isnull=False) & ~models.Q(text="")),
            ),
        )

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_data_class(self) -> int:
        return self.told.data_class

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]


class CorrectionTaskQuerySet(ScopedQuerySet):
    def pending(self) -> Self:
        """Not processed, and not followed by a newer correction."""
        return self.filter(done_at=None, correction__replaced_at=None)

    def of(self, user: User) -> Self:
        return self.filter(partner=user.partner_id)


class CorrectionTask(ListedModel):
    """One organisation that read a told signal processes its correction. Stands where the signal was told."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="correction_tasks")
    correction = models.ForeignKey(Correction, models.PROTECT, related_name="tasks")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")
    made_at = models.DateTimeField("gevraagd op", db_default=Now())
    mailed_at = models.DateTimeField("gemaild op", null=True)
    done_at = models.DateTimeField("verwerkt op", null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = CorrectionTaskQuerySet.as_manager()

    class Meta(ListedModel.Meta):
        verbose_name = "te verwerken verbetering"
        verbose_name_plural = "te verwerken verbeteringen"
        constraints = (
            models.UniqueConstraint(name="correctiontask_once", fields=["correction", "partner"]),
            models.CheckConstraint(
                name="correctiontask_done_pair",
                condition=models.Q(done_at=None, done_by=None)
                | models.Q(done_at__isnull=False, done_by__isnull=False),
            ),
        )
        indexes = (
            *ListedModel.Meta.indexes,
            models.Index(
                fields=["partner", "made_at"],
                condition=models.Q(done_at=None),
                name="cases_correctiontask_pending",
            ),
            models.Index(
                fields=["made_at"], condition=models.Q(mailed_at=None), name="cases_correctiontask_unmailed"
            ),
        )

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]
