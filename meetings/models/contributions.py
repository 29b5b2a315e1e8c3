"""What organisations say beforehand about a youth that will be discussed."""

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Now

from access.models import Ground, ScopedQuerySet
from accounts.models import Partner, User
from meetings.models.items import AgendaItem, ItemRow


class Answer(models.TextChoices):
    """What somebody answers. Who may not share says the same as who has nothing to share: it must look alike."""

    KNOWN = "known", "Bekend"
    UNKNOWN = "unknown", "Niet bekend"
    NOTHING = "nothing", "Niets te delen"


class Audience(models.TextChoices):
    TABLE = "table", "Iedereen die bij dit punt aan tafel zit"
    REGIE = "regie", "Alleen de regisseur"


class ContributionQuerySet(ScopedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Only who also reads the point; row security asks the same."""
        return super().visible_to(user).filter(item__in=AgendaItem.objects.visible_to(user))


class Contribution(ItemRow):
    """What one person says for an organisation about one point, before or during the meeting.

    For the table it stands in the compartment of the point. For regie alone it stands in one of its own, which only
    regie and its writer read.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="contributions")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")
    answer = models.CharField("antwoord", max_length=8, choices=Answer)
    text = models.CharField("kort", max_length=500, blank=True)
    audience = models.CharField("wie dit leest", max_length=5, choices=Audience, default=Audience.TABLE)
    ground = models.CharField("op welke grond", max_length=12, choices=Ground, default=Ground.CONVENANT)
    written_at = models.DateTimeField("geschreven op", db_default=Now())
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("vervangen op", null=True)

    objects = ContributionQuerySet.as_manager()

    @property
    def is_for_regie(self) -> bool:
        return self.audience == Audience.REGIE

    class Meta:
        verbose_name = "inbreng bij een agendapunt"
        verbose_name_plural = "inbreng bij agendapunten"
        constraints = (
            models.UniqueConstraint(
                name="contribution_once",
                fields=["item", "written_by"],
                condition=models.Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="contribution_text_of_known",
                condition=models.Q(text="") | models.Q(answer=Answer.KNOWN),
            ),
        )
