"""What somebody keeps of looking things up: a list with its filters under a name, and that a list left the house."""

import uuid
from collections.abc import Sequence

from django.db import models
from django.db.models.functions import Now

from accounts.models import User


class KeptList(models.TextChoices):
    """Lists of which a view can be kept."""

    CASES = "cases", "dossiers"


class SavedView(models.Model):
    """A list with these filters, under a name that one person gave it. Read by that person only, and theirs to remove."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="van")
    kept_list = models.CharField("lijst", max_length=10, choices=KeptList)
    name = models.CharField("naam", max_length=60)
    # As they stand in an address: words of closed lists and days, never of a person.
    filters = models.JSONField("filters")
    made_at = models.DateTimeField("bewaard op", db_default=Now())

    class Meta:
        verbose_name = "bewaarde weergave"
        verbose_name_plural = "bewaarde weergaven"
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                name="savedview_name_once",
                fields=["user", "kept_list", "name"],
                violation_error_message="U heeft al een weergave met deze naam.",
            ),
        )


class ExportPurpose(models.TextChoices):
    MEETING = "meeting", "Een overleg voorbereiden"
    REPORT = "report", "Verantwoorden wat wij doen"
    CHECK = "check", "Nakijken of dossiers kloppen"
    OTHER = "other", "Iets anders"


class CaseExport(models.Model):
    """A list of cases left as a file: who, when, why, which filters, how many. The file itself is kept nowhere.

    Which cases were in it stands in the log, so that who asks about one youth finds it there.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField("waarvoor", max_length=10, choices=ExportPurpose)
    reason = models.CharField("waarom", max_length=300)
    filters = models.JSONField("filters")
    count = models.PositiveIntegerField("aantal dossiers")
    made_at = models.DateTimeField("gemaakt op", db_default=Now())
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="door")

    logged_youth_ids: Sequence[int] = ()  # of the file just made; not kept in the row

    class Meta:
        verbose_name = "export van dossiers"
        verbose_name_plural = "exports van dossiers"
        indexes = (models.Index(fields=["made_by", "-made_at"], name="cases_caseexport_by"),)
