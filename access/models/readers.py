"""What makes somebody a reader of a compartment, and what keeps somebody from being one."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from guardian.models import UserObjectPermissionBase

from access.models.compartments import Compartment, ScopedModel, ScopedQuerySet
from accounts.models import Partner


class Ground(models.TextChoices):
    """On what ground somebody reads. The text is for the screen; the law behind it is in docs/glossary.md."""

    CONVENANT = "convenant", "Deelnemer volgens het convenant"
    CASE_NEED = "case_need", "Nodig voor de aanpak van deze jongere"
    LEGAL_TASK = "legal_task", "Wettelijke taak van de organisatie"
    SAFETY = "safety", "Directe veiligheid"


class ParticipationQuerySet(ScopedQuerySet):
    def active(self) -> Self:
        """Taking part now."""
        not_over = models.Q(until=None) | models.Q(until__gt=Now())
        return self.filter(not_over, ended_at=None, starts_at__lte=Now())


class Participation(ScopedModel):
    """A partner reads a compartment, from, until, on this ground, for this reason."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="participations")
    ground = models.CharField("grondslag", max_length=20, choices=Ground)
    reason = models.CharField("reden", max_length=300)
    starts_at = models.DateTimeField("vanaf", db_default=Now())
    until = models.DateTimeField("tot", null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("toegevoegd op", db_default=Now())
    ended_at = models.DateTimeField("beëindigd op", null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"
        constraints = (
            models.UniqueConstraint(
                name="participation_once",
                fields=["compartment", "partner"],
                condition=models.Q(ended_at=None),
                violation_error_message="Deze organisatie neemt al deel.",
            ),
            models.CheckConstraint(
                name="participation_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        )


class Grant(UserObjectPermissionBase):
    """A named exception: this one person may read this one compartment, until then, because.

    django-guardian's direct foreign key form, so that `user.has_perm("access.view_compartment", c)` works.
    Guardian does not look at `until`, so a grant that is over is deleted; `EndedGrant` keeps its history.
    """

    is_protected = True

    content_object = models.ForeignKey(Compartment, models.PROTECT, related_name="grants")
    until = models.DateTimeField("tot")
    ground = models.CharField("grondslag", max_length=20, choices=Ground)
    reason = models.CharField("reden", max_length=300)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("gegeven op", db_default=Now())

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = "persoonlijke toegang"
        verbose_name_plural = "persoonlijke toegangen"


class EndedGrant(ScopedModel):
    """What a grant was, after it ended."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    until = models.DateTimeField("tot")
    ground = models.CharField("grondslag", max_length=20, choices=Ground)
    reason = models.CharField("reden", max_length=300)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("gegeven op")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("beëindigd op", db_default=Now())

    class Meta:
        verbose_name = "beëindigde toegang"
        verbose_name_plural = "beëindigde toegangen"


class Exclusion(ScopedModel):
    """This person does not read this compartment nor anything within it, whatever else they hold."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField("reden", max_length=300)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("toegevoegd op", db_default=Now())
    ended_at = models.DateTimeField("beëindigd op", null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "uitsluiting"
        verbose_name_plural = "uitsluitingen"
        constraints = (
            models.UniqueConstraint(
                name="exclusion_once",
                fields=["compartment", "user"],
                condition=models.Q(ended_at=None),
                violation_error_message="Deze persoon is al uitgesloten.",
            ),
            models.CheckConstraint(
                name="exclusion_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        )


class Inclusion(ScopedModel):
    """This compartment (a document) holds something about the youth of that whole.

    So that ending somebody's part in a case, or keeping a person out of it, also reaches papers that
    stand outside the youth's own compartment because they are about more than one.
    """

    whole = models.ForeignKey(Compartment, models.PROTECT, related_name="inclusions", verbose_name="over")

    class Meta:
        verbose_name = "vermelding"
        verbose_name_plural = "vermeldingen"
        constraints = (models.UniqueConstraint(name="inclusion_once", fields=["compartment", "whole"]),)
