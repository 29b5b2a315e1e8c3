"""A signal that stood with the wrong youth: what was touched, who read it, and the note about it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel, ScopedModel
from accounts.models import Partner, User
from accounts.roles import DataClass
from cases.models.cases import Case


class WrongYouth(ListedModel):
    """A signal was told at the table of the wrong youth and taken away. Read by regie and by the privacy officer.

    It stands in a compartment of its own. Neither youth nor signal is named in it: both by number only, because
    the privacy officer reads it and because the signal goes its own way.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="wrong_signals", verbose_name="dossier")
    youth_number = models.BigIntegerField("nummer van de jongere")
    signal_number = models.BigIntegerField("nummer van het signaal")
    reason = models.CharField("waarom is dit de verkeerde jongere", max_length=500)
    classes = ArrayField(
        models.PositiveSmallIntegerField(choices=DataClass), verbose_name="klassen van gegevens", default=list
    )
    note = models.TextField("notitie voor de privacy officer", max_length=6000)
    version = models.PositiveIntegerField("versie", default=1, db_default=1, editable=False)
    told_at = models.DateTimeField("ingebracht op")
    unlinked_at = models.DateTimeField("losgemaakt op", db_default=Now())
    unlinked_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta(ListedModel.Meta):
        verbose_name = "losgemaakt signaal"
        verbose_name_plural = "losgemaakte signalen"
        indexes = (
            *ListedModel.Meta.indexes,
            models.Index(fields=["-unlinked_at", "-id"], name="cases_wrongyouth_newest"),
        )

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.youth_number]


class WrongYouthReader(ScopedModel):
    """Somebody read the signal, or a page on which it stood, while it stood with the wrong youth: from the log."""

    wrong = models.ForeignKey(WrongYouth, models.PROTECT, related_name="seen_by")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="wie")
    roles = models.CharField("rol", max_length=60, blank=True)
    times = models.PositiveIntegerField("keer")
    first_at = models.DateTimeField("voor het eerst")
    last_at = models.DateTimeField("voor het laatst")

    class Meta:
        verbose_name = "lezer van een losgemaakt signaal"
        verbose_name_plural = "lezers van een losgemaakt signaal"
        ordering = ("first_at", "pk")

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.wrong.youth_number]
