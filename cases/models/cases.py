"""The case: one period in which partners work together around one youth."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from access.models import Compartment, ListedModel, ScopedModel, ScopedQuerySet
from accounts.models import Municipality, User
from accounts.roles import Level
from cases.models.youths import Youth


class CaseQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def at(self, level: Level) -> Self:
        return self.filter(level=level)

    def moved(self) -> Self:
        """Open, and the youth lives elsewhere than in the municipality that sees to it."""
        elsewhere = models.Q(municipality=None) | ~models.Q(municipality=models.F("youth__municipality"))
        return self.open().filter(elsewhere, youth__municipality__isnull=False)


class Case(ListedModel):
    """The head of a case. It stands in the youth's compartment; its content in one compartment per level.

    `room` is the compartment of the present level: what is shared now is shared in there. What was
    shared at an earlier level stays in that level's compartment.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    youth = models.ForeignKey(Youth, models.PROTECT, related_name="cases", verbose_name="jongere")
    room = models.ForeignKey(
        Compartment, models.PROTECT, related_name="+", verbose_name="huidig compartiment"
    )
    level = models.PositiveSmallIntegerField("niveau", choices=Level, default=Level.JPP)
    level_since = models.DateTimeField("op dit niveau sinds", db_default=Now())
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name="gemeente"
    )
    casusregisseur = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="casusregisseur"
    )
    # Regie on content lies with the casusregisseur, regie on process with the procesregisseur.
    procesregisseur = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="procesregisseur"
    )
    review_on = models.DateField("opnieuw bespreken op", null=True, blank=True)
    # When a meeting last spoke of it: from there the story goes on.
    discussed_at = models.DateTimeField("laatst besproken op", null=True, blank=True)
    # The last day on which youth or parents must be told; nothing when both were, or need not be.
    inform_by_on = models.DateField("informeren voor", null=True, blank=True)
    opened_at = models.DateTimeField("geopend op", db_default=Now())
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("gesloten op", null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta(ListedModel.Meta):
        verbose_name = "dossier"
        verbose_name_plural = "dossiers"
        constraints = (
            models.UniqueConstraint(
                name="case_one_open_per_youth",
                fields=["youth"],
                condition=models.Q(closed_at=None),
                violation_error_message="Voor deze jongere is al een dossier open.",
            ),
            models.CheckConstraint(
                name="case_closed_pair",
                condition=models.Q(closed_at=None, closed_by=None)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        )
        indexes = (
            *ListedModel.Meta.indexes,
            models.Index(fields=["-opened_at", "-id"], name="cases_case_newest"),
            models.Index(
                fields=["level", "review_on"], condition=models.Q(closed_at=None), name="cases_case_review"
            ),
            models.Index(
                fields=["level", "inform_by_on"],
                condition=models.Q(closed_at=None, inform_by_on__isnull=False),
                name="cases_case_inform",
            ),
        )

    @property
    def is_moved(self) -> bool:
        """The youth lives in another municipality than the one that sees to this case."""
        home = self.youth.municipality_id
        return self.closed_at is None and home is not None and home != self.municipality_id

    @property
    def logged_case_id(self) -> int:
        return self.pk

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.youth_id]


class LevelChangeState(models.TextChoices):
    PROPOSED = "proposed", "voorgesteld"
    ACCEPTED = "accepted", "overgenomen"
    REFUSED = "refused", "niet overgenomen"
    WITHDRAWN = "withdrawn", "ingetrokken"


class LevelChange(ScopedModel):
    """A proposal to move a case up or down, or from one LJA to another when the youth moved house. The level changes only when the other level accepts.

    Stands in the youth's compartment: both levels must read it. `room` is the compartment made ready
    for the new level; the receiving regisseur reads the head of the case through it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="level_changes")
    room = models.ForeignKey(Compartment, models.PROTECT, related_name="+")
    old = models.PositiveSmallIntegerField("van", choices=Level)
    new = models.PositiveSmallIntegerField("naar", choices=Level)
    # Only when the youth moved house: the LJA of this municipality takes over from the LJA of the old one.
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, related_name="+", verbose_name="naar gemeente"
    )
    state = models.CharField(
        "staat", max_length=10, choices=LevelChangeState, default=LevelChangeState.PROPOSED
    )
    reason = models.TextField("reden", max_length=2000)
    tried = models.TextField("wat is al geprobeerd", max_length=2000)
    review_on = models.DateField("opnieuw bekijken op")
    # Which criteria were ticked, and the regime of the new period, in the words of that day.
    criteria = ArrayField(models.TextField(), verbose_name="criteria", default=list, db_default=[])
    regime = models.TextField("rechtsregime", blank=True, db_default="", default="")
    # Who took part at the old level, by id: the receiving regisseur cannot look there, and confirms afresh.
    partner_ids = ArrayField(models.BigIntegerField(), verbose_name="deden mee", default=list, db_default=[])
    proposed_at = models.DateTimeField("voorgesteld op", db_default=Now())
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("besloten op", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer = models.TextField("antwoord", max_length=2000, blank=True)

    class Meta:
        verbose_name = "niveauwissel"
        verbose_name_plural = "niveauwissels"
        constraints = (
            models.UniqueConstraint(
                name="levelchange_one_proposed_per_case",
                fields=["case"],
                condition=models.Q(state=LevelChangeState.PROPOSED),
                violation_error_message="Er ligt al een voorstel om van niveau te wisselen.",
            ),
            models.CheckConstraint(
                name="levelchange_decided_pair",
                condition=models.Q(decided_at=None, decided_by=None)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="levelchange_two_people",
                condition=~models.Q(state=LevelChangeState.ACCEPTED)
                | ~models.Q(decided_by=models.F("proposed_by")),
                violation_error_message="Een ander moet het voorstel overnemen.",
            ),
            models.CheckConstraint(
                name="levelchange_moves",
                condition=~models.Q(old=models.F("new"))
                | models.Q(old=Level.LJA, new=Level.LJA, municipality__isnull=False),
            ),
        )

    @property
    def route(self) -> str:
        """From where to where, in words."""
        place = f" {self.municipality}" if self.municipality else ""
        return f"{self.get_old_display()} naar {self.get_new_display()}{place}"

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]


class HandOver(models.TextChoices):
    """To whom a case went that goes on elsewhere."""

    FRONT_DOOR = "front_door", "ZLZVH (voordeur van de drie veiligheidshuizen)"
    OTHER_REGION = "other_region", "een andere regio"
    ADULTS = "adults", "persoonsgerichte aanpak voor volwassenen"


class Closing(ScopedModel):
    """How a case ended: what helped, who keeps contact, and who goes on with it elsewhere. A case that is opened again keeps its closings."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="closings")
    evaluation = models.TextField("wat is er bereikt", max_length=4000)
    helped = models.TextField("wat heeft geholpen", max_length=2000)
    aftercare = models.CharField("nazorgcontact", max_length=200, blank=True)
    handed_to = models.CharField(
        "overgedragen aan", max_length=12, choices=HandOver, blank=True, default="", db_default=""
    )
    handed_contact = models.CharField(
        "wie het daar overnam", max_length=200, blank=True, default="", db_default=""
    )
    # The youth turned out to be another one too (see YouthMerge): nothing was evaluated.
    is_merge = models.BooleanField("samengevoegd", default=False, db_default=False)
    closed_at = models.DateTimeField("gesloten op", db_default=Now())
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField("heropend op", null=True)
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reopened_because = models.TextField("reden van heropenen", max_length=2000, blank=True)

    class Meta:
        verbose_name = "afsluiting"
        verbose_name_plural = "afsluitingen"
        constraints = (
            models.CheckConstraint(
                name="closing_reopened_pair",
                condition=models.Q(reopened_at=None, reopened_by=None)
                | models.Q(reopened_at__isnull=False, reopened_by__isnull=False),
            ),
            models.CheckConstraint(
                name="closing_handed_to_somebody",
                condition=models.Q(handed_to="") | ~models.Q(handed_contact=""),
                violation_error_message="Zeg wie het daar overnam.",
            ),
        )

    @property
    def story(self) -> tuple[str, str]:
        """What the story of the case says: a title and a text. Of a merge not with whom: not everybody may know."""
        if self.is_merge:
            return "Dossier gesloten: samengevoegd", (
                "Deze jongere stond er twee keer in. Wat is afgesproken, blijft bij wie het doet."
            )
        after = f"\nNazorg: {self.aftercare}" if self.aftercare else ""
        if self.handed_to:
            after += f"\nOvergedragen aan {self.get_handed_to_display()}: {self.handed_contact}"
        return "Dossier gesloten", f"Bereikt: {self.evaluation}\nWat hielp: {self.helped}{after}"

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]
